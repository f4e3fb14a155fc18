/**
 * What each line of a backup must look like. A file comes from outside: nothing in it is believed before it is checked,
 * and what is not known is refused.
 */
import {
  accountIdSchema,
  amountSchema,
  cursorSchema,
  handleSchema,
  platformSchema,
  profileFactsSchema,
  providerIdSchema,
  relationSchema,
  snapshotIdSchema,
  unitSchema,
  type LedgerEntry,
  type ProfileFacts,
  type Snapshot,
} from '../model.ts';
import { preferencesSchema } from '../settings/preferences.ts';
import { wellFormed } from '../store/text.ts';
import { z } from '../zod.ts';
import type { FillLine, Header, PageLine, RawLine, Trailer } from './format.ts';

/** Far above any real time, within what a date can be. Milliseconds. */
const time = z.int().check(z.nonnegative(), z.lte(8_640_000_000_000_000));
const maybeTime = z.nullable(time);
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
/** Texts are kept as every file format can carry them, and come back so. */
const text = z.string().check(
  z.maxLength(1_000_000),
  z.refine((value) => wellFormed(value) === value),
);
const short = z.string().check(z.maxLength(10_000));
const number = z.number();
const said = z.nullable(short);

const trouble = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['no-key', 'locked', 'redirect-refused', 'unreachable', 'offline']),
  }),
  z.strictObject({ kind: z.literal('no-permission'), origin: short }),
  z.strictObject({
    kind: z.enum(['bad-key', 'not-allowed', 'private-profile', 'hidden-list', 'too-fast']),
    said,
  }),
  z.strictObject({
    kind: z.literal('no-such-profile'),
    said,
    suspended: z.exactOptional(z.boolean()),
  }),
  z.strictObject({
    kind: z.literal('no-credit'),
    required: z.nullable(number),
    available: z.nullable(number),
    said,
  }),
  z.strictObject({ kind: z.enum(['provider-broken', 'refused-request']), status: z.int(), said }),
  z.strictObject({ kind: z.literal('unreadable'), status: z.int(), why: short }),
  z.strictObject({ kind: z.literal('too-large'), megabytes: z.int() }),
  z.strictObject({
    kind: z.literal('lost-answers'),
    times: amountSchema,
    price: z.exactOptional(amountSchema),
  }),
  z.strictObject({ kind: z.literal('unknown-provider') }),
  z.strictObject({ kind: z.literal('storage'), name: short }),
]);

const outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['complete', 'ended-early', 'stopped', 'stalled']) }),
  z.strictObject({ kind: z.literal('capped'), by: z.enum(['rows', 'cap', 'monthly']) }),
  z.strictObject({ kind: z.literal('failed'), trouble }),
]);

const state = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['queued', 'confirming', 'resolving', 'running', 'paused']) }),
  z.strictObject({ kind: z.literal('waiting'), until: time, attempt: amountSchema, trouble }),
  z.strictObject({ kind: z.literal('blocked'), trouble, price: z.exactOptional(amountSchema) }),
  z.strictObject({ kind: z.literal('ended'), outcome }),
]);

const facts = profileFactsSchema.check(
  z.refine((value) =>
    Object.values(value).every((field) => typeof field !== 'string' || wellFormed(field) === field),
  ),
);

const origin = z.string().check(z.refine((value) => URL.canParse(value) && new URL(value).origin === value));

const snapshot = z
  .strictObject({
    id: snapshotIdSchema,
    platform: platformSchema,
    handle: handleSchema,
    handleKey: z.string().check(z.regex(/^[a-z0-9_.]{1,64}$/)),
    profileId: z.nullable(accountIdSchema),
    resolvedAt: maybeTime,
    relation: relationSchema,
    provider: providerIdSchema,
    startedFrom: z.enum(['page', 'own']),
    createdAt: time,
    startedAt: maybeTime,
    updatedAt: time,
    endedAt: maybeTime,
    pace: z.nullable(
      z.strictObject({
        from: time,
        rows: amountSchema,
        wait: z.exactOptional(z.strictObject({ until: time, rows: amountSchema })),
      }),
    ),
    openedAt: maybeTime,
    state,
    facts: z.nullable(facts),
    hinted: z.boolean(),
    expected: z.nullable(amountSchema),
    howMany: z.nullable(z.int().check(z.positive())),
    unit: unitSchema,
    cap: amountSchema,
    confirmed: z.boolean(),
    estimate: z.nullable(
      z.strictObject({
        rows: z.nullable(number),
        requests: z.nullable(number),
        amount: z.nullable(number),
        seconds: z.nullable(number),
      }),
    ),
    pages: amountSchema,
    rows: amountSchema,
    duplicates: amountSchema,
    unreadable: amountSchema,
    charged: amountSchema,
    maybeCharged: amountSchema,
    undercharged: z.exactOptional(amountSchema),
    pagesWithoutNew: amountSchema,
    losses: amountSchema,
    attempt: amountSchema,
    filled: amountSchema,
    ending: z.nullable(outcome),
    origins: z.exactOptional(z.array(origin)),
    deletedAt: z.exactOptional(time),
  })
  .check(
    z.refine(({ handle, handleKey }) => handle.toLowerCase() === handleKey),
    z.refine(({ rows, filled }) => filled <= rows),
  );

