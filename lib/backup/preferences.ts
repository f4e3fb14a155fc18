/**
 * Merges the preferences of a backup. A file isn't consent: limits only become stricter, settings that disclose something
 * to others don't change, and choices that the user made are not overwritten.
 */
import type { Preferences } from '../settings/preferences.ts';
import { EVERY_OTHER } from '../settings/setting.ts';

function stricter(
  local: Readonly<Record<string, number>>,
  theirs: Readonly<Record<string, number>>,
): Record<string, number> {
  const merged: Record<string, number> = { ...local };
  for (const [name, limit] of Object.entries(theirs)) {
    merged[name] = Math.min(limit, local[name] ?? local[EVERY_OTHER] ?? limit);
  }
  const others = theirs[EVERY_OTHER];
  // A limit for all other providers also applies to those that only the current preferences name.
  if (others === undefined) return merged;
  return Object.fromEntries(
    Object.entries(merged).map(([name, limit]) => [name, name in theirs ? limit : Math.min(limit, others)]),
  );
}

/** @returns the preferences to save; `null` if nothing changes */
export function mergedPreferences(local: Preferences, theirs: Preferences): Preferences | null {
  const merged: Preferences = {
    ...local,
    askAbove: {
      credits: Math.min(local.askAbove.credits, theirs.askAbove.credits),
      usd: Math.min(local.askAbove.usd, theirs.askAbove.usd),
      requests: Math.min(local.askAbove.requests, theirs.askAbove.requests),
    },
    monthlyLimit: stricter(local.monthlyLimit, theirs.monthlyLimit),
    creditPrice: { ...theirs.creditPrice, ...local.creditPrice },
    preferredProvider: { ...theirs.preferredProvider, ...local.preferredProvider },
    pageButton: local.pageButton && theirs.pageButton,
  };
  return sameJson(merged, local) ? null : merged;
}

/** Whether two values are equal as JSON, regardless of the order of their properties. */
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
