/** What the collector needs from the browser. */
import { browser } from 'wxt/browser';
import type { CollectorOptions } from '../../lib/collector/environment.ts';
import { connect } from '../../lib/providers/http.ts';
import { adapters } from '../../lib/providers/index.ts';
import { connectionMemory } from '../../lib/settings/connection-memory.ts';
import { hasHostPermission } from '../../lib/permissions/hosts.ts';
import { readingTraces } from '../../lib/keys/traces.ts';
import { readPreferences } from '../../lib/settings/move-from-local-storage.ts';
import { readSecret } from '../../lib/keys/storage.ts';
import type { Store } from '../../lib/store/index.ts';

export const ALARM = 'collect';

/** Browsers end a background after 30 s without an event. An API call counts as one. */
const HEARTBEAT = 10_000;

/** The alarm repeats, in case one start of the background is lost. */
const REPEAT_MINUTES = 0.5;

async function setAlarm(at: number | null): Promise<void> {
  if (at === null) await browser.alarms.clear(ALARM);
  else await browser.alarms.create(ALARM, { when: at, periodInMinutes: REPEAT_MINUTES });
}

export const WATCH_ALARM = 'watch';

/** Starts the background when a watched list is due; `null` if nothing is watched. */
export async function setWatchAlarm(at: number | null): Promise<void> {
  if (at === null) await browser.alarms.clear(WATCH_ALARM);
  else await browser.alarms.create(WATCH_ALARM, { when: at });
}

/** Keeps the background alive until the returned function is called. */
export function keepAlive(): () => void {
  const timer = setInterval(() => void browser.runtime.getPlatformInfo(), HEARTBEAT);
  return () => {
    clearInterval(timer);
  };
}

async function withLock(name: string, task: () => Promise<void>): Promise<boolean> {
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock === null) return false;
    await task();
    return true;
  });
}

async function freeSpace(): Promise<number | null> {
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined || usage === undefined ? null : quota - usage;
}

export function browserEnvironment(store: Store): Omit<CollectorOptions, 'changed' | 'reportStorage'> {
  const traces = readingTraces(store.keys);
  return {
    store,
    adapters,
    now: Date.now,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    online: () => navigator.onLine,
    connect: (adapter, { key, baseUrl }, signal, received) =>
      connect({
        adapter,
        key,
        baseUrl,
        signal,
        memory: connectionMemory,
        traces,
        ...(received === undefined ? {} : { received }),
      }),
    mayReach: hasHostPermission,
    readSecret: (row) => readSecret(store.keys, row),
    preferences: () => readPreferences(store),
    setAlarm,
    keepAlive,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    withLock,
    freeSpace,
  };
}
