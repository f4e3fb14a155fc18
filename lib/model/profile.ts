/** The profile whose list is collected, and what it stated about itself on that day. */
import { z } from '../zod.ts';
import { byKind, type Account, type AccountField } from './account.ts';
import { HANDLE_PATTERN } from './handles.ts';
import type { AccountId } from './ids.ts';
import type { Platform } from './platform.ts';

/** A handle in the spelling received, without `@`. Handles compare by `handleKey` (handles.ts). */
export const handleSchema = z.string().check(z.regex(HANDLE_PATTERN)).brand<'Handle'>();

export type Handle = z.infer<typeof handleSchema>;

/** The account whose list is wanted. */
export interface Profile {
  readonly platform: Platform;
  readonly handle: Handle;
  /** The platform's ID, once known. */
  readonly id: AccountId | null;
}

/**
 * The fields of the profile's own account that are stored with a snapshot. Backups use this order: a new field goes at
 * the end.
 */
export const FACT_FIELDS = [
  'name',
  'bio',
  'location',
  'website',
  'avatarUrl',
  'followers',
  'following',
  'posts',
  'verified',
  'private',
  'createdAt',
] as const satisfies readonly AccountField[];

/** What a profile stated about itself on the day of the snapshot. It cannot be obtained later. */
export type ProfileFacts = Pick<Account, (typeof FACT_FIELDS)[number]>;

/** What is stored with a snapshot of the profile's own account: the entries of an object that are named as facts are. */
export function profileFacts<T extends Readonly<Record<keyof ProfileFacts, unknown>>>(
  of: T,
): Pick<T, keyof ProfileFacts> {
  return Object.fromEntries(FACT_FIELDS.map((name) => [name, of[name]])) as Pick<T, keyof ProfileFacts>;
}

/** The facts of a profile about which nothing is known. */
export const unknownFacts: ProfileFacts = profileFacts(
  byKind({ id: null, text: null, count: null, flag: null, time: null }),
);
