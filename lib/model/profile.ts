/** The profile whose list is collected, and what it said of itself on that day. */
import { z } from '../zod.ts';
import type { Account } from './account.ts';
import { HANDLE_PATTERN } from './handles.ts';
import type { AccountId } from './ids.ts';
import { amountSchema } from './money.ts';
import type { Platform } from './platform.ts';

/** A handle in the spelling received, without `@`. Handles compare by `handleKey` (handles.ts). */
export const handleSchema = z.string().check(z.regex(HANDLE_PATTERN)).brand<'Handle'>();

export type Handle = z.infer<typeof handleSchema>;

/** The account whose list is wanted. */
export interface Profile {
  readonly platform: Platform;
  readonly handle: Handle;
  /** The platform's id, once known. */
  readonly id: AccountId | null;
}

/** What a profile said of itself on the day of the snapshot. It cannot be got back later. */
export const profileFactsSchema = z.object({
  name: z.nullable(z.string()),
  bio: z.nullable(z.string()),
  location: z.nullable(z.string()),
  website: z.nullable(z.string()),
  avatarUrl: z.nullable(z.string()),
  followers: z.nullable(amountSchema),
  following: z.nullable(amountSchema),
  posts: z.nullable(amountSchema),
  verified: z.nullable(z.boolean()),
  private: z.nullable(z.boolean()),
  createdAt: z.nullable(z.number()),
});

export type ProfileFacts = z.infer<typeof profileFactsSchema>;

/** Of a profile of which nothing is known. */
export const unknownFacts: ProfileFacts = {
  name: null,
  bio: null,
  location: null,
  website: null,
  avatarUrl: null,
  followers: null,
  following: null,
  posts: null,
  verified: null,
  private: null,
  createdAt: null,
};

/** What is kept with a snapshot of the profile's own account. */
export function profileFacts(account: Account): ProfileFacts {
  const { name, bio, location, website, avatarUrl, followers, following, posts, verified, createdAt } =
    account;
  return {
    name,
    bio,
    location,
    website,
    avatarUrl,
    followers,
    following,
    posts,
    verified,
    private: account.private,
    createdAt,
  };
}
