/** What a page and the worker that reads a list for it say to each other; each side checks what it receives. */
import { fieldsWith } from '../model/account.ts';
import { snapshotIdSchema } from '../model/ids.ts';
import { z } from '../zod.ts';

const range = z.nullable(z.object({ from: z.nullable(z.number()), to: z.nullable(z.number()) }));
const flag = z.nullable(z.boolean());

const query = z.object({
  text: z.string(),
  filters: z.object({
    verified: flag,
    private: flag,
    followers: range,
    following: range,
    hasWebsite: flag,
    hasBio: flag,
    created: range,
    location: z.string(),
  }),
  sort: z.nullable(z.object({ column: z.enum(fieldsWith({ sorted: true })), descending: z.boolean() })),
});

const extent = z.object({
  rows: z.int().check(z.nonnegative()),
  filled: z.int().check(z.nonnegative()),
  ended: z.boolean(),
});

/** Counts a page's questions: only the newest is answered. */
const ask = z.int();

export const requestSchema = z.discriminatedUnion('kind', [
  /** The first message: the list. */
  z.object({ kind: z.literal('open'), snapshotId: snapshotIdSchema }),
  z.object({ kind: z.literal('query'), ask, query, extent }),
  /** Ends the question, if it is still the newest. */
  z.object({ kind: z.literal('end'), ask }),
  /** Makes what is missing of what makes reading fast. */
  z.object({ kind: z.literal('prepare') }),
]);
export type Request = z.infer<typeof requestSchema>;

/** `positions` of `null` are the whole list in the platform's own order. */
export const answerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('found'),
    ask,
    positions: z.nullable(z.instanceof(Uint32Array)),
    done: z.boolean(),
  }),
  z.object({ kind: z.literal('failed'), ask, why: z.string() }),
]);
export type Answer = z.infer<typeof answerSchema>;
