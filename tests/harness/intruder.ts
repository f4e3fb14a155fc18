import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildCopy } from './granted-hosts.ts';

/** What an attacker who controls the content script may try. */
export type PageAction =
  | { readonly kind: 'write'; readonly area: StorageArea; readonly values: object }
  | { readonly kind: 'read'; readonly area: StorageArea }
  | { readonly kind: 'send'; readonly message: unknown }
  /** Names of the reachable databases. */
  | { readonly kind: 'databases' }
  /** Puts rows into a table of the reachable database of that name, which is created if it doesn't exist. */
  | {
      readonly kind: 'put';
      readonly database: string;
      readonly table: string;
      readonly rows: readonly object[];
    };
export type StorageArea = 'local' | 'session' | 'sync' | 'managed';

/** The result of an action. */
export type Outcome = { readonly done: unknown } | { readonly failed: string };

const SCRIPT = `{
  const api = globalThis.browser ?? globalThis.chrome;
  const settled = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const actions = {
    write: ({ area, values }) => api.storage[area].set(values),
    read: ({ area }) => api.storage[area].get(),
    send: ({ message }) => api.runtime.sendMessage(message),
    databases: async () => (await indexedDB.databases()).map(({ name }) => name),
    put: async ({ database: name, table, rows }) => {
      const opening = indexedDB.open(name, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(table, { keyPath: 'key' });
      const database = await settled(opening);
      const store = database.transaction(table, 'readwrite').objectStore(table);
      for (const row of rows) await settled(store.put(row));
      database.close();
    },
  };
  document.addEventListener('intrude', async ({ detail }) => {
    const outcomes = [];
    for (const action of JSON.parse(detail)) {
      try { outcomes.push({ done: (await actions[action.kind](action)) ?? null }); }
      catch (error) { outcomes.push({ failed: String(error) }); }
    }
    document.documentElement.dataset.intruded = JSON.stringify(outcomes);
  });
  document.documentElement.dataset.intruder = 'here';
}
`;

/** Puts the intruder into the content script of a copied build: it runs in the script's own world, with its rights. */
export async function withIntruder({ folder }: BuildCopy): Promise<void> {
  const path = join(folder, 'content-scripts', 'profile.js');
  await writeFile(path, SCRIPT + (await readFile(path, 'utf8')));
}

/** A function body for a page: returns whether the intruder is there. */
export const INTRUDER_IS_HERE = `return document.documentElement.dataset.intruder === 'here';`;

/**
 * A function body for a page: makes the intruder perform the actions given as JSON in its first argument. The
 * result must be awaited.
 */
export const INTRUDE = `
  const { dataset } = document.documentElement;
  delete dataset.intruded;
  document.dispatchEvent(new CustomEvent('intrude', { detail: arguments[0] }));
  return new Promise((resolve) => {
    const look = () => (dataset.intruded === undefined ? setTimeout(look, 20) : resolve(dataset.intruded));
    look();
  });`;

const LOOSE = {
  askAbove: { credits: 1e9, usd: 1e12, requests: 1e9 },
  monthlyLimit: {},
  creditPrice: {},
  notifySince: null,
  pageButton: true,
  pictures: false,
  preferredProvider: {},
};

/** Everything that could raise a limit, by every means of writing or sending that a content script has. */
export function raisingLimits(snapshotIds: readonly string[]): PageAction[] {
  const areas: readonly StorageArea[] = ['local', 'session', 'sync', 'managed'];
  const values = {
    ...LOOSE,
    preferences: LOOSE,
    settings: LOOSE,
    table: { columns: 5 },
    '@from-storage-local': true,
  };
  const rows = Object.entries(LOOSE).map(([key, value]) => ({ key, value }));
  const some = { howMany: null, cap: 1e9 };
  const messages = [
    { name: 'preferences.changed', request: {} },
    { name: 'preferences.changed', request: LOOSE },
    { name: 'backup.restored', request: {} },
    { name: 'keys.changed', request: { provider: 'sociavault' } },
    ...snapshotIds.flatMap((snapshotId) => [
      { name: 'run.confirm', request: { snapshotId, ...some } },
      { name: 'run.continue', request: { snapshotId, ...some } },
      { name: 'run.resume', request: { snapshotId } },
      { name: 'page.resume', request: { snapshotId, ...some } },
    ]),
  ];
  return [
    ...areas.flatMap((area): PageAction[] => [
      { kind: 'write', area, values },
      { kind: 'read', area },
    ]),
    { kind: 'databases' },
    { kind: 'put', database: 'followledger', table: 'settings', rows },
    ...messages.map((message): PageAction => ({ kind: 'send', message })),
  ];
}

/** Starts both lists of the tab's profile, after false information about how small they are. */
export function startingCheaply(handle: string): PageAction[] {
  const schema = JSON.stringify({
    mainEntity: {
      additionalName: handle,
      interactionStatistic: ['FollowAction', 'SubscribeAction'].map((action) => ({
        interactionType: `https://schema.org/${action}`,
        userInteractionCount: 1,
      })),
    },
  });
  const start = (relation: string): PageAction => ({
    kind: 'send',
    message: { name: 'page.start', request: { relation } },
  });
  return [
    { kind: 'send', message: { name: 'page.state', request: { schema: [schema] } } },
    start('followers'),
    start('following'),
    start('followers'),
    { kind: 'send', message: { name: 'page.resume', request: {} } },
  ];
}
