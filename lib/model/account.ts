/** An account of a list. */
import type { AccountId } from './ids.ts';

/** One row of a list. What the provider did not say is `null`; it is never 0, '' or false in its place. */
export interface Account {
  readonly id: AccountId;
  readonly handle: string | null;
  readonly name: string | null;
  readonly bio: string | null;
  readonly location: string | null;
  readonly website: string | null;
  readonly followers: number | null;
  readonly following: number | null;
  readonly posts: number | null;
  readonly likes: number | null;
  readonly listed: number | null;
  readonly verified: boolean | null;
  readonly verifiedType: string | null;
  readonly private: boolean | null;
  readonly createdAt: number | null;
  readonly language: string | null;
  readonly region: string | null;
  readonly avatarUrl: string | null;
  /** Listed by id, but a later look-up left it out: suspended or deleted since. */
  readonly unavailable: boolean | null;
}

/** An account of which nothing is known but its id. */
export function unknownAccount(id: AccountId): Account {
  return {
    id,
    handle: null,
    name: null,
    bio: null,
    location: null,
    website: null,
    followers: null,
    following: null,
    posts: null,
    likes: null,
    listed: null,
    verified: null,
    verifiedType: null,
    private: null,
    createdAt: null,
    language: null,
    region: null,
    avatarUrl: null,
    unavailable: null,
  };
}
