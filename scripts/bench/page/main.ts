/** An extension page that only copies for measurements contain. Benchmarks and tests call its functions. */
import type { Account } from '../../../lib/model/account.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { ComparedPair } from '../../../lib/sets/summary.ts';
import { openStore } from '../../../lib/store/index.ts';
import { readBaseline, writeBaseline, type BaselineRead, type BaselineWritten } from './baseline.ts';
import { baselineExport, floorExport, type PlainFormat } from './export.ts';
import { readFloor, writeFloor, type FloorRead } from './floor.ts';
import { measureAudience, prepareAudience, type AudienceTimes } from './audience.ts';
import { planList, writeList, type ListOptions } from './list.ts';
import { writeManyLists, type ManyLists } from './many-lists.ts';
import { measureOverlap, writeManySets, type ManySets, type OverlapTimes } from './overlap.ts';
import { measurePreparing, measureReading, prepare, type ReceivedResult, type ReadTimes } from './read.ts';
import {
  floorOfSets,
  measureMembership,
  measureSets,
  partsOfSets,
  prepareSets,
  type SetParts,
  type SetTimes,
} from './sets.ts';
import { measureWrite, type Written } from './write.ts';

/** The page's functions. */
export interface BenchPage {
  /** Writes a list into the extension's database. @returns its ID */
  readonly seed: (options: ListOptions) => Promise<SnapshotId>;
  /** Writes many small lists. @returns the ID of the oldest one */
  readonly seedMany: (many: ManyLists) => Promise<SnapshotId>;
  /** The accounts that {@link seed} writes for these options, starting at a position. */
  readonly accounts: (options: ListOptions, from: number, count: number) => Account[];
  readonly measureWrite: (options: ListOptions) => Promise<Written>;
  readonly writeBaseline: (options: ListOptions, atMost: number) => Promise<BaselineWritten>;
  readonly readBaseline: (wanted: string) => Promise<BaselineRead>;
  readonly writeFloor: (options: ListOptions) => Promise<void>;
  readonly floorExport: (id: SnapshotId, bytes: number) => Promise<number>;
  readonly baselineExport: (id: SnapshotId, format: PlainFormat) => Promise<void>;
  /** Creates the indexes of a list. */
  readonly prepare: (id: SnapshotId) => Promise<ReceivedResult>;
  readonly measurePreparing: (id: SnapshotId) => Promise<ReceivedResult>;
  readonly measureReading: (id: SnapshotId, wanted: string) => Promise<ReadTimes>;
  readonly prepareAudience: (id: SnapshotId) => Promise<void>;
  readonly measureAudience: (id: SnapshotId) => Promise<AudienceTimes>;
  readonly prepareSets: (lists: ComparedPair) => Promise<void>;
  readonly measureSets: (lists: ComparedPair) => Promise<SetTimes>;
  readonly measureMembership: (lists: ComparedPair) => Promise<number>;
  readonly partsOfSets: (lists: ComparedPair) => Promise<SetParts>;
  readonly floorOfSets: (lists: readonly SnapshotId[]) => Promise<number>;
  /** Writes lists to compare with each other. @returns their IDs */
  readonly seedSets: (many: ManySets) => Promise<SnapshotId[]>;
  readonly measureOverlap: (lists: readonly SnapshotId[], many: ManySets) => Promise<OverlapTimes>;
  readonly readFloor: (wanted: string) => Promise<FloorRead>;
}

declare global {
  var followledgerBench: BenchPage;
}

const store = openStore();

globalThis.followledgerBench = {
  seed: (options) => writeList(store, options),
  seedMany: (many) => writeManyLists(store, many),
  accounts: (options, from, count) => planList(options).accounts(from, count),
  measureWrite: (options) => measureWrite(store, options),
  floorExport,
  baselineExport: (id, format) => baselineExport(store, id, format),
  prepare: (id) => prepare(store, id),
  measurePreparing: (id) => measurePreparing(store, id),
  measureReading: (id, wanted) => measureReading(store, id, wanted),
  prepareAudience: (id) => prepareAudience(store, id),
  measureAudience: (id) => measureAudience(store, id),
  prepareSets: (lists) => prepareSets(store, lists),
  measureSets: (lists) => measureSets(store, lists),
  measureMembership: (lists) => measureMembership(store, lists),
  partsOfSets: (lists) => partsOfSets(store, lists),
  floorOfSets,
  seedSets: (many) => writeManySets(store, many),
  measureOverlap: (lists, many) => measureOverlap(store, lists, many),
  writeBaseline,
  readBaseline,
  writeFloor,
  readFloor,
};
