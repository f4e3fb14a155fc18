/**
 * Compares two lists of the same profile and relation: what can be said about each account, and how certain it is. Pure.
 *
 * Both lists are newest first, and following again moves an account to the top. So the order of a list proves nothing by
 * itself: an account is missing from a list only if the list was read past the account's place. Two things prove that: the
 * time of its last cursor, and an account listed further down that has not moved since the older list. That the provider
 * has no more makes it likely: the end of a complete list may be missing, up to 5% of the platform's count.
 */
import { UNKNOWN_CLOCK, type ListEvidence } from './evidence.ts';
import type { IdKeys } from './id-keys.ts';
import { ABSENT, mayHaveOtherId } from './join.ts';
import {
  doubtBit,
  doubts,
  statuses,
  statusNumbers,
  type Doubt,
  type DoubtBits,
  type Status,
  type StatusNumber,
} from './statuses.ts';

/** Cursors of TikTok are whole seconds. */
const RESOLUTION = 1000;
/** When this computer's time is compared with the platform's: both clocks may be off by a few seconds. */
const CLOCKS = 5000;

/** One of the two lists. */
export interface Side {
  readonly evidence: ListEvidence;
  readonly keys: IdKeys;
  /** The earliest moment when each account can have followed, by position; NaN is unknown. */
  readonly after: Float64Array;
  /** The position of each account in the other list, or `ABSENT`. */
  readonly inOther: Int32Array;
}

export interface Pair {
  readonly older: Side;
  readonly newer: Side & {
    /** The latest moment. */
    readonly before: Float64Array;
  };
  /** The accounts of the newer list that were found in the older one by their handle. */
  readonly byHandle: ReadonlySet<number>;
}

/** What is said about each account of a list, by position: the number of its status, and the doubts. */
export interface Statements {
  readonly status: Uint8Array<ArrayBuffer>;
  readonly doubts: Uint16Array<ArrayBuffer>;
}

export interface Classified {
  readonly older: Statements;
  readonly newer: Statements;
}

/** Looked up once, like the numbers of the statuses: they are needed for every account. */
const BITS = Object.fromEntries(doubts.map((doubt) => [doubt, doubtBit(doubt)])) as Readonly<
  Record<Doubt, DoubtBits>
>;
const SURE: DoubtBits = 0;

/** The status of an account. */
export function statusAt({ status }: Statements, position: number): Status {
  return statuses[status[position] ?? statusNumbers.notCovered] ?? 'notCovered';
}

/** Says about each account that is in one list only what can be said; about the others, nothing yet. */
export function classifyUnshared(pair: Pair): Classified {
  const { older, newer } = pair;
  const anchors = anchorsOf(pair);
  const result: Classified = {
    older: emptyStatements(older.evidence.rows),
    newer: emptyStatements(newer.evidence.rows),
  };
  for (let at = 0; at < newer.evidence.rows; at += 1) {
    if (newer.inOther[at] === ABSENT) put(result.newer, at, onlyInNewer(pair, at, anchors));
  }
  for (let at = 0; at < older.evidence.rows; at += 1) {
    if (older.inOther[at] === ABSENT) put(result.older, at, onlyInOlder(pair, at, anchors));
  }
  return result;
}

/**
 * Adds what can be said about the accounts that are in both lists.
 * @param shared how their details differ: the number of a status, by position in the newer list
 */
export function classifyShared(result: Classified, pair: Pair, shared: Uint8Array): void {
  const { older, newer, byHandle } = pair;
  const isOther = older.evidence.provider !== newer.evidence.provider;
  for (let at = 0; at < newer.evidence.rows; at += 1) {
    const olderAt = newer.inOther[at] ?? ABSENT;
    if (olderAt === ABSENT) continue;
    // The newer list took it over from an earlier one, and nobody read it again: it stays not covered.
    if (at >= newer.evidence.ownRows) continue;
    const status = shared[at] ?? statusNumbers.withoutDetails;
    const isCompared = status === statusNumbers.changed || status === statusNumbers.unchanged;
    const isByHandle = byHandle.size > 0 && byHandle.has(at);
    const statement = say(status, when(isByHandle, 'handle') | when(isCompared && isOther, 'provider'));
    put(result.newer, at, statement);
    put(result.older, olderAt, statement);
  }
}

function emptyStatements(rows: number): Statements {
  return { status: new Uint8Array(rows).fill(statusNumbers.notCovered), doubts: new Uint16Array(rows) };
}

/** The number of a status in the lower bits, the doubts above: no object for each account. */
type Statement = number;

const STATUS_BITS = 3;
const STATUS_MASK = 2 ** STATUS_BITS - 1;

function say(status: StatusNumber, doubted: DoubtBits): Statement {
  return (doubted << STATUS_BITS) | status;
}

function put({ status, doubts }: Statements, at: number, statement: Statement): void {
  status[at] = statement & STATUS_MASK;
  doubts[at] = statement >>> STATUS_BITS;
}

const NOT_COVERED = say(statusNumbers.notCovered, SURE);

