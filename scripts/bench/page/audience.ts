/** Measures the audience of a list, described by the worker like the dashboard's tab does. */
import type { AudienceOptions, AudiencePart } from '../../../lib/insight/answers.ts';
import { ruleNames, thresholdOf } from '../../../lib/insight/rule-names.ts';
import { noFilters, wholeList, type ListQuery } from '../../../lib/lists/query.ts';
import { openReader, type Reader } from '../../../lib/lists/reader.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { Store } from '../../../lib/store/index.ts';
import { opened, requestResult } from './raw.ts';

/** Milliseconds from the request until each part arrived. */
export type PartTimes = Readonly<Partial<Record<AudiencePart['part'], number>>>;

export interface AudienceTimes {
  /** In a page that was just opened. Includes starting the worker and reading the columns. */
  readonly first: PartTimes;
  /** After a changed filter. */
  readonly changed: readonly PartTimes[];
  /** From a brushed area of the fingerprint until the table's accounts were known. */
  readonly brush: number;
  /** The same columns read as they are stored, and one pass over each. */
  readonly floor: number;
}

const options: AudienceOptions = {
  arrivals: 'month',
  fingerprint: { columns: 720, rows: 320, axis: 'time' },
  rules: ruleNames.map((rule) => ({ rule, n: thresholdOf(rule)?.initial ?? 0 })),
  runs: true,
};

function describe(reader: Reader, query: ListQuery): Promise<PartTimes> {
  const began = performance.now();
  const times: Partial<Record<AudiencePart['part'], number>> = {};
  return new Promise((resolve, reject) => {
    reader.describe(query, options, {
      signal: new AbortController().signal,
      onPart: ({ part }) => {
        times[part] = performance.now() - began;
        if (part === 'done') resolve(times);
      },
      onError: reject,
    });
  });
}

function found(reader: Reader, query: ListQuery): Promise<number> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    reader.query(query, {
      signal: new AbortController().signal,
      onChange: ({ done }) => {
        if (done) resolve(performance.now() - began);
      },
      onError: reject,
    });
  });
}

/** Reads everything that is stored in typed arrays, and adds it up. */
async function floor(id: SnapshotId): Promise<number> {
  const database = await opened('followledger');
  const began = performance.now();
  const range = IDBKeyRange.bound([id], [id, []]);
  const rows: unknown[] = await requestResult(
    database.transaction('derived').objectStore('derived').getAll(range),
  );
  let sum = 0;
  for (const row of rows) {
    const values: unknown = Reflect.get(Object(row), 'values');
    const of: unknown = Reflect.get(Object(values), 'of');
    if (!ArrayBuffer.isView(of) || of instanceof DataView) continue;
    for (const value of of as unknown as Iterable<number>) sum += value;
  }
  const took = performance.now() - began;
  database.close();
  if (sum === 0) throw new Error('There are no derived columns.');
  return took;
}

const CHANGED: readonly ListQuery[] = [
  { ...wholeList, filters: { ...noFilters, verified: true } },
  { ...wholeList, filters: { ...noFilters, followers: { from: 1000, to: 100_000 } } },
  { ...wholeList, filters: { ...noFilters, conditions: [{ kind: 'terms', terms: ['coffee'] }] } },
];

/** Describes the whole list, then parts of it. Its derived columns exist. */
export async function measureAudience(store: Store, id: SnapshotId): Promise<AudienceTimes> {
  const reader = openReader(store, id);
  try {
    const rows = await reader.refresh();
    const first = await describe(reader, wholeList);
    const changed: PartTimes[] = [];
    for (const query of CHANGED) changed.push(await describe(reader, query));
    const area = {
      kind: 'area',
      positions: { from: Math.floor(rows / 3), to: Math.floor(rows / 2) },
      created: { from: Date.UTC(2012, 0, 1), to: Date.UTC(2020, 0, 1) },
    } as const;
    const brush = await found(reader, { ...wholeList, filters: { ...noFilters, conditions: [area] } });
    return { first, changed, brush, floor: await floor(id) };
  } finally {
    reader.close();
  }
}

/** Builds the derived columns of the audience, as a run does. */
export async function prepareAudience(store: Store, id: SnapshotId): Promise<void> {
  const reader = openReader(store, id);
  await reader.refresh();
  await describe(reader, wholeList);
  reader.close();
}
