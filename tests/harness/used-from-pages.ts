/**
 * The first click on a page with a provider opens a question, once (tests/e2e/first-use.test.ts). Other tests begin after
 * it: the preference is stored as the user's answer stores it.
 */
import { PROVIDERS } from '../emulator/providers/all.ts';

/** The body of a function for a page of the extension: every provider counts as used from a page. */
export const USE_FROM_PAGES = `return new Promise((resolve, reject) => {
  const opening = indexedDB.open('followledger');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const changing = opening.result.transaction('settings', 'readwrite');
    changing.objectStore('settings').put({ key: 'usedFromPages', value: ${JSON.stringify(PROVIDERS.map(({ id }) => id))} });
    changing.onerror = () => reject(changing.error);
    changing.oncomplete = () => { opening.result.close(); resolve(true); };
  };
});`;

/** A page of the extension in Chromium. */
interface ExtensionPage {
  evaluate(script: string): Promise<unknown>;
}

export async function useFromPages(page: ExtensionPage): Promise<void> {
  await page.evaluate(`(() => { ${USE_FROM_PAGES} })()`);
}
