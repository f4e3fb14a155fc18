/** A page of the extension that only copies made for measuring hold: its functions are called from outside. */
import type { Account, SnapshotId } from '../../../lib/model.ts';
import { openStore } from '../../../lib/store/index.ts';
import { planList, writeList, type ListOptions } from './list.ts';

/** What the page offers to whoever drives the browser. */
export interface BenchPage {
  /** Writes a list into the extension's own database. @returns its id */
  readonly seed: (options: ListOptions) => Promise<SnapshotId>;
  /** The accounts that {@link seed} writes for these options, from a position on. */
  readonly accounts: (options: ListOptions, from: number, count: number) => Account[];
}

declare global {
  var followledgerBench: BenchPage;
}

const store = openStore();

globalThis.followledgerBench = {
  seed: (options) => writeList(store, options),
  accounts: (options, from, count) => planList(options).accounts(from, count),
};
document.body.dataset['ready'] = 'true';
