/** What pages said about their profiles, by tab: free, never believed, and forgotten with the session. */
import { browser } from 'wxt/browser';
import type { PageHint } from '../../lib/messages/types.ts';
import { amountSchema, handleKey, handleSchema } from '../../lib/model.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';
import { z } from '../../lib/zod.ts';

const hintSchema = z.object({
  handle: handleSchema,
  id: z.nullable(z.string()),
  followers: z.nullable(amountSchema),
  following: z.nullable(amountSchema),
});

function keyOf(tabId: number): string {
  return `hint:${String(tabId)}`;
}

/** Keeps a tab's hint, if it is about the profile whose page the tab shows. */
export async function keepHint(tabId: number, profile: PageProfile, hint: PageHint | null): Promise<void> {
  const key = keyOf(tabId);
  if (hint !== null && handleKey(hint.handle) === handleKey(profile.handle)) {
    await browser.storage.session.set({ [key]: hint });
  } else {
    await browser.storage.session.remove(key);
  }
}

export async function hintOf(tabId: number, profile: PageProfile): Promise<PageHint | null> {
  const key = keyOf(tabId);
  const stored: Record<string, unknown> = await browser.storage.session.get(key);
  const parsed = hintSchema.safeParse(stored[key]);
  return parsed.success && handleKey(parsed.data.handle) === handleKey(profile.handle) ? parsed.data : null;
}
