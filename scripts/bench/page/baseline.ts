/**
 * The usual design of such extensions: one row per account, an index for every sortable column, and the whole table in
 * memory for display.
 */
import { Dexie, type EntityTable } from 'dexie';
import type { Account } from '../../../lib/model/account.ts';
import { planList, type ListOptions } from './list.ts';

interface BaselineRow extends Account {
  readonly key: number;
  readonly position: number;
  readonly collectedAt: number;
}

function open() {
  const database = new Dexie('baseline') as Dexie & { readonly accounts: EntityTable<BaselineRow, 'key'> };
  database.version(1).stores({
    // The primary key and twelve indexes.
    accounts:
      '++key, id, handle, name, location, followers, following, posts, listed, verified, private, createdAt, collectedAt',
  });
  return database;
}

export interface BaselineWritten {
  /** Milliseconds. */
  readonly took: number;
  /** Fewer than requested if the time ran out. */
  readonly rows: number;
}

/** Writes a list with one transaction per page, for at most the given milliseconds. */
export async function writeBaseline(options: ListOptions, atMost: number): Promise<BaselineWritten> {
  const plan = planList(options);
  const database = open();
  let took = 0;
  let rows = 0;
  for (let seq = 0; seq < plan.pages && took < atMost; seq += 1) {
    const { page } = plan.pageAt(seq);
    const began = performance.now();
    const added = page.accounts.map((account, at) => ({
      ...account,
      position: page.first + at,
      collectedAt: page.receivedAt,
    }));
    await database.accounts.bulkAdd(added);
    took += performance.now() - began;
    rows += added.length;
  }
  database.close();
  return { took, rows };
}

export interface BaselineRead {
  /** Milliseconds from the request until the first rows are elements. This includes reading the whole table. */
  readonly firstRows: number;
  readonly numberSort: number;
  readonly textSort: number;
  readonly search: number;
  readonly filter: number;
}

function clocked(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

const SCREEN = 40;

function draw(rows: readonly BaselineRow[]): void {
  document.body.replaceChildren(
    ...rows.slice(0, SCREEN).map(({ name, handle, bio, followers }) => {
      const line = document.createElement('p');
      line.textContent = [name, handle, bio, followers].join(' ');
      return line;
    }),
  );
}

function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        resolve();
      };
      port2.postMessage(null);
    });
  });
}

function includes(text: string | null, wanted: string): boolean {
  return text?.toLowerCase().includes(wanted) ?? false;
}

/** Reads the table of {@link writeBaseline} into memory, and sorts, searches, and filters it there. */
export async function readBaseline(wanted: string): Promise<BaselineRead> {
  const began = performance.now();
  const database = open();
  const rows = await database.accounts.toArray();
  draw(rows);
  await painted();
  const firstRows = performance.now() - began;
  const numberSort = clocked(() => {
    draw([...rows].sort((a, b) => (b.followers ?? -1) - (a.followers ?? -1)));
  });
  const textSort = clocked(() => {
    draw([...rows].sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '')));
  });
  const search = clocked(() => {
    draw(
      rows.filter(({ handle, name, bio, location }) =>
        [handle, name, bio, location].some((field) => includes(field, wanted)),
      ),
    );
  });
  const filter = clocked(() => {
    draw(rows.filter(({ verified, followers }) => verified === true && (followers ?? 0) >= 1000));
  });
  database.close();
  return { firstRows, numberSort, textSort, search, filter };
}
