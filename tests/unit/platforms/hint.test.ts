import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSchema, readUrl } from '../../../lib/platforms/index.ts';
import type { SchemaSource } from '../../../lib/platforms/definition.ts';
import { readSchemaHint } from '../../../lib/platforms/schema-hint.ts';

function page(...texts: readonly (string | null)[]): SchemaSource {
  return {
    querySelectorAll: (selector) =>
      selector === 'script[data-testid="UserProfileSchema-test"]'
        ? texts.map((textContent) => ({ textContent, getAttribute: () => null }))
        : [],
  };
}

function schema(entity: Record<string, unknown> = {}): string {
  return JSON.stringify({
    '@context': 'http://schema.org',
    '@type': 'ProfilePage',
    mainEntity: {
      '@type': 'Person',
      additionalName: 'Jack',
      identifier: '12',
      givenName: 'Jack of Trades',
      description: 'just setting up',
      interactionStatistic: [
        { interactionType: 'https://schema.org/FollowAction', name: 'Follows', userInteractionCount: 84210 },
        { interactionType: 'https://schema.org/SubscribeAction', name: 'Friends', userInteractionCount: 310 },
        { interactionType: 'https://schema.org/WriteAction', name: 'Tweets', userInteractionCount: 5 },
      ],
      ...entity,
    },
  });
}

function hint(...texts: readonly (string | null)[]) {
  const profile = readUrl(new URL('https://x.com/jack'));
  return profile === null ? undefined : readSchemaHint(readSchema(page(...texts), profile), profile.handle);
}

describe('the page hint of an X profile', () => {
  test('is read if its name is the handle, in any letter case', () => {
    expect(hint(schema())).toEqual({
      handle: 'Jack',
      id: '12',
      name: 'Jack of Trades',
      bio: 'just setting up',
      followers: 84210,
      following: 310,
    });
  });

  test('is not taken from another profile, as after in-page navigation', () => {
    expect(hint(schema({ additionalName: 'biz' }))).toBeNull();
    expect(hint(schema({ additionalName: 'biz' }), schema())).toEqual(hint(schema()));
  });

  test('is null if two blocks disagree, and one hint if they agree', () => {
    expect(hint(schema(), schema({ identifier: '13' }))).toBeNull();
    expect(hint(schema(), schema({ interactionStatistic: [] }))).toBeNull();
    expect(hint(schema(), schema())).toEqual(hint(schema()));
  });

  test.each([
    [null],
    [''],
    ['{'],
    ['null'],
    ['[]'],
    ['"jack"'],
    ['{"mainEntity":null}'],
    ['{"mainEntity":[1]}'],
  ])('is null for %j', (text) => {
    expect(hint(text)).toBeNull();
  });

  test('is null for a block that is too large', () => {
    expect(hint(schema({ description: 'x'.repeat(200_000) }))).toBeNull();
  });

  test.each([[12], ['12x'], ['-1'], ['1'.repeat(21)], [null], [{}]])(
    'does not accept %j as an ID',
    (identifier) => {
      expect(hint(schema({ identifier }))?.id).toBeNull();
    },
  );

  test.each([[-1], [1.5], [1e300], ['7'], [null]])(
    'does not accept %j as a count',
    (userInteractionCount) => {
      const counter = { interactionType: 'https://schema.org/FollowAction', userInteractionCount };
      expect(hint(schema({ interactionStatistic: [counter] }))).toEqual({
        handle: 'Jack',
        id: '12',
        name: 'Jack of Trades',
        bio: 'just setting up',
        followers: null,
        following: null,
      });
    },
  );

  test('never throws on JSON, whatever its shape', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (entity, counters) => {
        const texts = [JSON.stringify({ mainEntity: entity }), schema({ interactionStatistic: counters })];
        for (const text of texts) {
          const read = hint(text);
          if (read?.followers != null) expect(Number.isSafeInteger(read.followers)).toBe(true);
        }
      }),
    );
  });
});

test('TikTok pages contain no hint', () => {
  const profile = readUrl(new URL('https://www.tiktok.com/@jack'));
  expect(profile && readSchema(page(schema()), profile)).toEqual([]);
});

describe('a second place that contains the ID', () => {
  function withButton(testId: string, ...texts: readonly string[]): SchemaSource {
    const data = page(...texts);
    return {
      querySelectorAll: (selector) =>
        selector.includes('follow"]')
          ? [{ textContent: 'Follow', getAttribute: (name) => (name === 'data-testid' ? testId : null) }]
          : data.querySelectorAll(selector),
    };
  }
  const jack = readUrl(new URL('https://x.com/jack'));
  const read = (source: SchemaSource): number | null =>
    jack === null ? null : readSchema(source, jack).length;

  test('must agree with the data', () => {
    expect(read(withButton('12-follow', schema()))).toBe(1);
    expect(read(withButton('12-unfollow', schema()))).toBe(1);
    expect(read(withButton('13-follow', schema()))).toBe(0);
    expect(read(withButton('12-follow', schema(), schema({ identifier: '13' })))).toBe(1);
  });

  test('is not every button of that name', () => {
    expect(read(withButton('more-follow', schema()))).toBe(1);
    expect(read(withButton('12-block', schema()))).toBe(1);
  });
});
