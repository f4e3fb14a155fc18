/** Collects lists of arbitrary responses into a store: through the real adapters, connection, and collector. */
import { createCollector } from '../../../lib/collector/index.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { adapterById } from '../../../lib/providers/index.ts';
import { connect } from '../../../lib/providers/http.ts';
import { providerIdSchema } from '../../../lib/model/ids.ts';
import { defaultPreferences } from '../../../lib/settings/preferences.ts';
import type { Store } from '../../../lib/store/index.ts';
import type { ArbitraryList } from './answers.ts';
import { Random } from './random.ts';
import { createServed } from './served.ts';
import { anyText } from './values.ts';

/** High enough for whatever a response claims to cost. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** Collects the list into the store. @returns its final state */
export async function collect(store: Store, list: ArbitraryList, seed: number): Promise<Snapshot> {
  const { provider, platform, handle } = list;
  const adapter = adapterById(providerIdSchema.parse(provider));
  if (adapter === undefined) throw new Error(`There is no adapter ${provider}.`);
  const served = createServed(list, seed);
  const random = new Random(seed + 1);
  await store.keys.save({
    provider: adapter.id,
    key: 'a-key-of-nobody',
    baseUrl: adapter.origin,
    savedAt: 0,
    checkedAt: null,
    balance: null,
  });
  let now = Date.UTC(2026, 10, 29);
  const collector = createCollector({
    store,
    adapters: [adapter],
    now: () => now,
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    online: () => true,
    connect: (of, { key, baseUrl }, signal, received) =>
      connect({
        adapter: of,
        key,
        baseUrl,
        signal,
        fetch: (url) => Promise.resolve(new Response(served(new URL(url as URL)))),
        timing: () => null,
        ...(received === undefined ? {} : { received }),
      }),
    mayReach: () => Promise.resolve(true),
    readSecret: ({ secret }) => Promise.resolve(secret.kind === 'open' ? secret.key : null),
    preferences: () => Promise.resolve(defaultPreferences),
    withLock: async (_, task) => {
      await task();
      return true;
    },
    sleep: (milliseconds) => {
      now += milliseconds;
      return Promise.resolve();
    },
    setAlarm: () => Promise.resolve(),
    keepAlive: () => () => undefined,
    changed: () => undefined,
    freeSpace: () => Promise.resolve(null),
    reportStorage: () => undefined,
  });
  const started = await collector.start({
    platform,
    handle: handleSchema.parse(handle),
    relation: 'followers',
    provider: adapter.id,
    howMany: null,
    cap: NO_LIMIT,
    again: true,
    // A page can state any text about its profile.
    hint: random.chance(0.5)
      ? { id: null, name: anyText(random), bio: anyText(random), followers: null, following: null }
      : null,
    startedFrom: 'own',
  });
  if (started.kind === 'no-key') throw new Error('The key was saved.');
  await collector.wakeAll();
  const kept = await store.snapshots.get(started.snapshot.id);
  if (kept === undefined) throw new Error('The list is missing.');
  return kept;
}

/** All accounts of a list, as readers get them. */
export async function accountsOf(store: Store, id: SnapshotId) {
  return (await store.pages.read(id, 0, 1_000_000)).flatMap(({ accounts }) => accounts);
}
