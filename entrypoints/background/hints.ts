/** What pages state about their profiles, by tab. It costs nothing, is not trusted, and is deleted with the session. */
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

/** Saves a tab's hint if it is about the profile that the tab shows. Otherwise deletes the tab's hint. */
export async function saveHint(tabId: number, profile: PageProfile, hint: PageHint | null): Promise<void> {
  const key = keyOf(tabId);
  await forgetClosedTabs();
  if (hint !== null && handleKey(hint.handle) === handleKey(profile.handle)) {
    await browser.storage.session.set({ [key]: { ...hint, platform: profile.platform } });
  } else {
    await browser.storage.session.remove(key);
  }
}

/** Deletes the hints of closed tabs. */
async function forgetClosedTabs(): Promise<void> {
  const [tabs, stored] = await Promise.all([browser.tabs.query({}), browser.storage.session.get()]);
  const open = new Set(tabs.flatMap(({ id }) => (id === undefined ? [] : [keyOf(id)])));
  const removed = Object.keys(stored).filter((key) => key.startsWith(PREFIX) && !open.has(key));
  if (removed.length > 0) await browser.storage.session.remove(removed);
}

/**
 * Removes a hint's ID if stored lists contradict it: a list of this profile with another ID, or a list of another
 * profile with this ID, where the ID came from a provider. The run then looks the ID up.
 */
export function withTrustedId(
  hint: Hint | null,
  profile: PageProfile,
  lists: readonly Snapshot[],
): Hint | null {
  if (hint?.id == null) return hint;
  const key = handleKey(profile.handle);
  const isContradicted = lists.some(
    (list) =>
      list.platform === profile.platform &&
      !list.hinted &&
      list.profileId !== null &&
      (list.handleKey === key) !== (list.profileId === hint.id),
  );
  return isContradicted ? { ...hint, id: null } : hint;
}

function readHint(stored: unknown, { platform, handle }: PageProfile): Hint | null {
  const parsed = hintSchema.safeParse(stored);
  if (!parsed.success || parsed.data.platform !== platform) return null;
  return handleKey(parsed.data.handle) === handleKey(handle) ? parsed.data : null;
}

/** What a tab's page states about the profile that it shows. */
export async function hintOf(tabId: number, profile: PageProfile): Promise<Hint | null> {
  const key = keyOf(tabId);
  const stored: Record<string, unknown> = await browser.storage.session.get(key);
  return readHint(stored[key], profile);
}

/** What the page of any open tab states about a profile. */
export async function anyHint(profile: PageProfile): Promise<Hint | null> {
  const tabs = await browser.tabs.query({ url: [...pageMatches] });
  for (const { id, url } of tabs) {
    const shown = url === undefined ? null : readUrl(new URL(url));
    const hint = id === undefined || shown === null ? null : await hintOf(id, profile);
    if (hint !== null) return hint;
  }
  return null;
}
