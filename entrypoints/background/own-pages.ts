/** Opening our own pages. */
import { browser } from 'wxt/browser';
import type { SnapshotId } from '../../lib/model.ts';

/** Where the popup looks for what it was opened to show. Not secret, and gone with the session. */
export const POPUP_SHOWS = 'popup-shows';

/**
 * Shows a run in the popup where the browser opens one without a gesture of its own (Chromium), else in a tab.
 */
export async function openOwnPage(id: SnapshotId): Promise<void> {
  try {
    await browser.storage.session.set({ [POPUP_SHOWS]: id });
    await browser.action.openPopup();
  } catch (error) {
    // Firefox wants a gesture; Chromium a focused window. A tab serves both, and says the same.
    console.info('The popup did not open; a tab is used.', error instanceof Error ? error.message : '');
    await openInTab(id);
  }
}

/** Shows a list in a tab, in the one that shows it already if there is one. */
export async function openInTab(id: SnapshotId): Promise<void> {
  const url = `${browser.runtime.getURL('/')}dashboard.html?list=${id}`;
  const [open] = (await browser.tabs.query({})).filter((tab) => tab.url === url);
  if (open?.id !== undefined) await browser.tabs.update(open.id, { active: true });
  else await browser.tabs.create({ url });
}
