/** Wires the collector to the browser: listeners, alarms, and whom to tell. */
import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { createCollector } from '../../lib/collector/index.ts';
import { listen } from '../../lib/messages/receive.ts';
import { openStore } from '../../lib/store/index.ts';
import { createHandlers } from './handlers.ts';
import { createTelling } from './telling.ts';
import { ALARM, browserWorld } from './world.ts';

export default defineBackground(() => {
  const store = openStore();
  const telling = createTelling(store);
  const collector = createCollector({ ...browserWorld(store), changed: telling.changed });

  // Every start of the background goes on with what is unfinished, whatever event it was started by.
  collector.wake();
  void telling.refreshBadge();

  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) collector.wake();
  });
  browser.runtime.onStartup.addListener(collector.wake);
  browser.runtime.onInstalled.addListener(collector.wake);
  self.addEventListener('online', collector.wake);
  listen(createHandlers({ store, collector, telling }));
});
