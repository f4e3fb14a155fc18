/**
 * Whether a stored row has the shape that code relies on. A damaged row is left out, so that everything else still works.
 * Only types are checked, because thousands of rows are read at once; the rules (rules/) clean the values.
 */
import type { Batch } from '../model/batch.ts';
import type { Budget } from '../model/budget.ts';
import type { KeyLock, Secret } from '../model/key.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import { MAX_CLAIMED, unitSchema } from '../model/money.ts';
import { platformSchema, relationSchema } from '../model/platform.ts';
import type { ExportedFile, Outcome, Snapshot, State } from '../model/snapshot.ts';
import type { FullCollection, JoinedList, Update } from '../model/update.ts';
import { intervals, type Watch, type WatchAction } from '../model/watch.ts';
import type { KeyRow, LockRow } from './database.ts';

type Check = (value: unknown) => boolean;
/** A check for every field: a new field does not compile until it has one. */
type Checks<T> = { readonly [K in keyof T]-?: Check };

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
/** The last time that a Date can represent, epoch milliseconds. */
const LATEST = 8.64e15;
const isTime: Check = (value) => typeof value === 'number' && Math.abs(value) <= LATEST;
const isFlag: Check = (value) => typeof value === 'boolean';
const isBytes: Check = (value) => value instanceof Uint8Array;

