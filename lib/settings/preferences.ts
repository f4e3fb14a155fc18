/**
 * The user's preferences: one table of key, schema, and default. They are stored in the database, which extension pages
 * and the background can write and content scripts cannot; `lib/store/settings-table.ts` reads and writes it.
 */
import { providerIdSchema, type ProviderId } from '../model/ids.ts';
import { amountSchema, creditPriceSchema } from '../model/money.ts';
import type { Platform, Relation } from '../model/platform.ts';
import { savedQuerySchema } from '../model/saved-query.ts';
import { z } from '../zod.ts';
import { EVERY_OTHER, fixed, limits, named, single, type Reading, type Setting } from './setting.ts';

const tableSchema = z.object({
  /** The selected columns in their order; `null` means the default ones. Unknown names are ignored. */
  columns: z.nullable(z.array(z.string())),
  /** The widths that the user chose, in pixels, by column. Other columns have their default width. */
  widths: z._default(z.record(z.string(), z.number()), {}),
  compact: z.boolean(),
});
/** The display settings of the dashboard's table. */
export type TableSettings = z.infer<typeof tableSchema>;

/** `strict` is used where the stored value cannot be read. */
const SETTINGS = {
  /** Spending above this requires confirmation, by unit; dollars in micro-dollars. */
  askAbove: fixed(amountSchema, {
    initial: { credits: 500, usd: 5_000_000, requests: 1_000 },
    strict: 0,
  }),
  /** The most a provider may be paid in a calendar month, in its unit: read it with {@link monthlyLimitOf}. */
  monthlyLimit: limits(amountSchema),
  /** What the user pays for a provider's credits or requests, by provider; absent if the user did not state it. */
  creditPrice: named(creditPriceSchema),
  /** When the user turned on notifications, epoch milliseconds: only later events are reported. `null` is off. */
  notifySince: single(z.nullable(amountSchema), { initial: null, strict: null }),
  /** Whether profile pages have the button. */
  pageButton: single(z.boolean(), { initial: true, strict: false }),
  /** Whether avatars are loaded from the platform, which can then see which accounts are viewed. */
  pictures: single(z.boolean(), { initial: false, strict: false }),
  /** The provider to use if several have keys, by {@link listKind}. */
  preferredProvider: named(providerIdSchema),
  /** The providers for which the user has approved a price of a list that was started from a page. */
  usedFromPages: single(z.array(providerIdSchema), { initial: [], strict: [] }),
  /** Searches, filters, and orders that the user saved. */
  views: named(savedQuerySchema),
  /** Rules that the user saved, as the filter that they make. */
  rules: named(savedQuerySchema),
  table: single(tableSchema, {
    initial: { columns: null, widths: {}, compact: false },
    strict: { columns: null, widths: {}, compact: false },
  }),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

export type PreferenceKey = keyof typeof SETTINGS;
export type Preferences = { readonly [Key in PreferenceKey]: (typeof SETTINGS)[Key]['initial'] };

/** A stored value that no preference can be read from, so that its strict value is used. */
export const UNREADABLE = 'unreadable';

/** The preferences, and which of them could not be read completely. */
export interface FoundPreferences {
  readonly preferences: Preferences;
  readonly unreadable: readonly PreferenceKey[];
}

// `Object.keys` returns exactly the keys of this object.
export const PREFERENCE_KEYS = Object.keys(SETTINGS) as readonly PreferenceKey[];

/**
 * Reads every preference, entry by entry. What cannot be read takes its strict value and does not affect the others.
 * @param stored returns the stored value of a key; `undefined` if there is none
 */
export function readStored(stored: (key: PreferenceKey) => unknown): FoundPreferences {
  const readings = PREFERENCE_KEYS.map((key): readonly [PreferenceKey, Reading<unknown>] => [
    key,
    SETTINGS[key].read(stored(key)),
  ]);
  return {
    // Each value was read by its own setting, so its type is right.
    preferences: Object.fromEntries(readings.map(([key, { value }]) => [key, value])) as Preferences,
    unreadable: readings.filter(([, { clean }]) => !clean).map(([key]) => key),
  };
}

/** Reads preferences from an object, such as a backup's. Any other value results in strict values. */
export function readPreferencesOf(stored: unknown): FoundPreferences {
  const isObject = typeof stored === 'object' && stored !== null && !Array.isArray(stored);
  const values = new Map<string, unknown>(isObject ? Object.entries(stored) : []);
  return readStored((key) => (isObject ? values.get(key) : UNREADABLE));
}

/** For files: accepts any object and reads it with {@link readPreferencesOf}. */
export const preferencesSchema = z.pipe(
  z.record(z.string(), z.unknown()),
  z.transform((stored) => readPreferencesOf(stored).preferences),
);

export const defaultPreferences: Preferences = readStored(() => undefined).preferences;

/** The most a provider may be paid in a calendar month, in its unit; `null` if there is no limit. */
export function monthlyLimitOf(
  { monthlyLimit }: Pick<Preferences, 'monthlyLimit'>,
  provider: ProviderId,
): number | null {
  return monthlyLimit[provider] ?? monthlyLimit[EVERY_OTHER] ?? null;
}

/** The key of {@link Preferences.preferredProvider}: a relation on a platform. */
export function listKind(platform: Platform, relation: Relation): string {
  return `${platform}/${relation}`;
}
