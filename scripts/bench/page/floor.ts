/** The floor of sorting and searching: reading the same column, and the engine's built-in sort or search. */
import { planList, type ListOptions } from './list.ts';
import { requestResult, committed, opened } from './raw.ts';

const SEGMENT = 50_000;
const NAME = 'floor-columns';
const TABLES = ['numbers', 'texts'] as const;
const SEPARATOR = '\n';

/** Writes a list's follower counts as typed arrays, and its searchable text as one string per segment. */
export async function writeFloor(options: ListOptions): Promise<void> {
  const plan = planList(options);
  const database = await opened(NAME, (made) => {
    for (const table of TABLES) made.createObjectStore(table);
  });
  for (let from = 0; from < options.rows; from += SEGMENT) {
    const accounts = plan.accounts(from, Math.min(SEGMENT, options.rows - from));
    const text = accounts
      .map(({ handle, name, bio, location }) => [handle, name, bio, location].join(' ').toLowerCase())
      .join(SEPARATOR);
    const transaction = database.transaction(TABLES, 'readwrite');
    transaction.objectStore('numbers').put(
      Float64Array.from(accounts, ({ followers }) => followers ?? NaN),
      from,
    );
    transaction.objectStore('texts').put(text, from);
    await committed(transaction);
  }
  database.close();
}

export interface FloorRead {
  /** Milliseconds, reading included. */
  readonly numberSort: number;
  readonly search: number;
  /** Milliseconds without reading. */
  readonly searchOfLoaded: number;
}

export async function readFloor(wanted: string): Promise<FloorRead> {
  const database = await opened(NAME);
  let began = performance.now();
  const segments: unknown[] = await requestResult(
    database.transaction(TABLES).objectStore('numbers').getAll(),
  );
  const arrays = segments.filter((segment) => segment instanceof Float64Array);
  const all = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  all.sort();
  const numberSort = performance.now() - began;

  began = performance.now();
  const texts: unknown[] = await requestResult(database.transaction(TABLES).objectStore('texts').getAll());
  const strings = texts.filter((text) => typeof text === 'string');
  const loaded = performance.now();
  let hits = 0;
  for (const text of strings) {
    for (let place = text.indexOf(wanted); place !== -1; place = text.indexOf(wanted, place)) {
      hits += 1;
      // An account counts once: continue with the next line.
      place = text.indexOf(SEPARATOR, place);
      if (place === -1) break;
    }
  }
  const ended = performance.now();
  database.close();
  if (hits === 0) throw new Error(`No account contains "${wanted}".`);
  return { numberSort, search: ended - began, searchOfLoaded: ended - loaded };
}
