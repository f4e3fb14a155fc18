import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { beforeEach, expect, it } from 'vitest';
import { createRunUpdates } from '../../../entrypoints/background/run-updates.ts';
import type { StorageError } from '../../../lib/model/error.ts';
import { readStorageError } from '../../../lib/settings/storage-error.ts';
import type { Store } from '../../../lib/store/index.ts';
import type { SnapshotIndex } from '../../../lib/store/snapshot-index.ts';

const indexOfNothing: Pick<SnapshotIndex, 'parts' | 'some' | 'watch'> = {
  async *parts() {
    yield await Promise.resolve({ snapshots: [], unreadable: [] });
  },
  some: () => Promise.resolve({ snapshots: [], unreadable: [] }),
  watch: () => () => undefined,
};

beforeEach(() => {
  fakeBrowser.reset();
  Object.assign(browser.action, {
    setBadgeText: () => Promise.resolve(),
    setBadgeBackgroundColor: () => Promise.resolve(),
  });
});

it.each<readonly (StorageError | null)[]>([
  ['upgrade', null, 'upgrade'],
  ['upgrade', null, 'broken', null],
  [null, 'full', null, 'upgrade', null, 'upgrade'],
])(
  'of several storage errors reported at the same moment, the last one stays: %j, %j, %j, …',
  async (...runErrors) => {
    const store = { error: 'upgrade', index: indexOfNothing } as Pick<Store, 'error' | 'index'>;
    const runUpdates = createRunUpdates(store as Store);
    await Promise.all(runErrors.map((runError) => runUpdates.storageChanged(runError)));
    expect(await readStorageError()).toBe(runErrors.at(-1));
  },
);
