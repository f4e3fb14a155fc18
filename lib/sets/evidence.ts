/**
 * What a list proves about accounts that it does not contain: when it was read, how far down, and what it may have missed.
 * Read from few of its pages, so that it is fast for any list.
 */
import type { Cursor } from '../model/ids.ts';
import { hasEnded, type Snapshot } from '../model/snapshot.ts';
import { ownPart } from '../model/update.ts';
import type { PageFacts } from '../store/page-log.ts';

/** Reads pages from `fromSeq` on, at most `count`. */
export type ReadPageFacts = (fromSeq: number, count: number) => Promise<readonly PageFacts[]>;

/**
 * How the end of a list is known:
 * - `complete`: the provider has no more, and at least 95% of the platform's count is there.
 * - `unconfirmed`: the provider has no more, but the platform's count is unknown.
 * - `open`: anything else. The list says nothing about what follows its last page.
 */
export type ListEnd = 'complete' | 'unconfirmed' | 'open';

/** Times are epoch milliseconds; follow times are the platform's. */
export interface ListEvidence {
  readonly rows: number;
  /**
   * How many of them the list's own collection read. An updated list shows accounts of earlier collections below these:
   * it says nothing about whether those are still listed.
   */
  readonly ownRows: number;
  readonly pages: number;
  readonly provider: string;
  /** When the first page was requested, whichever clock is right: this computer's, or the provider's. */
  readonly start: { readonly earliest: number; readonly latest: number };
  /** When the first page was requested, and when the last was received, by this computer's clock. */
  readonly startedAt: number;
  readonly readUntil: number;
  /** The same by the provider's clock; `null` if its responses don't state the time. */
  readonly byProvider: { readonly startedAt: number; readonly readUntil: number } | null;
  readonly end: ListEnd;
  /** Whether its accounts have follow times. */
  readonly isDated: boolean;
  /** Everyone who followed after this was listed; NaN if nothing is known. */
  readonly depth: number;
  /** The same for what was read within {@link QUICK} of the first request, by both clocks. */
  readonly quickDepth: number;
  /** How many accounts were read within that time. */
  readonly quickRows: number;
  /** Whether everything was. */
  readonly isQuick: boolean;
  /** Entries in which an account can be hidden, because they could not be read, or had no account. */
  readonly hidden: {
    readonly count: number;
    /** No hidden account followed after this; Infinity if that is unknown. */
    readonly upTo: number;
  };
}

/**
 * How long a collection may take before an account that follows again meanwhile is worth considering: it moves above what
 * was read already, and is missed.
 */
export const QUICK = 5 * 60_000;

/** How far this computer's clock may be off if no response states the provider's time. */
export const UNKNOWN_CLOCK = 86_400_000;
/** `Date` headers are whole seconds. */
const SECOND = 1000;
/** Pages read at once while searching for the first one with entries that could not be read. */
const PAGES_PER_READ = 64;

export type EvidenceSnapshot = Pick<
  Snapshot,
  | 'rows'
  | 'pages'
  | 'provider'
  | 'createdAt'
  | 'startedAt'
  | 'updatedAt'
  | 'expected'
  | 'state'
  | 'unreadable'
  | 'unexpected'
  | 'filled'
> &
  Pick<Partial<Snapshot>, 'update'>;

export interface EvidenceSource {
  readonly snapshot: EvidenceSnapshot;
  readonly read: ReadPageFacts;
  /** The time that a cursor states; `null` if the list has no follow times. */
  readonly followTime: ((cursor: Cursor) => number | null) | null;
}

/** Reads one page; `null` if there is none. */
type PageAt = (seq: number) => Promise<PageFacts | null>;

/** Reads each page at most once: a page is read as a whole, which takes milliseconds. */
function pagesOf({ read }: EvidenceSource): PageAt {
  const known = new Map<number, PageFacts | null>();
  return async (seq) => {
    const page = known.get(seq);
    if (page !== undefined) return page;
    const [found = null] = seq < 0 ? [] : await read(seq, 1);
    known.set(seq, found);
    return found;
  };
}

/** What a list proves. @throws what `read` throws */
export async function evidenceOf(source: EvidenceSource): Promise<ListEvidence> {
  const { snapshot, followTime } = source;
  const { rows, provider } = snapshot;
  const own = ownPart(snapshot);
  const { pages } = own;
  const pageAt = pagesOf(source);
  const first = await pageAt(0);
  const last = await pageAt(pages - 1);
  const startedAt = snapshot.startedAt ?? snapshot.createdAt;
  const lastWithRows = await lastPageWithRows(pageAt, pages - 1);
  const lastQuick =
    first === null || last === null ? null : await lastQuickPage(pageAt, startedAt, [first, last]);
  const quick = lastQuick === null ? null : await lastPageWithRows(pageAt, lastQuick);
  return {
    rows,
    ownRows: own.rows,
    pages,
    provider,
    start: startOf(startedAt, first),
    startedAt,
    readUntil: last?.receivedAt ?? snapshot.updatedAt,
    byProvider: byProviderOf(startedAt, first, last),
    end: endOf(snapshot),
    isDated: followTime !== null && pages > 0,
    depth: depthOf(lastWithRows, followTime),
    quickDepth: depthOf(quick, followTime),
    quickRows: quick === null ? 0 : quick.first + quick.rows,
    isQuick: lastQuick === pages - 1,
    hidden: await hiddenIn(source),
  };
}

