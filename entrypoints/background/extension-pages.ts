/** Opens extension pages. */
import { browser } from 'wxt/browser';
import type { BatchId } from '../../lib/model/batch.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';

/** The session storage key of the list that the popup shows when it opens. */
const POPUP_SHOWN_VIEW = 'popup-shows';
/** The session storage key of the text that the popup puts into its field when it opens. */
const POPUP_TEXT = 'popup-asks';

/** Longer than any link to a profile. Longer text is shortened. */
const MAX_TEXT = 2_100;

/**
 * Opens the popup if the browser can do that without a user gesture (Chromium), else calls `fallback`.
 * @param key the session storage key from which the popup reads `value`
 */
async function openPopupOr(key: string, value: string, fallback: () => Promise<void>): Promise<void> {
  try {
    await browser.storage.session.set({ [key]: value });
    await browser.action.openPopup();
  } catch (error) {
    // Firefox requires a user gesture, Chromium a focused window. A tab shows the same content.
    console.info(
      'The popup did not open; opening a tab instead.',
      error instanceof Error ? error.message : '',
    );
    await browser.storage.session.remove(key);
    await fallback();
  }
}

/** Shows a run in the popup if possible, else in a tab. */
export async function openExtensionPage(id: SnapshotId): Promise<void> {
  await openPopupOr(POPUP_SHOWN_VIEW, id, () => openInTab(id));
}

/** Opens the popup, or else a tab, with the text in the field for handles and links. */
export async function openWithText(text: string): Promise<void> {
  const start = text.slice(0, MAX_TEXT);
  await openPopupOr(POPUP_TEXT, start, async () => {
    const page = browser.runtime.getURL('/dashboard.html');
    await browser.tabs.create({ url: `${page}?for=${encodeURIComponent(start)}` });
  });
}

/** Shows a batch in a tab. */
export async function openBatch(id: BatchId): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(`/dashboard.html?view=many&for=${id}`) });
}

/** Shows a list in a tab: in the one that already shows it, if there is one. */
export async function openInTab(id: SnapshotId): Promise<void> {
  const url = `${browser.runtime.getURL('/')}dashboard.html?list=${id}`;
  const [open] = (await browser.tabs.query({})).filter((tab) => tab.url === url);
  if (open?.id !== undefined) await browser.tabs.update(open.id, { active: true });
  else await browser.tabs.create({ url });
}