/** The lowest accounts that have not moved since the older list: both lists were read at least as far as these. */
interface Anchors {
  /** The position in the older list, of those that the newer list had read within a few minutes, and of all. */
  readonly quickOlder: number;
  readonly older: number;
  /** The position in the newer list. */
  readonly newer: number;
}

function anchorsOf({ older, newer, byHandle }: Pair): Anchors {
  let quickOlder = ABSENT;
  let lowestOlder = ABSENT;
  let lowestNewer = ABSENT;
  const isDated = older.evidence.isDated && newer.evidence.isDated;
  const unmovedBefore = older.evidence.start.earliest - CLOCKS;
  for (let at = 0; isDated && at < newer.evidence.ownRows; at += 1) {
    const olderAt = newer.inOther[at] ?? ABSENT;
    if (olderAt >= older.evidence.ownRows) continue;
    // Following again would have moved it after the older list.
    if (olderAt === ABSENT || byHandle.has(at) || !((newer.before[at] ?? NaN) <= unmovedBefore)) continue;
    if (at < newer.evidence.quickRows) quickOlder = Math.max(quickOlder, olderAt);
    lowestOlder = Math.max(lowestOlder, olderAt);
    lowestNewer = at;
  }
  return { quickOlder, older: lowestOlder, newer: lowestNewer };
}

function when(applies: boolean, doubt: Doubt): DoubtBits {
  return applies ? BITS[doubt] : SURE;
}

/**
 * Whether a list was read past a place, and why that is in doubt; `null` if it was not.
 * @param isProved whether a time or an order proves it
 */
function coverage({ end, isDated }: ListEvidence, isProved: boolean): DoubtBits | null {
  if (isProved) return SURE;
  // Between pages that are numbered instead of dated, an account is skipped when one above it leaves.
  const skipped = when(!isDated, 'noTimes');
  switch (end) {
    case 'open':
      return null;
    case 'unconfirmed':
      return skipped | BITS.noCount;
    case 'complete':
      return skipped | BITS.tail;
  }
}

/** Whether an account that followed after a time can be one of a list's entries without an account. */
function mayBeHidden({ hidden, isDated }: ListEvidence, after: number): boolean {
  return hidden.count > 0 && !(isDated && after > hidden.upTo + RESOLUTION);
}

function onlyInOlder({ older, newer }: Pair, at: number, anchors: Anchors): Statement {
  const after = older.evidence.isDated && newer.evidence.isDated ? (older.after[at] ?? NaN) : NaN;
  const { depth, quickDepth, isQuick, end } = newer.evidence;
  const isQuickProof = after > quickDepth + RESOLUTION || at < anchors.quickOlder;
  const isProof = after > depth + RESOLUTION || at < anchors.older;
  const covered = coverage(newer.evidence, isQuickProof || isProof);
  if (covered === null) return NOT_COVERED;
  const isSoon = isQuickProof || (isQuick && (isProof || end !== 'open'));
  const doubted =
    when(!isSoon, 'again') |
    when(mayBeHidden(newer.evidence, after), 'unreadable') |
    when(doOverlap(older.evidence, newer.evidence), 'overlap') |
    when(at >= older.evidence.ownRows, 'earlier') |
    when(mayHaveOtherId(older.keys, at, newer.keys), 'handle');
  return say(statusNumbers.noLongerListed, covered | doubted);
}

function onlyInNewer({ older, newer }: Pair, at: number, anchors: Anchors): Statement {
  // From an earlier collection, which may be older than the older list.
  if (at >= newer.evidence.ownRows) return NOT_COVERED;
  const after = newer.evidence.isDated ? (newer.after[at] ?? NaN) : NaN;
  const before = newer.evidence.isDated ? (newer.before[at] ?? NaN) : NaN;
  const { start, depth, isDated } = older.evidence;
  const otherId = when(mayHaveOtherId(newer.keys, at, older.keys), 'handle');
  if (after >= start.latest + CLOCKS) return say(statusNumbers.new, otherId);
  const isProof = isDated && (after > depth + RESOLUTION || at < anchors.newer);
  const covered = coverage(older.evidence, isProof);
  if (covered === null) return NOT_COVERED;
  const doubted =
    covered |
    otherId |
    when(mayBeHidden(older.evidence, after), 'unreadable') |
    when(doOverlap(older.evidence, newer.evidence), 'overlap');
  if (before <= start.earliest - CLOCKS) return say(statusNumbers.appeared, doubted);
  return say(statusNumbers.new, doubted | BITS.hiddenThen);
}

/** Whether the newer list may have been started before the older one was read: by one of the clocks. */
function doOverlap(older: ListEvidence, newer: ListEvidence): boolean {
  const [then, now] = [older.byProvider, newer.byProvider];
  const isUnknown = then === null || now === null;
  return isUnknown
    ? older.readUntil + UNKNOWN_CLOCK > newer.startedAt
    : older.readUntil > newer.startedAt || then.readUntil > now.startedAt;
}
