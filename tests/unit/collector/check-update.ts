/** Whether an update of a changing profile found everybody, whatever happened meanwhile. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { broken, lost } from './disruptions.ts';
import type { Disruption } from './test-collector.ts';
import { idOf, updatedProfile, type ProfileOptions } from './updated-profile.ts';

const HOUR = 3_600_000;
/** Clocks of the provider and of this computer are compared with this tolerance; see update-offer.ts. */
const TOLERANCE = 6_000;

const disruptions: readonly (Disruption | null)[] = [
  { kind: 'failure', failure: lost, counted: 1 },
  { kind: 'failure', failure: broken },
  { kind: 'death', charged: true },
  { kind: 'death', charged: false },
];

/** A profile, what changes, and what fails. */
export const situation = fc.record({
  seed: fc.nat(2 ** 31),
  followers: fc.integer({ min: 1, max: 110 }),
  pageSize: fc.constantFrom(2, 3, 5, 10, 40),
  changesPerHour: fc.constantFrom(0, 1, 20, 200),
  isDated: fc.boolean(),
  statesTime: fc.boolean(),
  fillSize: fc.constantFrom(0, 0, 4),
  pause: fc.constantFrom(0, 300, 20_000, 120_000),
  gap: fc.constantFrom(0, HOUR / 10, 3 * HOUR, 30 * HOUR),
  faults: fc.array(fc.nat(4), { maxLength: 40 }),
});

/** Runs the update again while the user has to decide, as a user who always tries again. */
async function updated(
  profile: ReturnType<typeof updatedProfile>,
  base: Snapshot,
): Promise<Snapshot | undefined> {
  let snapshot = await profile.update(base.id);
  for (let tries = 0; tries < 60 && snapshot.state.kind === 'blocked'; tries += 1) {
    const { collector, died } = profile.startBackground();
    await Promise.race([collector.resume(snapshot.id).then(() => collector.wakeAll()), died]);
    await profile.runUntilIdle();
    snapshot = (await profile.store.snapshots.get(snapshot.id)) ?? snapshot;
  }
  return snapshot;
}

/** Collects a profile, lets it change, updates the list, and checks the result against the truth. */
export async function checkUpdate({
  gap,
  faults,
  ...given
}: Omit<ProfileOptions, 'disruption'> & { gap: number; faults: number[] }) {
  // Without times, two pages of known accounts in their known order are the sign. On pages as small as no provider's,
  // accounts that all followed again could be in that order by chance.
  const options = { ...given, pageSize: given.isDated ? given.pageSize : Math.max(10, given.pageSize) };
  let isUpdating = false;
  let requests = 0;
  const profile = updatedProfile({
    ...options,
    disruption: () => {
      if (!isUpdating) return null;
      requests += 1;
      return disruptions[faults[requests] ?? -1] ?? null;
    },
  });
  const { world, environment, store } = profile;
  const base = await profile.run();
  if (base.rows === 0) return;
  const known = new Set(await profile.idsOf(base.id));
  environment.now += gap;
  profile.catchUp();
  isUpdating = true;
  const list = await updated(profile, base);
  if (list === undefined) throw new Error('The update is missing.');
  expect(list.state).toMatchObject({ kind: 'ended' });
  const ids = await profile.idsOf(list.id);
  const all = new Set(ids);

  // Every account once; and what was known is still there, unless the whole list was collected again.
  expect(all.size).toBe(ids.length);
  expect(list.rows).toBe(ids.length);
  const isJoined = list.update?.joined != null;
  if (isJoined) for (const id of known) expect(all.has(id)).toBe(true);

  // Nobody who followed since then, and was listed during the update, is missed.
  const startedAt = list.startedAt ?? 0;
  const missed = world.followers.filter(
    (one) =>
      one.followed !== null &&
      one.followed >= (base.startedAt ?? 0) &&
      one.followed < startedAt &&
      world.wasListedThroughout(one.index, startedAt, list.endedAt ?? environment.now) &&
      !all.has(idOf(one)),
  );
  expect(missed).toEqual([]);

  const ledger = await store.ledger.ofSnapshot(list.id);
  const counted = ledger.reduce((sum, { amount }) => sum + amount, 0);
  expect(counted).toBe(list.charged + list.maybeCharged);
  if (!isJoined) return;
  const fresh = ids.filter((id) => !known.has(id));
  expect(list.update.joined.newAccounts).toBe(fresh.length);
  const own = list.pages - list.update.joined.pages;
  if (options.isDated && options.statesTime) {
    const since = (base.startedAt ?? 0) - TOLERANCE;
    const moved = world.followers.filter(({ followed }) => (followed ?? 0) >= since).length;
    // Those who left since were on its pages as well.
    const left = ids.slice(0, list.rows - list.update.joined.rows).length;
    expect(own).toBeLessThanOrEqual(Math.ceil(Math.max(moved, left) / options.pageSize) + 2);
  }
}