const entryFields = {
  id: z.string().check(z.minLength(1), z.maxLength(200)),
  provider: providerIdSchema,
  unit: unitSchema,
  sentAt: time,
  settledAt: maybeTime,
  status: z.enum(['sent', 'charged', 'maybe']),
  reserved: amountSchema,
  amount: amountSchema,
  listed: z.nullable(amountSchema),
};
const purpose = z.enum(['resolve', 'page', 'fill']);
const entry = z.union([
  z.strictObject({ ...entryFields, snapshotId: snapshotIdSchema, purpose }),
  z.strictObject({ ...entryFields, snapshotId: z.null(), purpose: z.literal('key-check') }),
]);

/** More accounts than any provider gives at once. */
const MOST_ACCOUNTS = 200_000;
const texts = z.nullable(z.array(z.nullable(text)));
const numbers = z.nullable(z.array(z.nullable(number)));
const flags = z.nullable(z.array(z.nullable(z.boolean())));
const accounts = z
  .strictObject({
    id: z.array(accountIdSchema).check(z.maxLength(MOST_ACCOUNTS)),
    handle: texts,
    name: texts,
    bio: texts,
    location: texts,
    website: texts,
    followers: numbers,
    following: numbers,
    posts: numbers,
    likes: numbers,
    listed: numbers,
    verified: flags,
    verifiedType: texts,
    private: flags,
    createdAt: numbers,
    language: texts,
    region: texts,
    avatarUrl: texts,
    unavailable: flags,
  })
  .check(
    z.refine((columns) =>
      Object.values(columns).every((column) => column === null || column.length === columns.id.length),
    ),
  );

const page = z.strictObject({
  seq: amountSchema,
  cursor: z.nullable(cursorSchema),
  next: z.nullable(cursorSchema),
  first: amountSchema,
  idsOnly: z.boolean(),
  duplicates: amountSchema,
  unreadable: amountSchema,
  charged: amountSchema,
  providerAt: z.nullable(number),
  receivedAt: time,
  sha256,
  accounts,
});

const fill = z.strictObject({
  seq: amountSchema,
  part: amountSchema,
  receivedAt: time,
  sha256,
  accounts,
});

const raw = z.strictObject({
  seq: amountSchema,
  purpose,
  entry: entryFields.id,
  cursor: z.nullable(cursorSchema),
  status: z.int(),
  receivedAt: time,
  bytes: z.string().check(z.regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/)),
});

const header = z.object({ version: z.int(), created: short });
const trailer = z.strictObject({
  lists: amountSchema,
  pages: amountSchema,
  accounts: amountSchema,
  requests: amountSchema,
  sha256,
});

export const headerLineSchema = z.object({ followledger_backup: header });

export const lineSchema = z.union([
  z.strictObject({ page }),
  z.strictObject({ entry }),
  z.strictObject({ fill }),
  z.strictObject({ snapshot }),
  z.strictObject({ closed: z.strictObject({ content: sha256 }) }),
  z.strictObject({ raw }),
  z.strictObject({ preferences: preferencesSchema }),
  z.strictObject({ end: trailer }),
]);
/** What a schema gives must be all of what is kept: a field that is new in the model does not compile until it is here. */
type Holds<Given, Kept> = [Given] extends [Kept]
  ? [keyof Kept] extends [keyof Given]
    ? true
    : never
  : never;
type Checks = [
  Holds<z.output<typeof snapshot>, Snapshot>,
  Holds<z.output<typeof entry>, LedgerEntry>,
  Holds<z.output<typeof page>, PageLine>,
  Holds<z.output<typeof accounts>, PageLine['accounts']>,
  Holds<z.output<typeof fill>, FillLine>,
  Holds<z.output<typeof raw>, RawLine>,
  Holds<z.output<typeof facts>, ProfileFacts>,
  Holds<z.output<typeof header>, Header>,
  Holds<z.output<typeof trailer>, Trailer>,
];
/** One line, checked. `never` where the schemas leave something out. */
export type BackupLine = Checks extends readonly true[] ? z.output<typeof lineSchema> : never;
