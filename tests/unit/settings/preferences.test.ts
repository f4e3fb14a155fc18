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

describe('what is stored of the preferences', () => {
  it('is the defaults where nothing is', () => {
    expect(readPreferencesOf({})).toEqual({ preferences: defaultPreferences, unreadable: [] });
    expect(defaultPreferences).toMatchObject({
      askAbove: { credits: 500, usd: 5_000_000, requests: 1_000 },
      monthlyLimit: {},
      pageButton: true,
    });
  });

  it.each([-1, 1.5, Number.NaN, Infinity, '100', null, true, {}, [5]])(
    'is read entry by entry: a limit of %j is 0, and the others stay',
    (bad) => {
      const { preferences, unreadable } = readPreferencesOf({ monthlyLimit: { a: bad, b: 50 } });
      expect(preferences.monthlyLimit).toEqual({ a: 0, b: 50 });
      expect(unreadable).toEqual(['monthlyLimit']);
    },
  );

  it.each(['a text', 7, [], ['a'], null, true])('allows nothing where %j stands for all limits', (bad) => {
    const { preferences, unreadable } = readPreferencesOf({ monthlyLimit: bad, askAbove: bad });
    expect(monthlyLimitOf(preferences, A)).toBe(0);
    expect(preferences.askAbove).toEqual({ credits: 0, usd: 0, requests: 0 });
    expect(unreadable).toEqual(['askAbove', 'monthlyLimit']);
  });

  it.each(['a text', 7, [], null, undefined, true])('is strict in everything where it is %j', (bad) => {
    const { preferences, unreadable } = readPreferencesOf(bad);
    expect(preferences).toMatchObject({
      askAbove: { credits: 0, usd: 0, requests: 0 },
      monthlyLimit: { [EVERY_OTHER]: 0 },
      creditPrice: {},
      preferredProvider: {},
      notifySince: null,
      pageButton: false,
      pictures: false,
      table: { columns: null, compact: false },
    });
    expect(unreadable).toEqual(PREFERENCE_KEYS);
  });

  it('asks always where one amount cannot be read, and leaves the others as they are', () => {
    const { preferences } = readPreferencesOf({ askAbove: { credits: 'x', usd: 7 } });
    expect(preferences.askAbove).toEqual({ credits: 0, usd: 7, requests: 1_000 });
  });

  it('leaves out prices and providers that cannot be read, and no others', () => {
    const price = { currency: 'EUR', perThousand: 2_000_000 };
    const { preferences, unreadable } = readPreferencesOf({
      creditPrice: { a: price, b: { currency: 'euro', perThousand: 1 } },
      preferredProvider: { 'x/followers': 'a', 'x/following': 9 },
    });
    expect(preferences.creditPrice).toEqual({ a: price });
    expect(preferences.preferredProvider).toEqual({ 'x/followers': 'a' });
    expect(unreadable).toEqual(['creditPrice', 'preferredProvider']);
  });

  it('never throws and never loosens a limit, whatever it is', () => {
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

describe('the most a provider may be paid in a month', () => {
  it('is its own limit, else that of every other, else nothing', () => {
    expect(monthlyLimitOf({ monthlyLimit: { a: 5 } }, A)).toBe(5);
    expect(monthlyLimitOf({ monthlyLimit: { a: 5 } }, B)).toBeNull();
    expect(monthlyLimitOf({ monthlyLimit: { a: 5, [EVERY_OTHER]: 0 } }, A)).toBe(5);
    expect(monthlyLimitOf({ monthlyLimit: { a: 5, [EVERY_OTHER]: 0 } }, B)).toBe(0);
  });

  const limits = fc.dictionary(fc.constantFrom('a', 'b', EVERY_OTHER), fc.nat());
  it('is never above either side after a backup came back', () => {
    fc.assert(
      fc.property(limits, limits, (own, theirs) => {
        const before: Preferences = { ...defaultPreferences, monthlyLimit: own };
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

it('preferences of a file are read the same way', () => {
  expect(preferencesSchema.parse({ monthlyLimit: { a: 'x' }, somethingNew: 1 })).toEqual({
    ...defaultPreferences,
    monthlyLimit: { a: 0 },
  });
  expect(preferencesSchema.safeParse('text').success).toBe(false);
});
