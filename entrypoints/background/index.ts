/** Connects the collector to the browser's events, alarms, and messages. */
import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { createCollector } from '../../lib/collector/index.ts';
import { createWatches, type WatchedLists } from '../../lib/collector/watch/watches.ts';
import { rememberKeys } from '../../lib/keys/traces.ts';
import { createPreparation } from '../../lib/lists/prepare.ts';
import { ExclusiveGate } from '../../lib/messages/exclusive-gate.ts';
import { listenForMessages } from '../../lib/messages/receive.ts';
import { readPreferences } from '../../lib/settings/move-from-local-storage.ts';
import { exclusively, exclusivelyIfFree } from '../../lib/store/exclusive.ts';
import { archiveOf } from '../../lib/store/archive.ts';
import { openStore, type Store } from '../../lib/store/index.ts';
import { ALARM, browserEnvironment, setWatchAlarm, WATCH_ALARM } from './environment.ts';
import { createExports } from './exports.ts';
import { openExtensionPage, openWithText } from './extension-pages.ts';
import { createHandlers, type Background } from './handlers.ts';
import { createLinkMenu, onLinkMenu } from './link-menu.ts';
import { createNotifications } from './notifications.ts';
import { runInOpenTabs } from './open-tabs.ts';
import { scheduleDeletion } from './purge-deleted-lists.ts';
import { createRunUpdates } from './run-updates.ts';
import { atSessionStart } from './session-start.ts';
import { keepStorageForExtensionPages } from './storage-access.ts';
import { welcome } from './welcome-page.ts';

/** The Network Information API, if the browser has it (Chromium). */
function connectionOf(from: object): EventTarget | null {
  return 'connection' in from && from.connection instanceof EventTarget ? from.connection : null;
}

function createBackground(store: Store): Background {
  const runUpdates = createRunUpdates(store);
  const notifications = createNotifications(store);
  const preparation = createPreparation(store);
  const collector = createCollector({
    ...browserEnvironment(store),
    changed: (snapshot) => {
      runUpdates.runChanged(snapshot);
      notifications.changed(snapshot);
      preparation.changed(snapshot);
    },
    reportStorage: (storageError) => {
      runUpdates.storageChanged(storageError).catch((error: unknown) => {
        console.error('Could not report the state of storage.', error);
      });
    },
  });
  const watches = createWatches({
    ...browserEnvironment(store),
    setAlarm: setWatchAlarm,
    wake: collector.wake,
    changed: runUpdates.runChanged,
    remind: notifications.remind,
  });
  const exports = createExports(store);
  return { store, collector, watches, runUpdates, notifications, exports, gate: new ExclusiveGate() };
}

/** What every start of the background does, whatever event caused it. */
function resumeWork({ store, collector, watches, runUpdates, exports }: Background): void {
  keepStorageForExtensionPages();
  // Moves preferences that affect spending to where content scripts cannot write them, before anything is spent.
  readPreferences(store).catch((error: unknown) => {
    console.warn('Preferences of an older version were not moved. The next read tries again.', error);
  });
  collector.wake();
  checkWatches(watches);
  // An interrupted restore leaves rows that are not visible anywhere.
  exclusivelyIfFree(() => archiveOf(store).dropStaged()).catch((error: unknown) => {
    console.warn('Could not remove leftovers of a restore.', error);
  });
  runUpdates.refreshBadge().catch((error: unknown) => {
    // The collector needs the same tables and reports what is wrong with them.
    console.warn('Could not update the badge.', error);
  });
  scheduleDeletion(store);
  void exports.recover();
}

/** Updates the watched lists that are due. */
function checkWatches(watches: WatchedLists): void {
  watches.check().catch((error: unknown) => {
    // The collector needs the same tables and reports what is wrong with them.
    console.warn('Watched lists could not be checked. The next start tries again.', error);
  });
}

function listenForBrowserEvents({ collector, watches }: Background): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) collector.wake();
    if (name === WATCH_ALARM) checkWatches(watches);
  });
  browser.runtime.onStartup.addListener(collector.wake);
  browser.runtime.onInstalled.addListener(({ reason }) => {
    collector.wake();
    if (reason === 'install') welcome().catch(console.error);
  });
  // Service workers get no `online` event, but an event when the connection changes.
  self.addEventListener('online', collector.wake);
  connectionOf(navigator)?.addEventListener('change', collector.wake);
  browser.permissions.onAdded.addListener(() => void collector.permissionGranted());
}

function listenForRequests(background: Background): void {
  const { gate } = background;
  const handlers = createHandlers(background);
  listenForMessages(handlers, gate);
  browser.contextMenus.onClicked.addListener((click) => {
    onLinkMenu(click, {
      start: (request) => gate.runShared(() => handlers['run.start'](request, null)),
      show: openExtensionPage,
      openWithLink: openWithText,
    }).catch(console.error);
  });
}

export default defineBackground({
  type: 'module',
  main: () => {
    const store = openStore();
    const background = createBackground(store);
    resumeWork(background);
    listenForBrowserEvents(background);
    listenForRequests(background);
    atSessionStart(() =>
      Promise.all([createLinkMenu(), runInOpenTabs(), exclusively(() => rememberKeys(store))]),
    ).catch((error: unknown) => {
      console.error(
        'Could not set up open tabs, the context menu, or the traces of keys; retrying at the next start.',
        error,
      );
    });
  },
});
