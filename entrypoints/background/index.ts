/** Wires the collector to the browser: listeners, alarms, and whom to tell. */
import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { createCollector } from '../../lib/collector/index.ts';
import { createReadiness } from '../../lib/lists/prepare.ts';
import { Gate } from '../../lib/messages/exclusive-gate.ts';
import { listen } from '../../lib/messages/receive.ts';
import { rememberKeys } from '../../lib/keys/traces.ts';
import { exclusively, exclusivelyIfFree } from '../../lib/store/exclusive.ts';
import { readPreferences } from '../../lib/settings/move-from-local-storage.ts';
import { openStore } from '../../lib/store/index.ts';
import { deleteInTime } from './purge-deleted-lists.ts';
import { createExports } from './exports.ts';
import { createHandlers } from './handlers.ts';
import { createNotifying } from './notifications.ts';
import { makeLinkMenu, onLinkMenu } from './link-menu.ts';
import { runInOpenTabs } from './open-tabs.ts';
import { openOwnPage, openWithText } from './extension-pages.ts';
import { atSessionStart } from './session-start.ts';
import { keepStorageForExtensionPages } from './storage-access.ts';
import { createTelling } from './run-updates.ts';
import { welcome } from './welcome-page.ts';
import { ALARM, browserWorld } from './environment.ts';

/** The Network Information API, where the browser has it (Chromium). */
function connectionOf(from: object): EventTarget | null {
  return 'connection' in from && from.connection instanceof EventTarget ? from.connection : null;
}

export default defineBackground(() => {
  const store = openStore();
  const telling = createTelling(store);
  const notifying = createNotifying(store);
  const readiness = createReadiness(store);
  const collector = createCollector({
    ...browserWorld(store),
    changed: (snapshot) => {
      telling.changed(snapshot);
      notifying.changed(snapshot);
      readiness.changed(snapshot);
    },
    storage: (trouble) => {
      telling.storage(trouble).catch((error: unknown) => {
        console.error('Could not report the state of storage.', error);
      });
    },
  });

  keepStorageForExtensionPages();
  // What concerns money lies where content scripts cannot write, before anything is spent.
  readPreferences(store).catch((error: unknown) => {
    console.warn('Preferences of an older version were not moved; whoever needs them tries again.', error);
  });
  // Every start of the background goes on with what is unfinished, whatever event it was started by.
  collector.wake();
  // A restore that died half-way left rows that nobody sees.
  exclusivelyIfFree(() => store.archive.dropStaged()).catch((error: unknown) => {
    console.warn('Could not remove leftovers of a restore.', error);
  });
  telling.refreshBadge().catch((error: unknown) => {
    // The collector, which needs the same tables, says what is wrong with them.
    console.warn('Could not update the badge.', error);
  });
  deleteInTime(store);

  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) collector.wake();
  });
  browser.runtime.onStartup.addListener(collector.wake);
  browser.runtime.onInstalled.addListener(({ reason }) => {
    collector.wake();
    if (reason === 'install') welcome().catch(console.error);
  });
  // A service worker is not told that it is online again; that its connection is another one, it is.
  self.addEventListener('online', collector.wake);
  connectionOf(navigator)?.addEventListener('change', collector.wake);
  browser.permissions.onAdded.addListener(() => void collector.permitted());
  const exports = createExports(store);
  void exports.recover();
  const gate = new Gate();
  const handlers = createHandlers({ store, collector, telling, notifying, exports, gate });
  listen(handlers, gate);

  browser.contextMenus.onClicked.addListener((click) => {
    onLinkMenu(click, {
      start: (request) => gate.pass(() => handlers['run.start'](request, null)),
      show: openOwnPage,
      ask: openWithText,
    }).catch(console.error);
  });
  atSessionStart(() =>
    Promise.all([makeLinkMenu(), runInOpenTabs(), exclusively(() => rememberKeys(store))]),
  ).catch((error: unknown) => {
    console.error(
      'Could not set up open tabs, the context menu, or the traces of keys; retrying at the next start.',
      error,
    );
  });
});
