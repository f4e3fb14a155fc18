/** What a site shows of a profile. */
import type { Population } from '../population/population.ts';

export interface SiteProfile {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly bio: string;
  readonly location: string;
  readonly website: string;
  readonly joined: string;
  readonly followers: number;
  readonly following: number;
  readonly posts: number;
  readonly likes: number;
  readonly locked: boolean;
  readonly avatar: string;
}

export function siteProfile({ owner, protected: locked }: Population): SiteProfile {
  return {
    id: owner.id,
    handle: owner.handle,
    name: owner.name ?? owner.handle,
    bio: owner.bio ?? '',
    location: owner.location ?? '',
    website: owner.website ?? '',
    joined: new Date(owner.createdAt).toLocaleDateString('en-US', {
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    }),
    followers: owner.followers,
    following: owner.following,
    posts: owner.posts,
    likes: owner.likes,
    locked,
    avatar: owner.avatarUrl?.replace('_normal', '_400x400') ?? '',
  };
}

/** The JSON-LD that X puts into a profile's page when the page is loaded, and never changes afterwards. */
export function schemaOf({ owner }: Population): Record<string, unknown> {
  const counter = (name: string, action: string, count: number) => ({
    '@type': 'InteractionCounter',
    interactionType: `https://schema.org/${action}`,
    name,
    userInteractionCount: count,
  });
  return {
    '@context': 'http://schema.org',
    '@type': 'ProfilePage',
    dateCreated: new Date(owner.createdAt).toISOString(),
    mainEntity: {
      '@type': 'Person',
      additionalName: owner.handle,
      description: owner.bio ?? '',
      givenName: owner.name ?? owner.handle,
      homeLocation: { '@type': 'Place', name: owner.location ?? '' },
      identifier: owner.id,
      image: { '@type': 'ImageObject', contentUrl: owner.avatarUrl ?? '' },
      interactionStatistic: [
        counter('Follows', 'FollowAction', owner.followers),
        counter('Friends', 'SubscribeAction', owner.following),
        counter('Tweets', 'WriteAction', owner.posts),
      ],
      url: `https://x.com/${owner.handle}`,
    },
  };
}
