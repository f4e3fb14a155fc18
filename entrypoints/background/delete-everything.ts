/** Deletes everything that is stored, wherever it is stored. */
import { browser } from 'wxt/browser';
import { z } from '../../lib/zod.ts';
import type { Background } from './handlers.ts';

const manifestSchema = z.object({
  host_permissions: z.array(z.string()),
  optional_permissions: z.optional(z.array(z.literal('notifications'))),
});

/** Firefox also lists the consent to send kinds of data, none of which is requested at install. */
const consentSchema = z.object({ data_collection: z.optional(z.array(z.string())) });

/** Removes permissions granted after the install: for providers' hosts and for notifications. Those in the manifest cannot be removed. */
async function removePermissions(): Promise<void> {
  const granted = await browser.permissions.getAll();
  const { origins = [], permissions: all = [] } = granted;
  const { data_collection: data = [] } = consentSchema.parse(granted);
  const manifest = manifestSchema.parse(browser.runtime.getManifest());
  const hosts = origins.filter((origin) => !manifest.host_permissions.includes(origin));
  const permissions = (manifest.optional_permissions ?? []).filter((permission) => all.includes(permission));
  const consent = data.length > 0 ? { data_collection: data } : {};
  if (hosts.length + permissions.length + data.length > 0)
    await browser.permissions.remove({ origins: hosts, permissions, ...consent });
}

/** How long a terminated worker may still lock its file, milliseconds. */
const LOCK_TIMEOUT = 3_000;
const RETRY_INTERVAL = 50;

async function clearFiles(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const names: string[] = [];
  for await (const name of root.keys()) names.push(name);
  const until = Date.now() + LOCK_TIMEOUT;
  for (const name of names) {
    for (;;) {
      try {
        await root.removeEntry(name, { recursive: true });
        break;
      } catch (error) {
        const isLocked = error instanceof DOMException && error.name === 'NoModificationAllowedError';
        if (!isLocked || Date.now() > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_INTERVAL));
      }
    }
  }
}

async function clearCaches(): Promise<void> {
  for (const name of await caches.keys()) await caches.delete(name);
}

/**
 * Ends all exports and runs, deletes lists, keys, history, preferences, files, and alarms, and removes permissions. The
 * tables are deleted first: if something after them fails, the user can delete the rest with another attempt.
 * The caller must ensure that nothing else writes in the meantime.
 * @throws what the browser threw if something could not be deleted
 */
export async function deleteEverything({
  store,
  collector,
  notifications,
  exports,
}: Pick<Background, 'store' | 'collector' | 'notifications' | 'exports'>): Promise<void> {
  await Promise.all([exports.cancelAll(), collector.stopAll()]);
  await notifications.idle();
  await store.clear();
  await Promise.all([
    browser.storage.local.clear(),
    browser.storage.session.clear(),
    browser.alarms.clearAll(),
    browser.action.setBadgeText({ text: '' }),
    clearFiles(),
    clearCaches(),
    removePermissions(),
  ]);
}
