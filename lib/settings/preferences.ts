/** What the user prefers. Nothing here is secret: in Firefox content scripts can read all of `storage.local`. */
import { browser } from 'wxt/browser';
import { amountSchema, creditPriceSchema, providerIdSchema, type Platform, type Relation } from '../model.ts';
import { z } from '../zod.ts';

const KEY = 'preferences';

export const preferencesSchema = z.object({
  /** Spending above this asks first, by unit; dollars in micro-dollars. */
  askAbove: z.catch(
    z.object({
      credits: z.catch(amountSchema, 500),
      usd: z.catch(amountSchema, 5_000_000),
      requests: z.catch(amountSchema, 1_000),
    }),
    { credits: 500, usd: 5_000_000, requests: 1_000 },
  ),
  /** The most a provider may be paid in a calendar month, in its unit; absent means no limit. */
  monthlyLimit: z.catch(z.record(z.string(), amountSchema), {}),
  /** What the user pays for a provider's credits or requests, by provider; absent where it was not said. */
  creditPrice: z.catch(z.record(z.string(), creditPriceSchema), {}),
  /** When the user asked for notifications, epoch milliseconds: only what happens later is told. `null` is off. */
  notifySince: z.catch(z.nullable(amountSchema), null),
  /** Whether profile pages carry the button. */
  pageButton: z.catch(z.boolean(), true),
  /** Whether avatars are loaded from the platform, which thereby learns what is read. */
  pictures: z.catch(z.boolean(), false),
  /** The provider to take where several have keys, by {@link listKind}. */
  preferredProvider: z.catch(z.record(z.string(), providerIdSchema), {}),
});
/** What a provider is preferred for: a relation on a platform. */
export function listKind(platform: Platform, relation: Relation): string {
  return `${platform}/${relation}`;
}

export type Preferences = z.infer<typeof preferencesSchema>;

export const defaultPreferences: Preferences = preferencesSchema.parse({});

function read(stored: unknown): Preferences {
  return preferencesSchema.parse(stored ?? {});
}

export async function readPreferences(): Promise<Preferences> {
  const stored: Record<string, unknown> = await browser.storage.local.get(KEY);
  return read(stored[KEY]);
}

/** Changes some preferences and keeps the others. */
export async function writePreferences(patch: Partial<Preferences>): Promise<void> {
  await browser.storage.local.set({ [KEY]: { ...(await readPreferences()), ...patch } });
}

/** Calls back with every change. @returns a function that ends it. */
export function watchPreferences(changed: (preferences: Preferences) => void): () => void {
  const listener = (changes: Record<string, { newValue?: unknown }>, area: string): void => {
    const change = changes[KEY];
    if (area === 'local' && change !== undefined) changed(read(change.newValue));
  };
  browser.storage.onChanged.addListener(listener);
  return () => {
    browser.storage.onChanged.removeListener(listener);
  };
}
