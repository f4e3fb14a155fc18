/** The tab in which Firefox starts the downloads of finished exports. It closes automatically. */
import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import { saveDeliveries } from '../../lib/export/jobs/requesting-page.ts';
import { readDeliveries } from '../../lib/export/files/delivery.ts';

/** Milliseconds. The downloads have started by then. */
const CLOSE_DELAY = 5000;

async function save(): Promise<void> {
  await saveDeliveries(readDeliveries(new URL(location.href).searchParams.get('files') ?? ''));
  const message = document.getElementById('message');
  if (message !== null) message.textContent = i18n.t('export.handed_over');
  const tab = await browser.tabs.getCurrent();
  setTimeout(() => {
    if (tab?.id !== undefined) void browser.tabs.remove(tab.id);
  }, CLOSE_DELAY);
}

void save();
