/** What a page showed when it was last open: kept for the browser session, in memory only. */
import { browser } from 'wxt/browser';
import { snapshotIdSchema } from '../../lib/model.ts';
import { z } from '../../lib/zod.ts';

const viewSchema = z.object({
  list: z.nullable(snapshotIdSchema),
  search: z.string(),
  /** Where the list was scrolled to: pixels of rows above. */
  scroll: z.number(),
});
export type RememberedView = z.infer<typeof viewSchema>;

const KEY = 'popup-view';
/** Written by the background when it opens the popup for a run. */
const SHOWS = 'popup-shows';

export const nothingRemembered: RememberedView = { list: null, search: '', scroll: 0 };

/** What to show: the run that the popup was opened for, else what it showed last. */
export async function recallView(): Promise<RememberedView> {
  const stored: Record<string, unknown> = await browser.storage.session.get([KEY, SHOWS]);
  const asked = snapshotIdSchema.safeParse(stored[SHOWS]);
  if (asked.success) {
    await browser.storage.session.remove(SHOWS);
    return { ...nothingRemembered, list: asked.data };
  }
  const read = viewSchema.safeParse(stored[KEY]);
  return read.success ? read.data : nothingRemembered;
}

export async function rememberView(view: RememberedView): Promise<void> {
  await browser.storage.session.set({ [KEY]: view });
}
