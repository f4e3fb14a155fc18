/** X's short links, in profiles' addresses and in bios. */
import { describe, expect, it } from 'vitest';
import { readGraphqlUser } from '../../../lib/providers/x-graphql-user.ts';
import { expandedBio } from '../../../lib/providers/x-links.ts';

describe('a profile’s address', () => {
  const long = { url: { urls: [{ url: 'https://t.co/a', expanded_url: 'https://ada.example/' }] } };

  it.each([
    [
      'beside the bio',
      { website: { url: 'https://t.co/a' }, profile_bio: { entities: long } },
      'https://ada.example/',
    ],
    ['in legacy', { legacy: { url: 'https://t.co/a', entities: long } }, 'https://ada.example/'],
    ['in place of the short one', { website: { url: 'https://ada.example/' } }, 'https://ada.example/'],
    [
      'in place of the short one, before an older one',
      { website: { url: 'https://ada.example/' }, legacy: { url: 'https://t.co/a' } },
      'https://ada.example/',
    ],
    ['nowhere, and stays short', { website: { url: 'https://t.co/a' }, profile_bio: {} }, 'https://t.co/a'],
    [
      'nowhere: it is empty',
      { website: { url: '' }, profile_bio: { entities: { url: { urls: [] } } } },
      null,
    ],
  ])('is %s', (_, user, website) => {
    expect(readGraphqlUser({ rest_id: '7', ...user })?.website).toBe(website);
  });
});

describe('a bio', () => {
  const links = [
    { url: 'https://t.co/a', expanded_url: 'https://ada.example/' },
    { url: 'https://t.co/ab', expanded_url: 'https://bob.example/' },
    { url: 'http://t.co/c', expanded_url: 'https://cyd.example/?a=$&' },
    { url: 'https://t.co/blank', expanded_url: ' ' },
    { url: 'https://t.co/none' },
    'nonsense',
  ];

  it.each([
    ['https://t.co/a', 'https://ada.example/'],
    ['https://t.co/ab and https://t.co/a.', 'https://bob.example/ and https://ada.example/.'],
    ['http://t.co/c', 'https://cyd.example/?a=$&'],
    [
      'https://t.co/blank https://t.co/none https://t.co/zz',
      'https://t.co/blank https://t.co/none https://t.co/zz',
    ],
    ['no link at all', 'no link at all'],
    [null, null],
  ])('%j is %j', (bio, expected) => {
    expect(expandedBio(bio, links)).toBe(expected);
    expect(expandedBio(bio, Object.fromEntries(links.entries()))).toBe(expected);
  });

  it('is unchanged if its links are not listed', () => {
    for (const urls of [undefined, null, [], {}, 'x']) {
      expect(expandedBio('https://t.co/a', urls)).toBe('https://t.co/a');
    }
  });

  it('does not grow without bound through a very long address', () => {
    const huge = [{ url: 'https://t.co/a', expanded_url: `https://ada.example/${'a'.repeat(90_000)}` }];
    expect(expandedBio('https://t.co/a '.repeat(1000), huge)).toHaveLength(15_000);
  });

  it('is expanded in all shapes of X’s users', () => {
    const entities = { description: { urls: links } };
    const bios = [
      { profile_bio: { description: 'https://t.co/a', entities } },
      { legacy: { description: 'https://t.co/a', entities } },
    ].map((user) => readGraphqlUser({ rest_id: '7', ...user })?.bio);
    expect(bios).toEqual(['https://ada.example/', 'https://ada.example/']);
  });
});

describe('the blue check', () => {
  it.each([
    [{ is_blue_verified: true }, [true, 'blue']],
    [{ verification: { is_blue_verified: true } }, [true, 'blue']],
    [{ is_blue_verified: false, verification: { is_blue_verified: true } }, [true, 'blue']],
    [{ verification: { is_blue_verified: false, verified: false } }, [false, null]],
    [{ verification: { is_blue_verified: true, verified_type: 'Business' } }, [true, 'business']],
  ])('%j is %j', (user, expected) => {
    const account = readGraphqlUser({ rest_id: '7', ...user });
    expect([account?.verified, account?.verifiedType]).toEqual(expected);
  });
});
