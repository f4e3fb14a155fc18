/**
 * What becomes of preferences when a backup comes back. A file is no consent: limits only become stricter, what tells
 * others something stays as it is, and what was chosen here is not written over.
 */
import type { Preferences } from '../settings/preferences.ts';
import { EVERY_OTHER } from '../settings/setting.ts';

function stricter(
  own: Readonly<Record<string, number>>,
  theirs: Readonly<Record<string, number>>,
): Record<string, number> {
  const merged: Record<string, number> = { ...own };
  for (const [name, limit] of Object.entries(theirs)) {
    merged[name] = Math.min(limit, own[name] ?? own[EVERY_OTHER] ?? limit);
  }
  const others = theirs[EVERY_OTHER];
  // A limit for all who are not named holds for those that are named here alone, too.
  if (others === undefined) return merged;
  return Object.fromEntries(
    Object.entries(merged).map(([name, limit]) => [name, name in theirs ? limit : Math.min(limit, others)]),
  );
}

/** @returns the preferences as they are to be; `null` where nothing changes */
export function mergedPreferences(own: Preferences, theirs: Preferences): Preferences | null {
  const merged: Preferences = {
    ...own,
    askAbove: {
      credits: Math.min(own.askAbove.credits, theirs.askAbove.credits),
      usd: Math.min(own.askAbove.usd, theirs.askAbove.usd),
      requests: Math.min(own.askAbove.requests, theirs.askAbove.requests),
    },
    monthlyLimit: stricter(own.monthlyLimit, theirs.monthlyLimit),
    creditPrice: { ...theirs.creditPrice, ...own.creditPrice },
    preferredProvider: { ...theirs.preferredProvider, ...own.preferredProvider },
    pageButton: own.pageButton && theirs.pageButton,
  };
  return sameJson(merged, own) ? null : merged;
}

/** Whether two preferences say the same, whatever the order of what they name. */
function sameJson(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) {
    return one === other;
  }
  const names = Object.keys(one);
  const theirs = new Map(Object.entries(other));
  return (
    names.length === theirs.size &&
    Object.entries(one).every(([name, value]) => theirs.has(name) && sameJson(value, theirs.get(name)))
  );
}
