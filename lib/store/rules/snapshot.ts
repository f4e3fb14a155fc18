/** The rules of a snapshot. */
import { byKind } from '../../model/account.ts';
import { batchIdSchema } from '../../model/batch.ts';
import { budgetIdSchema } from '../../model/budget.ts';
import type { RunError } from '../../model/error.ts';
import { handleKey } from '../../model/handles.ts';
import { providerIdSchema, snapshotIdSchema } from '../../model/ids.ts';
import { unitSchema } from '../../model/money.ts';
import { platformSchema, relationSchema } from '../../model/platform.ts';
import { handleSchema, profileFacts, type ProfileFacts } from '../../model/profile.ts';
import {
  MAX_FILES,
  type Estimate,
  type ExportedFile,
  type Outcome,
  type Snapshot,
  type State,
  type WithoutDetails,
} from '../../model/snapshot.ts';
import type { UnexpectedEntries } from '../../model/unexpected.ts';
import {
  MAX_PARTS,
  type FullCollection,
  type JoinedList,
  type KnownSoFar,
  type PartStart,
  type Update,
} from '../../model/update.ts';
import { z } from '../../zod.ts';
import { exact, list, nullable, optional, record, variants, type Rule } from './rule.ts';
import {
  accountId,
  count,
  estimated,
  howMany,
  listName,
  listNotes,
  providerMessage,
  sentence,
  statedCount,
  statedTime,
  status,
  text,
  time,
} from './values.ts';

/** More addresses than a user sets while one list is collected. */
const MOST_ORIGINS = 100;

const flag = exact(() => z.boolean());
const nothing = {};

type Pace = NonNullable<Snapshot['pace']>;

const runError: Rule<RunError> = variants<RunError>({
  'no-key': nothing,
  locked: nothing,
  'no-permission': { origin: sentence },
  'bad-key': { said: providerMessage },
  'no-credit': { required: statedCount, available: statedCount, said: providerMessage },
  'not-allowed': { said: providerMessage },
  'no-such-profile': { said: providerMessage, suspended: optional(flag) },
  'private-profile': { said: providerMessage },
  'hidden-list': { said: providerMessage },
  'too-fast': { said: providerMessage },
  'provider-broken': { status, said: providerMessage },
  'refused-request': { status, said: providerMessage },
  'redirect-refused': nothing,
  unreadable: { status, why: sentence },
  'too-large': { megabytes: count },
  unreachable: nothing,
  offline: nothing,
  'lost-answers': { times: count, price: optional(count) },
  'unknown-provider': nothing,
  'other-profile': nothing,
  storage: { name: sentence },
});

const outcome: Rule<Outcome> = variants<Outcome>({
  complete: nothing,
  'ended-early': nothing,
  updated: nothing,
  capped: { by: exact(() => z.enum(['rows', 'cap', 'monthly', 'shared'])) },
  stopped: nothing,
  stalled: nothing,
  failed: { trouble: runError },
});

const state: Rule<State> = variants<State>({
  queued: nothing,
  confirming: nothing,
  resolving: nothing,
  running: nothing,
  waiting: { until: time, attempt: count, trouble: runError },
  blocked: { trouble: runError, price: optional(count) },
  paused: nothing,
  ended: { outcome },
});

const facts: Rule<ProfileFacts> = record<ProfileFacts>(
  profileFacts(byKind({ id: accountId, text, count: statedCount, flag: nullable(flag), time: statedTime })),
);

const estimate: Rule<Estimate> = record<Estimate>({
  rows: estimated,
  requests: estimated,
  amount: estimated,
  margin: optional(count),
  seconds: estimated,
});

const pace: Rule<Pace> = record<Pace>({
  from: time,
  rows: count,
  wait: optional(record<NonNullable<Pace['wait']>>({ until: time, rows: count })),
});

const unexpected: Rule<UnexpectedEntries> = record<UnexpectedEntries>({
  unavailable: optional(count),
  'no-account': optional(count),
  'unknown-type': optional(count),
  'list-for-object': optional(count),
});

const withoutDetails: Rule<WithoutDetails> = record<WithoutDetails>({ idsOnly: count, unavailable: count });

const origin: Rule<string> = {
  clean: (value) => value,
  schema: () => z.string().check(z.refine((value) => URL.canParse(value) && new URL(value).origin === value)),
};

