/** Forgets everything that was kept, wherever it was kept. */
import { browser } from 'wxt/browser';
import type { Collector } from '../../lib/collector/index.ts';
import type { Store } from '../../lib/store/index.ts';
import { z } from '../../lib/zod.ts';

const manifestSchema = z.object({ host_permissions: z.array(z.string()) });

/** Leave that was given after the install: for providers' hosts. What the manifest asks for cannot be given back. */
async function giveBackLeave(): Promise<void> {
  const { origins = [] } = await browser.permissions.getAll();
  const { host_permissions: required } = manifestSchema.parse(browser.runtime.getManifest());
  const given = origins.filter((origin) => !required.includes(origin));
  if (given.length > 0) await browser.permissions.remove({ origins: given });
}

async function clearFiles(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
}

async function clearCaches(): Promise<void> {
  for (const name of await caches.keys()) await caches.delete(name);
}

/**
 * Ends all runs, then deletes lists, keys, history, preferences, files, alarms, and gives the leave to reach providers
 * back. The tables go first: if something after them fails, the rest can be deleted once more.
 * @throws what the browser threw, where something could not be deleted
 */
export async function deleteEverything(store: Store, collector: Collector): Promise<void> {
  await collector.endAll();
  await store.clear();
  await Promise.all([
    browser.storage.local.clear(),
    browser.storage.session.clear(),
    browser.alarms.clearAll(),
    browser.action.setBadgeText({ text: '' }),
    clearFiles(),
    clearCaches(),
    giveBackLeave(),
  ]);
}
