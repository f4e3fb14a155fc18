/** The tab from which Firefox begins the downloads of finished exports. It closes by itself. */
import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import { saveDeliveries } from '../../lib/export/jobs/requesting-page.ts';
import { readDeliveries } from '../../lib/export/files/delivery.ts';

/** The downloads have long begun by then. */
const CLOSES_AFTER = 5000;

async function save(): Promise<void> {
  await saveDeliveries(readDeliveries(new URL(location.href).searchParams.get('files') ?? ''));
  const said = document.getElementById('said');
  if (said !== null) said.textContent = i18n.t('export.handed_over');
  const tab = await browser.tabs.getCurrent();
  setTimeout(() => {
    if (tab?.id !== undefined) void browser.tabs.remove(tab.id);
  }, CLOSES_AFTER);
}

void save();