/** The last page with accounts, from page `seq` up. Pages without any prove nothing about what they should contain. */
async function lastPageWithRows(pageAt: PageAt, seq: number): Promise<PageFacts | null> {
  for (let at = seq; at >= 0; at -= 1) {
    const page = await pageAt(at);
    if (page === null || page.rows > 0) return page;
  }
  return null;
}

/** Usually, a list is read at an even pace, and two guesses are enough. */
const MOST_GUESSES = 6;

/**
 * The number of the last page that was received within {@link QUICK} by both clocks, one of which may be set meanwhile;
 * `null` if there is none. Pages are received in order.
 */
async function lastQuickPage(
  pageAt: PageAt,
  startedAt: number,
  [first, last]: readonly [PageFacts, PageFacts],
): Promise<number | null> {
  if (first.providerAt == null) return null;
  const end = startedAt + QUICK;
  const endByProvider = end + first.providerAt - first.receivedAt - SECOND;
  // Pages below `low` are quick, those from `high` on are not.
  let [low, high] = [0, last.seq + 1];
  let [lowAt, highAt] = [first.receivedAt, last.receivedAt];
  for (let guesses = 0; low < high; guesses += 1) {
    const part = guesses < MOST_GUESSES && highAt > lowAt ? (end - lowAt) / (highAt - lowAt) : 0.5;
    const guess = Math.max(low, Math.min(high - 1, low + Math.floor((high - low) * part)));
    const page = await pageAt(guess);
    const receivedAt = page?.receivedAt ?? Infinity;
    if (receivedAt <= end && (page?.providerAt ?? Infinity) <= endByProvider)
      [low, lowAt] = [guess + 1, receivedAt];
    else [high, highAt] = [guess, receivedAt];
  }
  return low === 0 ? null : low - 1;
}

/** The cursor that follows the page; where none does, the one that requested it. */
function depthOf(page: PageFacts | null, followTime: EvidenceSource['followTime']): number {
  const cursor = page?.next ?? page?.cursor ?? null;
  return cursor === null || followTime === null ? NaN : (followTime(cursor) ?? NaN);
}

/** When a list was started, by whichever clock is right. @param first its first page */
export function startOf(
  startedAt: number,
  first: Pick<PageFacts, 'providerAt' | 'receivedAt'> | null,
): ListEvidence['start'] {
  if (first?.providerAt == null)
    return { earliest: startedAt - UNKNOWN_CLOCK, latest: startedAt + UNKNOWN_CLOCK };
  const difference = first.providerAt - first.receivedAt;
  return {
    earliest: startedAt + Math.min(0, difference),
    latest: Math.max(startedAt, first.providerAt) + SECOND,
  };
}

function byProviderOf(
  startedAt: number,
  first: PageFacts | null,
  last: PageFacts | null,
): ListEvidence['byProvider'] {
  if (first?.providerAt == null || last?.providerAt == null) return null;
  return {
    startedAt: startedAt + first.providerAt - first.receivedAt,
    readUntil: last.providerAt + SECOND,
  };
}

function endOf({ state, expected }: EvidenceSnapshot): ListEnd {
  if (!hasEnded(state) || state.outcome.kind !== 'complete') return 'open';
  return expected === null ? 'unconfirmed' : 'complete';
}

async function hiddenIn(source: EvidenceSource): Promise<ListEvidence['hidden']> {
  const { snapshot, read, followTime } = source;
  const withoutAccount =
    (snapshot.unexpected?.['no-account'] ?? 0) + (snapshot.unexpected?.['unknown-type'] ?? 0);
  const count = snapshot.unreadable + withoutAccount;
  if (count === 0) return { count, upTo: -Infinity };
  // In which pages entries without an account were is not stored.
  if (withoutAccount > 0 || followTime === null) return { count, upTo: Infinity };
  const all = ownPart(snapshot).pages;
  for (let seq = 0; seq < all; seq += PAGES_PER_READ) {
    const pages = await read(seq, Math.min(all - seq, PAGES_PER_READ));
    const hiding = pages.find(({ unreadable }) => unreadable > 0);
    if (hiding === undefined) continue;
    const sent = hiding.cursor === null ? null : followTime(hiding.cursor);
    return { count, upTo: sent ?? Infinity };
  }
  // They were in responses about accounts whose IDs were already listed.
  return { count: 0, upTo: -Infinity };
}
