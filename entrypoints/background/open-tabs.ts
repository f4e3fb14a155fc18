/** The button in tabs that were open before the extension was: browsers run a new script in pages loaded later alone. */
import { browser } from 'wxt/browser';
import { pageMatches } from '../../lib/platforms/index.ts';

/** The one that the manifest names. */
const SCRIPT = '/content-scripts/profile.js';

/**
 * Runs the page's script in all open tabs of the sites. A tab that runs it already notices, and does nothing; one that
 * holds an older version's button has it replaced.
 */
export async function runInOpenTabs(): Promise<void> {
  // A tab that was put away is loaded anew when it is looked at, script and all.
  const tabs = await browser.tabs.query({ url: [...pageMatches], discarded: false });
  await Promise.all(
    tabs.map(async ({ id }) => {
      if (id === undefined) return;
      try {
        await browser.scripting.executeScript({ target: { tabId: id }, files: [SCRIPT] });
      } catch (error) {
        // It was closed meanwhile, shows an error instead of the page, or the user took back the leave for its site.
        console.info(
          'Could not run the content script in a tab.',
          error instanceof Error ? error.message : '',
        );
      }
    }),
  );
}
