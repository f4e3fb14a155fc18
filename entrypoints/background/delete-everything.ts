/** Forgets everything that was kept, wherever it was kept. */
import { browser } from 'wxt/browser';
import type { Collector } from '../../lib/collector/index.ts';
import type { Store } from '../../lib/store/index.ts';
import { z } from '../../lib/zod.ts';
import type { Exports } from './exports.ts';
import type { Notifying } from './notifications.ts';

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

/** A thread that was ended a moment ago may still hold its file for so long, milliseconds. */
const LET_GO = 3_000;
const LOOK_AGAIN = 50;

async function clearFiles(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const names: string[] = [];
  for await (const name of root.keys()) names.push(name);
  const until = Date.now() + LET_GO;
  for (const name of names) {
    for (;;) {
      try {
        await root.removeEntry(name, { recursive: true });
        break;
      } catch (error) {
        const isHeld = error instanceof DOMException && error.name === 'NoModificationAllowedError';
        if (!isHeld || Date.now() > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
      }
    }
  }
}

async function clearCaches(): Promise<void> {
  for (const name of await caches.keys()) await caches.delete(name);
}

interface Everything {
  readonly store: Store;
  readonly collector: Collector;
  readonly notifying: Notifying;
  readonly exports: Exports;
}

/**
 * Ends all exports and runs, then deletes lists, keys, history, preferences, files, alarms, and gives the leave to reach providers
 * back. The tables go first: if something after them fails, the rest can be deleted once more.
 * Nobody else may write meanwhile: the caller has seen to that.
 * @throws what the browser threw, where something could not be deleted
 */
export async function deleteEverything({ store, collector, notifying, exports }: Everything): Promise<void> {
  await Promise.all([exports.endAll(), collector.endAll()]);
  await notifying.idle();
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
