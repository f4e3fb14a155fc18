/**
 * Text as every file format can carry it. Applied once, where accounts enter the store.
 */
import type { Account } from '../model.ts';

// eslint-disable-next-line no-control-regex -- finding control characters is its purpose
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g;

/**
 * Makes text well-formed: lone surrogates, and C0 controls other than tab, LF and CR, become U+FFFD. XML 1.0 allows
 * neither, and UTF-8 has no form for the first.
 */
export function wellFormed(text: string): string {
  return text.toWellFormed().replace(CONTROLS, '\uFFFD');
}

function clean(text: string | null): string | null {
  return text === null ? null : wellFormed(text);
}

/** The account with all its texts made {@link wellFormed}. */
export function wellFormedAccount(account: Account): Account {
  return {
    ...account,
    handle: clean(account.handle),
    name: clean(account.name),
    bio: clean(account.bio),
    location: clean(account.location),
    website: clean(account.website),
    verifiedType: clean(account.verifiedType),
    language: clean(account.language),
    region: clean(account.region),
    avatarUrl: clean(account.avatarUrl),
  };
}
