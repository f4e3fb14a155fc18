/**
 * Notifications, where the user wants them: once for each piece of news, whatever dies in between. What was told is
 * written down after it was shown, and every start looks at all lists again; so nothing is missed, and what a death
 * left unwritten is recognised by its name among those that still show.
 */
import { browser } from 'wxt/browser';
import { snapshotIdSchema, type SnapshotId } from '../../lib/model/ids.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { mayNotify } from '../../lib/permissions/notifications.ts';
import { readPreferences } from '../../lib/settings/move-from-local-storage.ts';
import type { Store } from '../../lib/store/index.ts';
import { newsOf } from '../../lib/words/notification.ts';
import { z } from '../../lib/zod.ts';
import { openInTab } from './extension-pages.ts';

/** When the news of each list was that was told last, by its id. */
const KEY = 'told';
const toldSchema = z.catch(z.record(z.string(), z.number()), {});
type Told = z.infer<typeof toldSchema>;

async function readTold(): Promise<Told> {
  const stored: Record<string, unknown> = await browser.storage.local.get(KEY);
  return toldSchema.parse(stored[KEY] ?? {});
}

/** There only while the user allows it. */
function notifications(): typeof browser.notifications | undefined {
  return browser.notifications;
}

function nameOf(id: SnapshotId, at: number): string {
  return `${id} ${String(at)}`;
}

export type Notifying = ReturnType<typeof createNotifying>;

export function createNotifying(store: Store) {
  let listening = false;
  /** Lists of which a notification may still show. */
  const showing = new Set<SnapshotId>();
  /** One after another: each reads what the one before wrote. */
  let last: Promise<unknown> = Promise.resolve();

  function enqueue(work: () => Promise<void>): void {
    last = last.then(work).catch((error: unknown) => {
      console.error('Could not show a notification.', error);
    });
  }

  /** Must run at every start, at once: a click on a notification may be what started the background. */
  function listen(): void {
    const api = notifications();
    if (listening || api === undefined) return;
    listening = true;
    api.onClicked.addListener((name) => {
      const id = snapshotIdSchema.safeParse(name.split(' ')[0]);
      if (id.success) void openInTab(id.data);
      void api.clear(name);
    });
  }

  async function tell(snapshot: Snapshot): Promise<void> {
    const news = newsOf(snapshot);
    if (news === null) {
      // It goes on: what asked for a decision is answered.
      if (showing.delete(snapshot.id)) await clear(snapshot.id);
      return;
    }
    const { notifySince } = await readPreferences(store);
    if (notifySince === null || news.at < notifySince || !(await mayNotify())) return;
    const api = notifications();
    const told = await readTold();
    if (api === undefined || told[snapshot.id] === news.at) return;
    const name = nameOf(snapshot.id, news.at);
    if (!(name in (await api.getAll()))) {
      await clear(snapshot.id);
      await api.create(name, {
        type: 'basic',
        iconUrl: browser.runtime.getURL('/icon/128.png'),
        title: news.title,
        message: news.message,
      });
    }
    showing.add(snapshot.id);
    await browser.storage.local.set({ [KEY]: { ...told, [snapshot.id]: news.at } });
  }

  /** Takes away what still shows of a list: older news, or news that the user has seen. */
  async function clear(id: SnapshotId): Promise<void> {
    const api = notifications();
    if (api === undefined) return;
    const shown = Object.keys(await api.getAll()).filter((name) => name.startsWith(`${id} `));
    await Promise.all(shown.map((name) => api.clear(name)));
  }

  /** Tells what happened while nobody could, and forgets what was told of lists that are gone. */
  async function catchUp(): Promise<void> {
    if ((await readPreferences(store)).notifySince === null) return;
    const snapshots = await store.snapshots();
    const told = await readTold();
    for (const snapshot of snapshots) {
      if (snapshot.id in told) showing.add(snapshot.id);
      await tell(snapshot);
    }
    const now = await readTold();
    const kept = snapshots.flatMap(({ id }) => (id in now ? [[id, now[id]] as const] : []));
    await browser.storage.local.set({ [KEY]: Object.fromEntries(kept) });
  }

  listen();
  browser.permissions.onAdded.addListener(listen);
  enqueue(catchUp);
  return {
    changed: (snapshot: Snapshot) => enqueue(() => tell(snapshot)),
    seen: (id: SnapshotId) => enqueue(() => clear(id)),
    /** Resolves when everything so far is told. */
    idle: () => last,
  };
}
