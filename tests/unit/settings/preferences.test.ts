import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { providerIdSchema } from '../../../lib/model/ids.ts';
import { mergedPreferences } from '../../../lib/backup/preferences.ts';
import {
  defaultPreferences,
  monthlyLimitOf,
  PREFERENCE_KEYS,
  preferencesSchema,
  readPreferencesOf,
  type Preferences,
} from '../../../lib/settings/preferences.ts';
import { EVERY_OTHER } from '../../../lib/settings/setting.ts';

const A = providerIdSchema.parse('a');
const B = providerIdSchema.parse('b');

describe('stored preferences', () => {
  it('are the defaults if nothing is stored', () => {
    expect(readPreferencesOf({})).toEqual({ preferences: defaultPreferences, unreadable: [] });
    expect(defaultPreferences).toMatchObject({
      askAbove: { credits: 500, usd: 5_000_000, requests: 1_000 },
      monthlyLimit: {},
      pageButton: true,
    });
  });

  it.each([-1, 1.5, Number.NaN, Infinity, '100', null, true, {}, [5]])(
    'are read entry by entry: a limit of %j is 0, and the others stay',
    (bad) => {
      const { preferences, unreadable } = readPreferencesOf({ monthlyLimit: { a: bad, b: 50 } });
      expect(preferences.monthlyLimit).toEqual({ a: 0, b: 50 });
      expect(unreadable).toEqual(['monthlyLimit']);
    },
  );

  it.each(['a text', 7, [], ['a'], null, true])('allow nothing if %j is stored for all limits', (bad) => {
    const { preferences, unreadable } = readPreferencesOf({ monthlyLimit: bad, askAbove: bad });
    expect(monthlyLimitOf(preferences, A)).toBe(0);
    expect(preferences.askAbove).toEqual({ credits: 0, usd: 0, requests: 0 });
    expect(unreadable).toEqual(['askAbove', 'monthlyLimit']);
  });

  it.each(['a text', 7, [], null, undefined, true])('are strict in everything if they are %j', (bad) => {
    const { preferences, unreadable } = readPreferencesOf(bad);
    expect(preferences).toMatchObject({
      askAbove: { credits: 0, usd: 0, requests: 0 },
      monthlyLimit: { [EVERY_OTHER]: 0 },
      creditPrice: {},
      preferredProvider: {},
      notifySince: null,
      pageButton: false,
      pictures: false,
      table: { columns: null, widths: {}, compact: false },
    });
    expect(unreadable).toEqual(PREFERENCE_KEYS);
  });

  it('always require approval if one amount cannot be read, and keep the other amounts', () => {
    const { preferences } = readPreferencesOf({ askAbove: { credits: 'x', usd: 7 } });
    expect(preferences.askAbove).toEqual({ credits: 0, usd: 7, requests: 1_000 });
  });

  it('omit only the prices and providers that cannot be read', () => {
    const price = { currency: 'EUR', perThousand: 2_000_000 };
    const { preferences, unreadable } = readPreferencesOf({
      creditPrice: { a: price, b: { currency: 'euro', perThousand: 1 } },
      preferredProvider: { 'x/followers': 'a', 'x/following': 9 },
    });
    expect(preferences.creditPrice).toEqual({ a: price });
    expect(preferences.preferredProvider).toEqual({ 'x/followers': 'a' });
    expect(unreadable).toEqual(['creditPrice', 'preferredProvider']);
  });

  it('never throw and never loosen a limit, whatever is stored', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), fc.nat(), (junk, limit) => {
        const { preferences } = readPreferencesOf({
          monthlyLimit: { a: limit, b: junk },
          askAbove: { credits: junk, usd: limit, requests: limit },
        });
        expect(monthlyLimitOf(preferences, A)).toBe(limit);
        expect(monthlyLimitOf(preferences, B)).toBe(
          Number.isSafeInteger(junk) && Number(junk) >= 0 ? junk : 0,
        );
        expect(preferences.askAbove.usd).toBe(limit);
        readPreferencesOf(junk);
        for (const key of PREFERENCE_KEYS) readPreferencesOf({ [key]: junk });
      }),
    );
  });
});

describe('the monthly limit of a provider', () => {
  it('is its own limit, otherwise the limit of every other provider, otherwise none', () => {
    expect(monthlyLimitOf({ monthlyLimit: { a: 5 } }, A)).toBe(5);
    expect(monthlyLimitOf({ monthlyLimit: { a: 5 } }, B)).toBeNull();
    expect(monthlyLimitOf({ monthlyLimit: { a: 5, [EVERY_OTHER]: 0 } }, A)).toBe(5);
    expect(monthlyLimitOf({ monthlyLimit: { a: 5, [EVERY_OTHER]: 0 } }, B)).toBe(0);
  });

  const limits = fc.dictionary(fc.constantFrom('a', 'b', EVERY_OTHER), fc.nat());
  it('is never above either side after a backup was restored', () => {
    fc.assert(
      fc.property(limits, limits, (ownValue, theirs) => {
        const before: Preferences = { ...defaultPreferences, monthlyLimit: ownValue };
        const other: Preferences = { ...defaultPreferences, monthlyLimit: theirs };
        const after = mergedPreferences(before, other) ?? before;
        for (const provider of [A, B, providerIdSchema.parse('c')]) {
          const least = [before, other].map((side) => monthlyLimitOf(side, provider) ?? Infinity);
          expect(monthlyLimitOf(after, provider) ?? Infinity).toBe(Math.min(...least));
        }
      }),
    );
  });
});

it('preferences from a file are read the same way', () => {
  expect(preferencesSchema.parse({ monthlyLimit: { a: 'x' }, somethingNew: 1 })).toEqual({
    ...defaultPreferences,
    monthlyLimit: { a: 0 },
  });
  expect(preferencesSchema.safeParse('text').success).toBe(false);
});
