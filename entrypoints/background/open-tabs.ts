/** Adds the button to tabs that were open before the extension was: browsers run its script only in pages loaded later. */
import { browser } from 'wxt/browser';
import { pageMatches } from '../../lib/platforms/index.ts';

/** The path that the manifest contains. */
const SCRIPT = '/content-scripts/profile.js';

/**
 * Runs the content script in all open tabs of the platforms. In a tab that already runs it, the new one does nothing. A
 * button of an older version is replaced.
 */
export async function runInOpenTabs(): Promise<void> {
  // A discarded tab is reloaded when the user returns to it, and then runs the script.
  const tabs = await browser.tabs.query({ url: [...pageMatches], discarded: false });
  await Promise.all(
    tabs.map(async ({ id }) => {
      if (id === undefined) return;
      try {
        await browser.scripting.executeScript({ target: { tabId: id }, files: [SCRIPT] });
      } catch (error) {
        // The tab was closed, shows an error page, or the user removed the permission for its site.
        console.info(
          'Could not run the content script in a tab.',
          error instanceof Error ? error.message : '',
        );
      }
    }),
  );
}
