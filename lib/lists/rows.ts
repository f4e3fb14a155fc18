/** Accounts by position, for drawing: straight from the pages, a few of which stay in memory. */
import type { Account } from '../model/account.ts';
import type { SnapshotId } from '../model/ids.ts';
import type { PageLog, StoredAccounts } from '../store/page-log.ts';

export interface ListedAccount extends Account {
  /** From 0, in the platform's order, newest first. */
  readonly position: number;
  /** When the page that brought it was received. */
  readonly collectedAt: number;
}

/** Accounts kept in memory: enough to scroll to and fro in any order, far from a whole list. */
const KEPT_ACCOUNTS = 20_000;
/** Pages asked for at once: those of a whole screen of a sorted list would be unpacked in one long task. */
const AT_ONCE = 8;
/** What a page is taken to hold before one was seen. */
const LEAST_PAGE = 20;

export class Rows {
  readonly #log: Pick<PageLog, 'accountsAt'>;
  readonly #id: SnapshotId;
  readonly #kept = new Map<number, StoredAccounts>();
  #accounts = 0;
  #pageSize = LEAST_PAGE;

  constructor(log: Pick<PageLog, 'accountsAt'>, id: SnapshotId) {
    this.#log = log;
    this.#id = id;
  }

  /** The accounts at some positions, in the order asked for; without those that the list does not have. */
  async at(positions: ArrayLike<number> & Iterable<number>): Promise<ListedAccount[]> {
    const found = new Map<number, ListedAccount>();
    let missing = Array.from(positions).sort((a, b) => a - b);
    while (missing.length > 0) {
      // One request a page, some at once. Where pages hold less than thought, another round follows.
      const wanted: number[] = [];
      for (const position of missing) {
        if (position >= (wanted.at(-1) ?? -Infinity) + this.#pageSize) wanted.push(position);
      }
      const pages: (StoredAccounts | undefined)[] = [];
      while (pages.length < wanted.length) {
        const next = wanted.slice(pages.length, pages.length + AT_ONCE);
        pages.push(...(await Promise.all(next.map((position) => this.#pageAt(position)))));
      }
      const absent = new Set(wanted.filter((_, at) => pages[at] === undefined));
      const loaded = pages.filter((page) => page !== undefined);
      missing = missing.filter((position) => {
        const page = loaded.find((one) => holds(one, position));
        const account = page?.accountAt(position - page.first);
        if (page === undefined || account === undefined) return !absent.has(position);
        found.set(position, { ...account, position, collectedAt: page.receivedAt });
        return false;
      });
    }
    return Array.from(positions).flatMap((position) => found.get(position) ?? []);
  }

  /** Forgets what was read: accounts that came as ids alone may have been completed since. */
  clear(): void {
    this.#kept.clear();
    this.#accounts = 0;
  }

  async #pageAt(position: number): Promise<StoredAccounts | undefined> {
    for (const page of this.#kept.values()) {
      if (!holds(page, position)) continue;
      // Put in again it is the youngest: a Map keeps the order in which it was filled.
      this.#kept.delete(page.seq);
      this.#kept.set(page.seq, page);
      return page;
    }
    const page = await this.#log.accountsAt(this.#id, position);
    if (page === undefined || !holds(page, position)) return undefined;
    this.#keep(page);
    return page;
  }

  #keep(page: StoredAccounts): void {
    this.#pageSize = Math.max(1, page.count);
    if (!this.#kept.has(page.seq)) this.#accounts += page.count;
    this.#kept.set(page.seq, page);
    for (const [seq, oldest] of this.#kept) {
      if (this.#accounts <= KEPT_ACCOUNTS || seq === page.seq) return;
      this.#kept.delete(seq);
      this.#accounts -= oldest.count;
    }
  }
}

function holds({ first, count }: StoredAccounts, position: number): boolean {
  return position >= first && position < first + count;
}
