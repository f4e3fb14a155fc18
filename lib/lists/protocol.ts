/** Messages between a page and its list worker. Each side validates what it receives. */
import { audienceOptionsSchema, audiencePartSchema } from '../insight/answers.ts';
import { followAnswerSchema } from '../model/follow-times.ts';
import { snapshotIdSchema } from '../model/ids.ts';
import { MOST_LISTS } from '../model/most-lists.ts';
import { elsewhereSchema } from '../sets/elsewhere.ts';
import { foundAccountSchema, wantedAccountSchema } from '../sets/find-account.ts';
import { overlapSchema } from '../sets/overlap.ts';
import { changesSchema } from '../sets/summary.ts';
import { z } from '../zod.ts';
import { querySchema } from './query-schema.ts';

const extent = z.object({
  rows: z.int().check(z.nonnegative()),
  filled: z.int().check(z.nonnegative()),
  ended: z.boolean(),
});

/** The number of a page's query. Only the newest query gets responses. */
const queryId = z.int();

export const requestSchema = z.discriminatedUnion('kind', [
  /** The first message: the list. */
  z.object({ kind: z.literal('open'), snapshotId: snapshotIdSchema }),
  z.object({ kind: z.literal('query'), queryId, query: querySchema, extent }),
  /** Ends the query, if it is still the newest. */
  z.object({ kind: z.literal('end'), queryId }),
  /** Describes the accounts that a query finds. Independent of the newest query. */
  z.object({
    kind: z.literal('describe'),
    queryId,
    query: querySchema,
    extent,
    options: audienceOptionsSchema,
  }),
  /** Ends the description, if it is still the newest. */
  z.object({ kind: z.literal('endDescription'), queryId }),
  /** When the accounts at some positions followed. Independent of queries; every request gets a response. */
  z.object({ kind: z.literal('follow'), requestId: z.int(), positions: z.array(z.int()), extent }),
  /** Compares two lists of the same profile and relation. Every request gets a response. */
  z.object({
    kind: z.literal('compare'),
    requestId: z.int(),
    lists: z.tuple([snapshotIdSchema, snapshotIdSchema]),
  }),
  /** Compares several lists of one platform. Every request gets a response, after some that state the progress. */
  z.object({
    kind: z.literal('overlap'),
    requestId: z.int(),
    lists: z.array(snapshotIdSchema).check(z.minLength(2), z.maxLength(MOST_LISTS)),
  }),
  /** In which other lists the account at a position is. Every request gets a response. */
  z.object({ kind: z.literal('elsewhere'), requestId: z.int(), position: z.int() }),
  /** Finds an account in all lists. Every request gets a response, after some that state the progress. */
  z.object({ kind: z.literal('find'), requestId: z.int(), wanted: wantedAccountSchema }),
  /** Ends a comparison, or a search for an account. It gets no response then. */
  z.object({ kind: z.literal('endRequest'), requestId: z.int() }),
  /** Builds the missing derived columns. */
  z.object({ kind: z.literal('prepare') }),
]);
export type Request = z.infer<typeof requestSchema>;

/** `positions` is `null` for the whole list in the platform's own order. */
export const responseSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('found'),
    queryId,
    positions: z.nullable(z.instanceof(Uint32Array)),
    done: z.boolean(),
    unknown: z.int(),
  }),
  z.object({ kind: z.literal('failed'), queryId, why: z.string() }),
  z.object({ kind: z.literal('described'), queryId, part: audiencePartSchema }),
  z.object({ kind: z.literal('undescribed'), queryId, why: z.string() }),
  z.object({ kind: z.literal('followed'), requestId: z.int(), ...followAnswerSchema.shape }),
  z.object({ kind: z.literal('compared'), requestId: z.int(), changes: changesSchema }),
  /** How many lists have been read. */
  z.object({ kind: z.literal('overlapping'), requestId: z.int(), read: z.int() }),
  z.object({ kind: z.literal('overlapped'), requestId: z.int(), overlap: overlapSchema }),
  /** What one more list contains. */
  z.object({
    kind: z.literal('finding'),
    requestId: z.int(),
    read: z.int(),
    of: z.int(),
    found: z.array(foundAccountSchema),
  }),
  z.object({ kind: z.literal('foundAll'), requestId: z.int() }),
  z.object({ kind: z.literal('foundElsewhere'), requestId: z.int(), lists: z.array(elsewhereSchema) }),
  z.object({ kind: z.literal('unanswered'), requestId: z.int(), why: z.string() }),
]);
export type Response = z.infer<typeof responseSchema>;
