/** Updated lists in backups: each is restored in full, alone or with the list that it brings up to date. */
import { describe, expect, it } from 'vitest';
import { extentOf } from '../../../lib/lists/extent.ts';
import { LoadedColumns } from '../../../lib/lists/loaded.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { Store } from '../../../lib/store/index.ts';
import { updatedProfile } from '../collector/updated-profile.ts';
import { restore, save } from './backup-files.ts';

const HOUR = 3_600_000;
const { signal } = new AbortController();

const options = {
  seed: 11,
  followers: 80,
  pageSize: 5,
  changesPerHour: 6,
  isDated: true,
  statesTime: true,
  pause: 300,
};

async function accountsOf(store: Store, { id }: Snapshot) {
  return (await store.pages.read(id, 0, 10_000)).flatMap(({ accounts }) => accounts);
}

describe.each([0, 4])('an updated list whose details come %i at a time', (fillSize) => {
  async function lists() {
    const profile = updatedProfile({ ...options, fillSize });
    const base = await profile.run();
    profile.environment.now += HOUR;
    const first = await profile.update(base.id);
    profile.environment.now += HOUR;
    const second = await profile.update(first.id);
    expect(second.update?.joined?.starts).toHaveLength(2);
    return { profile, base, first, second };
  }

  it('is restored with all its accounts, also where the earlier lists are not in the backup', async () => {
    const { profile, base, first, second } = await lists();
    const accounts = await accountsOf(profile.store, second);
    await profile.store.snapshots.delete(base.id);
    await profile.store.snapshots.delete(first.id);
    const target = new Store('target');
    expect(await restore(target, await save(profile.store))).toMatchObject({ added: 1 });
    const restored = await target.snapshots.get(second.id);
    if (restored === undefined) throw new Error('The list was not restored.');
    expect(restored).toMatchObject({ rows: second.rows, pages: second.pages, update: second.update });
    expect(await accountsOf(target, restored)).toEqual(accounts);
    // The pages with which earlier collections begin are recognized, so that its follow times stay.
    const loaded = new LoadedColumns(target, second.id);
    const stored = new LoadedColumns(profile.store, second.id);
    expect(await loaded.followBasis(extentOf(restored), signal)).toEqual(
      await stored.followBasis(extentOf(second), signal),
    );
    // It can be restored again, and is the same.
    expect(await restore(target, await save(profile.store))).toMatchObject({ added: 0, present: 1 });
    expect(await restore(profile.store, await save(target))).toMatchObject({ added: 0, present: 1 });
  });

  it('that did not reach the known accounts is restored as a list of the newest ones', async () => {
    const { profile, second } = await lists();
    const { collector } = profile.startBackground();
    profile.environment.now += HOUR;
    const started = await collector.update(second.id, null);
    if (!('snapshot' in started)) throw new Error('The update did not start.');
    const target = new Store('target');
    await restore(target, await save(profile.store));
    const restored = await target.snapshots.get(started.snapshot.id);
    expect(restored?.state.kind).toBe('ended');
    expect(restored).not.toHaveProperty('update');
  });
});
