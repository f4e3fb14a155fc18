/**
 * Notifications, if the user turned them on: one per event, even if the background is terminated in between. An event is
 * recorded after its notification was shown, and every start checks all lists, so none is missed. A notification that was
 * shown but not recorded is recognized by its name among those still visible.
 */
import { browser } from 'wxt/browser';
import { mayStartAt } from '../../lib/collector/batch-turns.ts';
import { batchIdSchema, type BatchId } from '../../lib/model/batch.ts';
import { snapshotIdSchema, type SnapshotId } from '../../lib/model/ids.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { hasNotificationPermission } from '../../lib/permissions/notifications.ts';
import { readPreferences } from '../../lib/settings/move-from-local-storage.ts';
import { batchesIn } from '../../lib/store/batches.ts';
import type { Store } from '../../lib/store/index.ts';
import type { Snapshots } from '../../lib/store/snapshots.ts';
import {
  batchNotification,
  notificationFor,
  reminderOf,
  type Notification,
} from '../../lib/words/notification.ts';
import { z } from '../../lib/zod.ts';
import { openBatch, openInTab } from './extension-pages.ts';

/** The first part of the name of a batch's notification. */
const BATCH = 'batch:';

/** When the latest event happened that each list's user was notified of, by the list's ID. */
const KEY = 'notified';
const notifiedSchema = z.catch(z.record(z.string(), z.number()), {});
type Notified = z.infer<typeof notifiedSchema>;

async function readNotified(): Promise<Notified> {
  const stored: Record<string, unknown> = await browser.storage.local.get(KEY);
  return notifiedSchema.parse(stored[KEY] ?? {});
}

async function writeNotified(notified: Notified): Promise<void> {
  await browser.storage.local.set({ [KEY]: notified });
}

/** Exists only while the user allows it. */
function notificationsApi(): typeof browser.notifications | undefined {
  return browser.notifications;
}

type Subject = SnapshotId | `${typeof BATCH}${BatchId}`;

function nameOf(id: Subject, at: number): string {
  return `${id} ${String(at)}`;
}

/** Removes the visible notifications of a list, because they are outdated or the user opened the list. */
async function clear(id: Subject): Promise<void> {
  const api = notificationsApi();
  if (api === undefined) return;
  const visible = Object.keys(await api.getAll()).filter((name) => name.startsWith(`${id} `));
  await Promise.all(visible.map((name) => api.clear(name)));
}

/** Shows a notification, unless it is visible already. */
async function show(
  api: typeof browser.notifications,
  id: Subject,
  { at, title, message }: Notification,
): Promise<void> {
  const name = nameOf(id, at);
  if (name in (await api.getAll())) return;
  await clear(id);
  const iconUrl = browser.runtime.getURL('/icon/128.png');
  await api.create(name, { type: 'basic', iconUrl, title, message });
}

/** Opens the list of a notification that is clicked, as soon as the user allows notifications. */
function openClicked(): void {
  let isListening = false;

  function listen(): void {
    const api = notificationsApi();
    if (isListening || api === undefined) return;
    isListening = true;
    api.onClicked.addListener((name) => {
      const [subject = ''] = name.split(' ');
      const id = snapshotIdSchema.safeParse(subject);
      const batch = batchIdSchema.safeParse(subject.slice(BATCH.length));
      if (id.success) void openInTab(id.data);
      else if (subject.startsWith(BATCH) && batch.success) void openBatch(batch.data);
      void api.clear(name);
    });
  }

  // At every start, synchronously: a click on a notification may be what started the background.
  listen();
  browser.permissions.onAdded.addListener(listen);
}

/** What is to be said of a batch once nothing of it continues by itself; `null` if nothing is. */
async function batchNews(
  store: Pick<Store, 'part'>,
  { batch, state, updatedAt }: Snapshot,
): Promise<{ readonly batch: BatchId; readonly notification: Notification } | null> {
  if (batch === undefined || (state.kind !== 'ended' && state.kind !== 'blocked')) return null;
  // The user stopped it.
  if (state.kind === 'ended' && state.outcome.kind === 'stopped') return null;
  const runs = await batchesIn(store).runsOf(batch);
  const kinds = runs.map((run) => run.state.kind);
  const blocked = kinds.filter((kind) => kind === 'blocked').length;
  const isWorking = kinds.some((kind) => ['resolving', 'running', 'waiting'].includes(kind));
  // Queued runs wait for the user if one is blocked by what all of them would meet.
  const isWaiting = kinds.includes('queued') && mayStartAt(runs, -Infinity) !== Infinity;
  if (isWorking || isWaiting || kinds.includes('paused')) return null;
  const done = kinds.filter((kind) => kind === 'ended').length;
  return { batch, notification: batchNotification(done, runs.length, blocked, updatedAt) };
}

/** Shows a notification if the user wants any, and records it. @returns whether it was shown */
async function notify(
  store: Pick<Store, 'settings'>,
  id: Subject,
  notification: Notification,
): Promise<boolean> {
  const { notifySince } = await readPreferences(store);
  if (notifySince === null || notification.at < notifySince || !(await hasNotificationPermission())) {
    return false;
  }
  const api = notificationsApi();
  const notified = await readNotified();
  if (api === undefined || notified[id] === notification.at) return false;
  await show(api, id, notification);
  await writeNotified({ ...notified, [id]: notification.at });
  return true;
}

export type Notifications = ReturnType<typeof createNotifications>;

export function createNotifications(
  store: Pick<Store, 'settings' | 'part'> & { readonly snapshots: Pick<Snapshots, 'all'> },
) {
  /** Lists that may have a visible notification. */
  const visible = new Set<SnapshotId>();
  /** One after another: each reads what the previous one wrote. */
  let last: Promise<unknown> = Promise.resolve();

  function enqueue(work: () => Promise<void>): void {
    last = last.then(work).catch((error: unknown) => {
      console.error('Could not show a notification.', error);
    });
  }

  async function updateBatch(snapshot: Snapshot): Promise<void> {
    const news = await batchNews(store, snapshot);
    if (news !== null) await notify(store, `${BATCH}${news.batch}`, news.notification);
  }

  async function update(snapshot: Snapshot): Promise<void> {
    const notification = notificationFor(snapshot);
    if (notification === null) {
      // The run continues, so its earlier notification is outdated.
      if (visible.delete(snapshot.id)) await clear(snapshot.id);
      return;
    }
    if (await notify(store, snapshot.id, notification)) visible.add(snapshot.id);
  }

  /** Shows what happened while the background did not run, and forgets lists that no longer exist. */
  async function catchUp(): Promise<void> {
    if ((await readPreferences(store)).notifySince === null) return;
    const snapshots = await store.snapshots.all();
    const before = await readNotified();
    for (const snapshot of snapshots) {
      if (snapshot.id in before) visible.add(snapshot.id);
      await update(snapshot);
    }
    const now = await readNotified();
    const existing = snapshots.flatMap(({ id }) => (now[id] === undefined ? [] : [[id, now[id]] as const]));
    await writeNotified(Object.fromEntries(existing));
  }

  openClicked();
  enqueue(catchUp);
  return {
    changed: (snapshot: Snapshot) =>
      enqueue(() => (snapshot.batch === undefined ? update(snapshot) : updateBatch(snapshot))),
    /** Reminds of a watched list that is due. */
    remind: (list: Snapshot, at: number) => {
      enqueue(async () => {
        if (await notify(store, list.id, reminderOf(list, at))) visible.add(list.id);
      });
    },
    opened: (id: SnapshotId) => enqueue(() => clear(id)),
    /** Resolves when everything so far has been handled. */
    idle: () => last,
  };
}
