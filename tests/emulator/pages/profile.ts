/** What a site shows of a profile. */
import type { Relation } from '../platforms.ts';
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

/** The JSON-LD that X puts into a profile's page when it is loaded, and never changes afterwards. */
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

/** The first entries of a list, as a site shows them to a visitor. */
export function listExcerpt(population: Population, relation: Relation): Record<string, string>[] {
  return population.entries(relation, 0, 12).flatMap((entry) => {
    if (entry.kind === 'suspended') return [];
    const { id, handle, name, bio, avatarUrl } = entry.account;
    return [{ id, handle, name: name ?? handle, bio: bio ?? '', avatar: avatarUrl ?? '' }];
  });
}
