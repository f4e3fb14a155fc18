/**
 * Reading a list in the platform's own order. Positions count from 0 here and from 1 on the screen and in files.
 */
import type { Account, SnapshotId } from '../model.ts';
import type { Store, StoredPage } from '../store/index.ts';
import { foldText } from './fold.ts';

export interface ListedAccount extends Account {
  /** From 0, in the platform's order, newest first. */
  readonly position: number;
  /** When the page that brought it was received. */
  readonly collectedAt: number;
}

export interface List {
  /** Accounts when the list was opened or last refreshed. */
  readonly count: number;
  /** The accounts at positions `from` up to, not including, `to`; fewer at the end of the list. */
  rows(from: number, to: number): Promise<ListedAccount[]>;
  /**
   * Positions of the accounts whose handle, name, bio or location contain the text, letter case and accents folded:
   * growing arrays of all hits so far, in order, ending with the whole.
   */
  search(text: string, options: { readonly signal: AbortSignal }): AsyncIterable<readonly number[]>;
  /** Takes in what was collected meanwhile. @returns the new count */
  refresh(): Promise<number>;
}

/** Pages kept in memory: enough to scroll to and fro, far from a whole list. */
const KEPT_PAGES = 24;
const SEARCH_BATCH = 16;

/** Opens a list for reading. Nothing is loaded before it is asked for. */
export async function openList(store: Store, id: SnapshotId): Promise<List> {
  const kept = new Map<number, StoredPage>();
  let count = (await store.snapshot(id))?.rows ?? 0;

  async function pageAt(position: number): Promise<StoredPage | undefined> {
    for (const page of kept.values()) {
      if (position >= page.first && position < page.first + page.accounts.length) {
        // Re-inserting makes it the youngest: a Map keeps insertion order.
        kept.delete(page.seq);
        kept.set(page.seq, page);
        return page;
      }
    }
    const page = await store.pageAt(id, position);
    if (page === undefined || position >= page.first + page.accounts.length) return undefined;
    kept.set(page.seq, page);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_PAGES && oldest !== undefined) kept.delete(oldest);
    return page;
  }

  async function rows(from: number, to: number): Promise<ListedAccount[]> {
    const found: ListedAccount[] = [];
    for (let position = Math.max(0, from); position < to;) {
      const page = await pageAt(position);
      if (page === undefined) break;
      for (const account of page.accounts.slice(position - page.first, to - page.first)) {
        found.push({ ...account, position, collectedAt: page.receivedAt });
        position += 1;
      }
    }
    return found;
  }

  async function* search(
    text: string,
    { signal }: { signal: AbortSignal },
  ): AsyncGenerator<readonly number[]> {
    const wanted = foldText(text.trim());
    const hits: number[] = [];
    for await (const page of eachPage(store, id)) {
      if (signal.aborted) return;
      const before = hits.length;
      page.accounts.forEach(({ handle, name, bio, location }, index) => {
        const found = [handle, name, bio, location].some(
          (field) => field !== null && foldText(field).includes(wanted),
        );
        if (found) hits.push(page.first + index);
      });
      if (hits.length > before) yield [...hits];
    }
    yield hits;
  }

  return {
    get count() {
      return count;
    },
    rows,
    search,
    async refresh() {
      // Accounts that came as ids alone may have been completed since.
      kept.clear();
      count = (await store.snapshot(id))?.rows ?? 0;
      return count;
    },
  };
}

/** Every page of a snapshot in order, a few in memory at a time. */
export async function* eachPage(store: Store, id: SnapshotId): AsyncGenerator<StoredPage> {
  for (let seq = 0; ; seq += SEARCH_BATCH) {
    const pages = await store.pages(id, seq, SEARCH_BATCH);
    yield* pages;
    if (pages.length < SEARCH_BATCH) return;
  }
}
