/** Measures queries of a list, sent to the engine like our pages do. */
import type { SnapshotId } from '../../../lib/model/ids.ts';
import { noFilters, wholeList, type ListQuery, type SortColumn } from '../../../lib/lists/query.ts';
import { openReader, type Reader, type View } from '../../../lib/lists/reader.ts';
import type { Store } from '../../../lib/store/index.ts';
import { committed, opened } from './raw.ts';

/** The number of accounts on a screen. */
const SCREEN = 40;

/** Milliseconds. */
export interface ReceivedResult {
  /** Until the first matches were known; `null` if there were none. */
  readonly first: number | null;
  /** Until all matches were known. */
  readonly all: number;
  /** Until the accounts of the first screen were loaded too, after all matches were known. */
  readonly rows: number;
  readonly count: number;
}

/** Runs a query like our pages do. */
export function runQuery(reader: Reader, query: ListQuery): Promise<ReceivedResult> {
  const began = performance.now();
  const since = (): number => performance.now() - began;
  return new Promise((resolve, reject) => {
    let first: number | null = null;
    const onChange = (view: View): void => {
      if (view.count > 0) first ??= since();
      if (!view.done) return;
      const all = since();
      reader
        .rows(view.slice(0, SCREEN))
        .then(() => {
          resolve({ first, all, rows: since(), count: view.count });
        })
        .catch(reject);
    };
    reader.query(query, { signal: new AbortController().signal, onChange, onError: reject });
  });
}

async function reading<T>(store: Store, id: SnapshotId, work: (reader: Reader) => Promise<T>): Promise<T> {
  const reader = openReader(store, id);
  try {
    if ((await reader.refresh()) === 0) throw new Error('The list does not exist or is empty.');
    return await work(reader);
  } finally {
    reader.close();
  }
}

function text(wanted: string): ListQuery {
  return { ...wholeList, text: wanted };
}

function sorted(column: SortColumn, descending: boolean): ListQuery {
  return { ...wholeList, sort: { column, descending } };
}

export interface ReadTimes {
  /** In a page that was just opened. Includes starting the worker. */
  readonly firstSearch: ReceivedResult;
  /** Afterward, with the text loaded. */
  readonly searches: readonly ReceivedResult[];
  readonly numberSorts: readonly ReceivedResult[];
  readonly textSorts: readonly ReceivedResult[];
  readonly filters: readonly ReceivedResult[];
}

/** Common and rare terms, prefixes and suffixes, other scripts. None starts with the previous one. */
const SEARCH_TERMS = [
  'coffee',
  'okafor',
  'zoe',
  'метель',
  'باحثة',
  '田中',
  'nobody says this',
  'a',
  'paper_',
];
const NUMBERS: readonly SortColumn[] = ['followers', 'following', 'posts', 'listed', 'createdAt'];
const TEXTS: readonly SortColumn[] = ['handle', 'name'];

/** Deletes the indexes of a list. They are created again when they are needed. */
async function clearDerived(): Promise<void> {
  const database = await opened('followledger');
  const transaction = database.transaction('derived', 'readwrite');
  transaction.objectStore('derived').clear();
  await committed(transaction);
  database.close();
}

/** Creates the indexes of a list, as a run does. A query waits for the ones that it needs. */
export function prepare(store: Store, id: SnapshotId): Promise<ReceivedResult> {
  return reading(store, id, async (reader) => {
    const search = await runQuery(reader, text(SEARCH_TERMS[0] ?? ''));
    await runQuery(reader, sorted('followers', true));
    return search;
  });
}

/** The first search in a list without indexes. */
export async function measurePreparing(store: Store, id: SnapshotId): Promise<ReceivedResult> {
  await clearDerived();
  return prepare(store, id);
}

export async function measureReading(store: Store, id: SnapshotId, wanted: string): Promise<ReadTimes> {
  return reading(store, id, async (reader) => {
    const all = async (queries: readonly ListQuery[]): Promise<ReceivedResult[]> => {
      const results: ReceivedResult[] = [];
      for (const query of queries) results.push(await runQuery(reader, query));
      return results;
    };
    const firstSearch = await runQuery(reader, text(wanted));
    return {
      firstSearch,
      searches: await all(SEARCH_TERMS.map(text)),
      numberSorts: await all(NUMBERS.flatMap((column) => [sorted(column, true), sorted(column, false)])),
      textSorts: await all(TEXTS.flatMap((column) => [sorted(column, false), sorted(column, true)])),
      filters: await all([
        { ...wholeList, filters: { ...noFilters, verified: true, followers: { from: 1000, to: null } } },
        { ...wholeList, filters: { ...noFilters, private: true } },
        { ...wholeList, filters: { ...noFilters, location: 'tokyo' } },
        { ...wholeList, filters: { ...noFilters, hasBio: false } },
      ]),
    };
  });
}
