/** What pages said about their profiles, by tab: free, never believed, and forgotten with the session. */
import { browser } from 'wxt/browser';
import type { PageHint } from '../../lib/messages/types.ts';
import { handleKey } from '../../lib/model/handles.ts';
import { accountIdSchema } from '../../lib/model/ids.ts';
import { amountSchema } from '../../lib/model/money.ts';
import { platformSchema } from '../../lib/model/platform.ts';
import { handleSchema } from '../../lib/model/profile.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { pageMatches, readUrl, type PageProfile } from '../../lib/platforms/index.ts';
import { z } from '../../lib/zod.ts';

const hintSchema = z.object({
  platform: platformSchema,
  handle: handleSchema,
  id: z.nullable(accountIdSchema),
  name: z.nullable(z.string()),
  bio: z.nullable(z.string()),
  followers: z.nullable(amountSchema),
  following: z.nullable(amountSchema),
});
type Hint = z.infer<typeof hintSchema>;

const PREFIX = 'hint:';

function keyOf(tabId: number): string {
  return PREFIX + String(tabId);
}

/** Keeps a tab's hint, if it is about the profile whose page the tab shows. */
export async function keepHint(tabId: number, profile: PageProfile, hint: PageHint | null): Promise<void> {
  const key = keyOf(tabId);
  await forgetClosedTabs();
  if (hint !== null && handleKey(hint.handle) === handleKey(profile.handle)) {
    await browser.storage.session.set({ [key]: { ...hint, platform: profile.platform } });
  } else {
    await browser.storage.session.remove(key);
  }
}

/** Forgets what was said in tabs that are gone. */
async function forgetClosedTabs(): Promise<void> {
  const [tabs, stored] = await Promise.all([browser.tabs.query({}), browser.storage.session.get()]);
  const open = new Set(tabs.flatMap(({ id }) => (id === undefined ? [] : [keyOf(id)])));
  const gone = Object.keys(stored).filter((key) => key.startsWith(PREFIX) && !open.has(key));
  if (gone.length > 0) await browser.storage.session.remove(gone);
}

/**
 * A hint without its id, where what was collected before speaks against it: a list of this profile with another id, or
 * a list of another profile with this id, both by a provider's word. Then the provider is asked once more.
 */
export function believed(hint: Hint | null, profile: PageProfile, lists: readonly Snapshot[]): Hint | null {
  if (hint?.id == null) return hint;
  const key = handleKey(profile.handle);
  const speaksAgainst = lists.some(
    (list) =>
      list.platform === profile.platform &&
      !list.hinted &&
      list.profileId !== null &&
      (list.handleKey === key) !== (list.profileId === hint.id),
  );
  return speaksAgainst ? { ...hint, id: null } : hint;
}

function readHint(stored: unknown, { platform, handle }: PageProfile): Hint | null {
  const parsed = hintSchema.safeParse(stored);
  if (!parsed.success || parsed.data.platform !== platform) return null;
  return handleKey(parsed.data.handle) === handleKey(handle) ? parsed.data : null;
}

/** What a tab's page says of the profile that it shows. */
export async function hintOf(tabId: number, profile: PageProfile): Promise<Hint | null> {
  const key = keyOf(tabId);
  const stored: Record<string, unknown> = await browser.storage.session.get(key);
  return readHint(stored[key], profile);
}

/** What any open tab's page says of a profile. */
export async function anyHint(profile: PageProfile): Promise<Hint | null> {
  const tabs = await browser.tabs.query({ url: [...pageMatches] });
  for (const { id, url } of tabs) {
    const shown = url === undefined ? null : readUrl(new URL(url));
    const hint = id === undefined || shown === null ? null : await hintOf(id, profile);
    if (hint !== null) return hint;
  }
  return null;
}
