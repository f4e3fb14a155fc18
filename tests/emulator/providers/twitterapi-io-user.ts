/** The two formats of users that twitterapi.io returns, and rows with fields of both. */
import type { TrueAccount } from '../population/account.ts';
import { rubyDate } from './x-dates.ts';
import { shortenedBio } from './x-links.ts';

function kindOf({ verifiedType }: TrueAccount): string {
  if (verifiedType === 'business') return 'Business';
  return verifiedType === 'government' ? 'Government' : '';
}

/** The documented format. */
function documented(account: TrueAccount): Record<string, unknown> {
  const bio = shortenedBio(account);
  const link = `https://t.co/${account.id.slice(-10)}`;
  const site = { display_url: 'example', expanded_url: account.website, indices: [0, 23], url: link };
  return {
    type: 'user',
    id: account.id,
    userName: account.handle,
    name: account.name,
    url: `https://x.com/${account.handle}`,
    isBlueVerified: account.verifiedType === 'blue',
    verifiedType: kindOf(account),
    profilePicture: account.avatarUrl ?? '',
    coverPicture: '',
    description: bio.text,
    location: account.location ?? '',
    followers: account.followers,
    following: account.following,
    canDm: false,
    createdAt: rubyDate(account.createdAt),
    favouritesCount: account.likes,
    mediaCount: account.media,
    statusesCount: account.posts,
    withheldInCountries: [],
    pinnedTweetIds: [],
    isAutomated: false,
    profile_bio: {
      description: bio.text,
      entities: {
        description: { urls: bio.urls },
        url: account.website === null ? {} : { urls: [site] },
      },
    },
  };
}

/** The format that clients have met in lists. Links stay short. */
function older(account: TrueAccount): Record<string, unknown> {
  return {
    id: account.id,
    name: account.name,
    screen_name: account.handle,
    location: account.location ?? '',
    url: account.website === null ? null : `https://t.co/${account.id.slice(-10)}`,
    description: shortenedBio(account).text,
    email: null,
    protected: account.private,
    verified: false,
    followers_count: account.followers,
    following_count: account.following,
    friends_count: account.following,
    favourites_count: account.likes,
    statuses_count: account.posts,
    media_tweets_count: account.media,
    created_at: new Date(account.createdAt).toISOString(),
    profile_banner_url: null,
    profile_image_url_https: account.avatarUrl,
    can_dm: true,
    isBlueVerified: account.verifiedType === 'blue',
  };
}

export function apiIoUser(account: TrueAccount, shape: 'A' | 'B' | 'C'): Record<string, unknown> {
  switch (shape) {
    case 'A':
      return documented(account);
    case 'B':
      return older(account);
    case 'C':
      return { ...older(account), screen_name: null, userName: account.handle, username: null };
  }
}