const file: Rule<ExportedFile> = record<ExportedFile>({
  name: sentence,
  rows: count,
  bytes: count,
  sha256: exact(() => z.string().check(z.regex(/^[0-9a-f]{64}$/))),
  writtenAt: time,
});

const knownSoFar: Rule<KnownSoFar> = record<KnownSoFar>({
  pages: count,
  last: exact(() => z.number().check(z.gte(-1))),
  accounts: count,
  past: count,
  withoutTimes: flag,
});

const full: Rule<FullCollection> = record<FullCollection>({
  startedAt: time,
  isComplete: flag,
  charged: count,
  unit: exact(() => unitSchema),
});

const partStart: Rule<PartStart> = record<PartStart>({ seq: count, provider: exact(() => providerIdSchema) });

const joined: Rule<JoinedList> = record<JoinedList>({
  newAccounts: count,
  pages: count,
  rows: count,
  filled: count,
  starts: list(partStart, MAX_PARTS),
});

const update: Rule<Update> = record<Update>({
  base: exact(() => snapshotIdSchema),
  baseStartedAt: time,
  since: time,
  full,
  pageSize: nullable(count),
  known: knownSoFar,
  joined: nullable(joined),
});

const fields: Rule<Snapshot> = record<Snapshot>({
  id: exact(() => snapshotIdSchema),
  platform: exact(() => platformSchema),
  handle: exact(() => handleSchema),
  handleKey: exact(() => z.string()),
  profileId: nullable(accountId),
  resolvedAt: nullable(time),
  relation: exact(() => relationSchema),
  provider: exact(() => providerIdSchema),
  startedFrom: exact(() => z.enum(['page', 'own'])),
  createdAt: time,
  startedAt: nullable(time),
  updatedAt: time,
  endedAt: nullable(time),
  pace: nullable(pace),
  openedAt: nullable(time),
  state,
  facts: nullable(facts),
  hinted: flag,
  expected: statedCount,
  howMany,
  unit: exact(() => unitSchema),
  cap: count,
  confirmed: flag,
  estimate: nullable(estimate),
  pages: count,
  rows: count,
  duplicates: count,
  unreadable: count,
  unexpected: optional(unexpected),
  charged: count,
  maybeCharged: count,
  undercharged: optional(count),
  pagesWithoutNew: count,
  losses: count,
  attempt: count,
  filled: count,
  withoutDetails: optional(withoutDetails),
  ending: nullable(outcome),
  origins: optional(list(origin, MOST_ORIGINS)),
  idFromBackup: optional(accountId),
  deletedAt: optional(time),
  name: optional(listName),
  notes: optional(listNotes),
  files: optional(list(file, MAX_FILES)),
  update: optional(update),
  batch: optional(exact(() => batchIdSchema)),
  budget: optional(exact(() => budgetIdSchema)),
  turn: optional(time),
});

type Counts = Pick<Snapshot, 'rows' | 'filled' | 'withoutDetails'>;

/** Whether no part of a list's accounts is larger than the whole. */
function addUp({ rows, filled, withoutDetails }: Counts): boolean {
  return (
    filled <= rows &&
    (withoutDetails === undefined ||
      (withoutDetails.unavailable <= withoutDetails.idsOnly && withoutDetails.idsOnly <= filled))
  );
}

/** Reduces the parts so that none is larger than the whole. */
function bounded({ rows, filled: stated, withoutDetails }: Counts): Omit<Counts, 'rows'> {
  const filled = Math.min(stated, rows);
  if (withoutDetails === undefined) return { filled };
  const idsOnly = Math.min(withoutDetails.idsOnly, filled);
  const unavailable = Math.min(withoutDetails.unavailable, idsOnly);
  return { filled, withoutDetails: { idsOnly, unavailable } };
}

/** Includes the relations between fields. */
export const snapshotRule: Rule<Snapshot> = {
  clean: (value) => {
    const clean = fields.clean(value);
    const key = handleKey(clean.handle);
    return clean.handleKey === key && addUp(clean) ? clean : { ...clean, handleKey: key, ...bounded(clean) };
  },
  schema: () =>
    fields.schema().check(
      z.refine(({ handle, handleKey: key }) => handleKey(handle) === key),
      z.refine(addUp),
    ),
};