const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const orAbsent =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const oneOf =
  (values: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && values.includes(value);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function has(value: unknown, checks: Readonly<Record<string, Check>>): boolean {
  return isObject(value) && Object.entries(checks).every(([name, check]) => check(value[name]));
}

/** An object that contains only numbers, texts, flags, and `null`. */
const isFlat: Check = (value) =>
  isObject(value) && Object.values(value).every((field) => field === null || typeof field !== 'object');

const isRunError: Check = (value) => has(value, { kind: isText }) && isFlat(value);

type ByKind<T extends { readonly kind: string }> = Readonly<
  Record<T['kind'], Readonly<Record<string, Check>>>
>;

const outcomes: ByKind<Outcome> = {
  complete: {},
  'ended-early': {},
  updated: {},
  capped: { by: oneOf(['rows', 'cap', 'monthly', 'shared']) },
  stopped: {},
  stalled: {},
  failed: { trouble: isRunError },
};

const states: ByKind<State> = {
  queued: {},
  confirming: {},
  resolving: {},
  running: {},
  waiting: { until: isNumber, attempt: isNumber, trouble: isRunError },
  blocked: { trouble: isRunError, price: orAbsent(isNumber) },
  paused: {},
  ended: { outcome: (value) => isOfKind(value, outcomes) },
};

function isOfKind(value: unknown, kinds: Readonly<Record<string, Readonly<Record<string, Check>>>>): boolean {
  if (!isObject(value) || typeof value['kind'] !== 'string' || !Object.hasOwn(kinds, value['kind']))
    return false;
  return has(value, kinds[value['kind']] ?? {});
}

const fileChecks: Checks<ExportedFile> = {
  name: isText,
  rows: isNumber,
  bytes: isNumber,
  sha256: isText,
  writtenAt: isTime,
};

const fullChecks: Checks<FullCollection> = {
  startedAt: isTime,
  isComplete: isFlag,
  charged: isNumber,
  unit: oneOf(unitSchema.options),
};

const joinedChecks: Checks<JoinedList> = {
  newAccounts: isNumber,
  pages: isNumber,
  rows: isNumber,
  filled: isNumber,
  starts: (value) =>
    Array.isArray(value) && value.every((start) => has(start, { seq: isNumber, provider: isText })),
};

const updateChecks: Checks<Update> = {
  base: isText,
  baseStartedAt: isTime,
  since: isTime,
  full: (value) => has(value, fullChecks),
  pageSize: orNull(isNumber),
  known: isFlat,
  joined: orNull((value) => has(value, joinedChecks)),
};

const snapshotChecks: Checks<Snapshot> = {
  id: isText,
  platform: oneOf(platformSchema.options),
  handle: isText,
  handleKey: isText,
  profileId: orNull(isText),
  resolvedAt: orNull(isTime),
  relation: oneOf(relationSchema.options),
  provider: isText,
  startedFrom: isText,
  createdAt: isTime,
  startedAt: orNull(isTime),
  updatedAt: isTime,
  endedAt: orNull(isTime),
  pace: orNull((value) =>
    has(value, {
      from: isNumber,
      rows: isNumber,
      wait: orAbsent((wait) => has(wait, { until: isNumber, rows: isNumber })),
    }),
  ),
  openedAt: orNull(isTime),
  state: (value) => isOfKind(value, states),
  facts: orNull(isFlat),
  hinted: isFlag,
  expected: orNull(isNumber),
  howMany: orNull(isNumber),
  unit: oneOf(unitSchema.options),
  cap: isNumber,
  confirmed: isFlag,
  estimate: orNull(isFlat),
  pages: isNumber,
  rows: isNumber,
  duplicates: isNumber,
  unreadable: isNumber,
  unexpected: orAbsent(isFlat),
  charged: isNumber,
  maybeCharged: isNumber,
  undercharged: orAbsent(isNumber),
  pagesWithoutNew: isNumber,
  losses: isNumber,
  attempt: isNumber,
  filled: isNumber,
  withoutDetails: orAbsent((value) => has(value, { idsOnly: isNumber, unavailable: isNumber })),
  ending: orNull((value) => isOfKind(value, outcomes)),
  origins: orAbsent((value) => Array.isArray(value) && value.every(isText)),
  idFromBackup: orAbsent(isText),
  deletedAt: orAbsent(isTime),
  name: orAbsent(isText),
  notes: orAbsent(isText),
  files: orAbsent((value) => Array.isArray(value) && value.every((file) => has(file, fileChecks))),
  update: orAbsent((value) => has(value, updateChecks)),
  batch: orAbsent(isText),
  budget: orAbsent(isText),
  turn: orAbsent(isNumber),
};

export function isSnapshot(row: unknown): row is Snapshot {
  return has(row, snapshotChecks);
}

const lockedChecks = { iv: isBytes, data: isBytes };
const secretChecks: ByKind<Secret> = { open: { key: isText }, locked: lockedChecks };
const lockChecks: Checks<KeyLock> = {
  salt: isBytes,
  rounds: isNumber,
  check: (value) => has(value, lockedChecks),
};
const keyChecks: Checks<KeyRow> = {
  provider: isText,
  secret: (value) => isOfKind(value, secretChecks),
  baseUrl: (value) => typeof value === 'string' && URL.canParse(value),
  savedAt: isNumber,
  checkedAt: orNull(isNumber),
  balance: orNull(isNumber),
};

const budgetChecks: Checks<Budget> = {
  id: isText,
  kind: oneOf(['batch', 'watch']),
  provider: isText,
  unit: oneOf(unitSchema.options),
  limit: isNumber,
  counted: isNumber,
  since: isTime,
};

export function isBudget(row: unknown): row is Budget {
  return has(row, budgetChecks);
}

const batchChecks: Checks<Batch> = {
  id: isText,
  createdAt: isTime,
  platform: oneOf(platformSchema.options),
  relation: oneOf(relationSchema.options),
  provider: isText,
  howMany: orNull(isNumber),
  budget: isText,
  lines: (value) =>
    Array.isArray(value) && value.every((line) => has(line, { handle: isText, list: isText })),
};

export function isBatch(row: unknown): row is Batch {
  return has(row, batchChecks);
}

const actions: ByKind<WatchAction> = {
  remind: {},
  update: { provider: isText, budget: isText, fullEvery: orNull(isNumber) },
};

const watchChecks: Checks<Watch> = {
  id: isText,
  platform: oneOf(platformSchema.options),
  handle: isText,
  handleKey: isText,
  relation: oneOf(relationSchema.options),
  every: oneOf(intervals),
  action: (value) => isOfKind(value, actions),
  from: isTime,
  period: isNumber,
  updates: isNumber,
  lastAt: orNull(isTime),
};

export function isWatch(row: unknown): row is Watch {
  return has(row, watchChecks);
}

/** A key, or the lock of all keys, which is stored in their table. */
export function isKeyOrLock(row: unknown): row is KeyRow | LockRow {
  return isObject(row) && 'lock' in row
    ? has(row, { lock: (lock) => has(lock, lockChecks) })
    : has(row, keyChecks);
}

const STATUSES: readonly string[] = ['sent', 'charged', 'maybe'];

/** The shared limit of a damaged entry, if it is known. */
function budgetOf(row: Extract<LedgerEntry, { snapshotId: string }>): Pick<typeof row, 'budget'> {
  return row.budget !== undefined && isText(row.budget) ? { budget: row.budget } : {};
}

/**
 * A ledger entry as limits count it. If its cost cannot be read, it counts as the most that it could have cost, so that
 * damage only makes limits stricter.
 * @returns `undefined` if not even the provider is known
 */
export function readEntry(row: LedgerEntry): LedgerEntry | undefined {
  // The type describes what was written, not what may be stored now.
  const found: unknown = row;
  if (!has(found, { id: isText, provider: isText, sentAt: isNumber })) return undefined;
  const isWhole =
    isNumber(row.amount) &&
    isNumber(row.reserved) &&
    STATUSES.includes(row.status) &&
    orNull(isNumber)(row.settledAt);
  const named = oneOf(unitSchema.options)(row.unit) && orNull(isText)(row.snapshotId);
  if (isWhole && named && orNull(isNumber)(row.listed ?? null)) return row;
  const known = [row.amount, row.reserved].filter(isNumber);
  const most = known.length === 0 ? MAX_CLAIMED : Math.max(...known);
  const unit = oneOf(unitSchema.options)(row.unit) ? row.unit : 'requests';
  return {
    id: row.id,
    provider: row.provider,
    unit,
    sentAt: row.sentAt,
    settledAt: null,
    status: 'maybe',
    reserved: most,
    amount: most,
    listed: null,
    ...(typeof row.snapshotId === 'string'
      ? { snapshotId: row.snapshotId, purpose: row.purpose, ...budgetOf(row) }
      : { snapshotId: null, purpose: 'key-check' }),
  };
}

/** The rows that could be read. */
export function readable<T>(rows: readonly (T | undefined)[]): T[] {
  return rows.filter((row) => row !== undefined);
}
