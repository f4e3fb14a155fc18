/** Opening our own pages. */
import { browser } from 'wxt/browser';
import type { SnapshotId } from '../../lib/model/ids.ts';

/** Where the popup looks for what it was opened to show. Not secret, and gone with the session. */
const POPUP_SHOWS = 'popup-shows';
/** Where the popup looks for what its field should hold when it opens. */
const POPUP_ASKS = 'popup-asks';

/** Longer than any link to a profile; the rest of a longer one would only fill the field. */
const MOST_OF_A_LINK = 2_100;

/**
 * Opens the popup where the browser opens one without a gesture of its own (Chromium), else does the other thing.
 * @param key where the popup looks for `value`
 */
async function openPopupOr(key: string, value: string, otherwise: () => Promise<void>): Promise<void> {
  try {
    await browser.storage.session.set({ [key]: value });
    await browser.action.openPopup();
  } catch (error) {
    // Firefox wants a gesture; Chromium a focused window. A tab serves both, and says the same.
    console.info(
      'The popup did not open; opening a tab instead.',
      error instanceof Error ? error.message : '',
    );
    await browser.storage.session.remove(key);
    await otherwise();
  }
}

/** Shows a run in the popup where that is possible, else in a tab. */
export async function openOwnPage(id: SnapshotId): Promise<void> {
  await openPopupOr(POPUP_SHOWS, id, () => openInTab(id));
}

/** Opens the popup, else a tab, with that text in the field for handles and links. */
export async function openWithText(text: string): Promise<void> {
  const start = text.slice(0, MOST_OF_A_LINK);
  await openPopupOr(POPUP_ASKS, start, async () => {
    const page = browser.runtime.getURL('/dashboard.html');
    await browser.tabs.create({ url: `${page}?for=${encodeURIComponent(start)}` });
  });
}

/** Shows a list in a tab, in the one that shows it already if there is one. */
export async function openInTab(id: SnapshotId): Promise<void> {
  const url = `${browser.runtime.getURL('/')}dashboard.html?list=${id}`;
  const [open] = (await browser.tabs.query({})).filter((tab) => tab.url === url);
  if (open?.id !== undefined) await browser.tabs.update(open.id, { active: true });
  else await browser.tabs.create({ url });
}
