/** Forgets everything that was kept, wherever it was kept. */
import { browser } from 'wxt/browser';
import type { Collector } from '../../lib/collector/index.ts';
import type { Store } from '../../lib/store/index.ts';
import { z } from '../../lib/zod.ts';

const manifestSchema = z.object({
  host_permissions: z.array(z.string()),
  optional_permissions: z.optional(z.array(z.literal('notifications'))),
});

/** What Firefox adds to what it has given: the consent to send kinds of data, of which none is asked for at install. */
const consentSchema = z.object({ data_collection: z.optional(z.array(z.string())) });

/** Leave that was given after the install: for providers' hosts, and for notifications. What the manifest asks for cannot be given back. */
async function giveBackLeave(): Promise<void> {
  const held = await browser.permissions.getAll();
  const { origins = [], permissions: all = [] } = held;
  const { data_collection: data = [] } = consentSchema.parse(held);
  const manifest = manifestSchema.parse(browser.runtime.getManifest());
  const given = origins.filter((origin) => !manifest.host_permissions.includes(origin));
  const permissions = (manifest.optional_permissions ?? []).filter((permission) => all.includes(permission));
  const consent = data.length > 0 ? { data_collection: data } : {};
  if (given.length + permissions.length + data.length > 0)
    await browser.permissions.remove({ origins: given, permissions, ...consent });
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
