/** What the popup showed when it was last open: stored for the browser session, in memory only. */
import { browser } from 'wxt/browser';
import { wholeList } from '../../lib/lists/query.ts';
import { snapshotIdSchema } from '../../lib/model/ids.ts';
import { z } from '../../lib/zod.ts';
import { FIELDS } from '../lists/fields.ts';

const range = z.nullable(z.object({ from: z.nullable(z.number()), to: z.nullable(z.number()) }));
const yesOrNo = z.nullable(z.boolean());

const querySchema = z.object({
  text: z.string(),
  filters: z.object({
    verified: yesOrNo,
    private: yesOrNo,
    followers: range,
    following: range,
    hasWebsite: yesOrNo,
    hasBio: yesOrNo,
    created: range,
    location: z.string(),
  }),
  sort: z.nullable(z.object({ column: z.enum(FIELDS.map(({ key }) => key)), descending: z.boolean() })),
});

const viewSchema = z.object({
  list: z.nullable(snapshotIdSchema),
  query: querySchema,
  /** The scroll position of the list: the height of the rows above, in pixels. */
  scroll: z.number(),
});
export type RememberedView = z.infer<typeof viewSchema>;

const KEY = 'popup-view';
/** Written by the background when it opens the popup for a run. */
const SHOWN_VIEW = 'popup-shows';
/** Written by the background when it opens the popup with a link that it could not start from. */
const REQUESTED_PROFILE = 'popup-asks';

export const nothingRemembered: RememberedView = { list: null, query: wholeList, scroll: 0 };

/** What to show: the run that the popup was opened for, or its last view. */
export async function recallView(): Promise<RememberedView> {
  const stored: Record<string, unknown> = await browser.storage.session.get([KEY, SHOWN_VIEW]);
  const requested = snapshotIdSchema.safeParse(stored[SHOWN_VIEW]);
  if (requested.success) {
    await browser.storage.session.remove(SHOWN_VIEW);
    return { ...nothingRemembered, list: requested.data };
  }
  const read = viewSchema.safeParse(stored[KEY]);
  return read.success ? read.data : nothingRemembered;
}

/** The field's initial text if the popup was opened for a link; otherwise `null`. It is used once. */
export async function recallRequestedProfile(): Promise<string | null> {
  const stored: Record<string, unknown> = await browser.storage.session.get(REQUESTED_PROFILE);
  const requested = z.string().safeParse(stored[REQUESTED_PROFILE]);
  if (!requested.success) return null;
  await browser.storage.session.remove(REQUESTED_PROFILE);
  return requested.data;
}

export async function rememberView(view: RememberedView): Promise<void> {
  await browser.storage.session.set({ [KEY]: view });
}
