/** Accounts by position, for display: read from the pages, some of which are cached. */
import type { Account } from '../model/account.ts';
import type { SnapshotId } from '../model/ids.ts';
import type { PageLog, StoredAccounts } from '../store/page-log.ts';

export interface ListedAccount extends Account {
  /** From 0, in the platform's order, newest first. */
  readonly position: number;
  /** When the page that contains it was received. */
  readonly collectedAt: number;
}

/** Cached accounts: enough to scroll back and forth in any order, but far from a whole list. */
const MAX_CACHED = 20_000;
/** Pages read at once. All pages of a sorted list's screen would be decoded in one long task. */
const PAGES_PER_READ = 8;
/** The assumed size of a page until one has been read. */
const ASSUMED_PAGE_SIZE = 20;

export class Rows {
  readonly #log: Pick<PageLog, 'accountsAt'>;
  readonly #id: SnapshotId;
  readonly #cached = new Map<number, StoredAccounts>();
  #accounts = 0;
  #pageSize = ASSUMED_PAGE_SIZE;

  constructor(log: Pick<PageLog, 'accountsAt'>, id: SnapshotId) {
    this.#log = log;
    this.#id = id;
  }

  /** The accounts at these positions, in the given order, without positions that the list does not have. */
  async at(positions: ArrayLike<number> & Iterable<number>): Promise<ListedAccount[]> {
    const found = new Map<number, ListedAccount>();
    let missing = Array.from(positions).sort((a, b) => a - b);
    while (missing.length > 0) {
      // One read per page, several at once. If pages are smaller than assumed, another round follows.
      const wanted: number[] = [];
      for (const position of missing) {
        if (position >= (wanted.at(-1) ?? -Infinity) + this.#pageSize) wanted.push(position);
      }
      const pages: (StoredAccounts | undefined)[] = [];
      while (pages.length < wanted.length) {
        const next = wanted.slice(pages.length, pages.length + PAGES_PER_READ);
        pages.push(...(await Promise.all(next.map((position) => this.#pageAt(position)))));
      }
      const absent = new Set(wanted.filter((_, at) => pages[at] === undefined));
      const loaded = pages.filter((page) => page !== undefined);
      missing = missing.filter((position) => {
        const page = loaded.find((one) => contains(one, position));
        const account = page?.accountAt(position - page.first);
        if (page === undefined || account === undefined) return !absent.has(position);
        found.set(position, { ...account, position, collectedAt: page.receivedAt });
        return false;
      });
    }
    return Array.from(positions).flatMap((position) => found.get(position) ?? []);
  }

  /** Clears the cache: accounts of which only the ID was known may have been completed. */
  clear(): void {
    this.#cached.clear();
    this.#accounts = 0;
  }

  async #pageAt(position: number): Promise<StoredAccounts | undefined> {
    for (const page of this.#cached.values()) {
      if (!contains(page, position)) continue;
      // Inserted again, it becomes the newest: a Map preserves insertion order.
      this.#cached.delete(page.seq);
      this.#cached.set(page.seq, page);
      return page;
    }
    const page = await this.#log.accountsAt(this.#id, position);
    if (page === undefined || !contains(page, position)) return undefined;
    this.#cache(page);
    return page;
  }

  #cache(page: StoredAccounts): void {
    this.#pageSize = Math.max(1, page.count);
    if (!this.#cached.has(page.seq)) this.#accounts += page.count;
    this.#cached.set(page.seq, page);
    for (const [seq, oldest] of this.#cached) {
      if (this.#accounts <= MAX_CACHED || seq === page.seq) return;
      this.#cached.delete(seq);
      this.#accounts -= oldest.count;
    }
  }
}

function contains({ first, count }: StoredAccounts, position: number): boolean {
  return position >= first && position < first + count;
}
