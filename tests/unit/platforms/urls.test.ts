import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { profileUrl, readHandleOrLink, readUrl } from '../../../lib/platforms/index.ts';
import type { Platform } from '../../../lib/model.ts';

type Expected = `${Platform} ${string}` | null;

function shown(profile: ReturnType<typeof readUrl>): string | null {
  return profile === null ? null : `${profile.platform} ${profile.handle}`;
}

const URLS: readonly (readonly [url: string, expected: Expected])[] = [
  ['https://x.com/jack', 'x jack'],
  ['https://x.com/jack/', 'x jack'],
  ['https://x.com/Jack_D', 'x Jack_D'],
  ['https://X.COM/jack', 'x jack'],
  ['https://www.x.com/jack', 'x jack'],
  ['https://mobile.x.com/jack', 'x jack'],
  ['https://twitter.com/jack', 'x jack'],
  ['https://www.twitter.com/jack', 'x jack'],
  ['https://mobile.twitter.com/jack', 'x jack'],
  ['http://twitter.com/jack', 'x jack'],
  ['https://x.com/jack?ref_src=twsrc', 'x jack'],
  ['https://x.com/jack#top', 'x jack'],
  ['https://x.com/jack/with_replies', 'x jack'],
  ['https://x.com/jack/highlights', 'x jack'],
  ['https://x.com/jack/articles', 'x jack'],
  ['https://x.com/jack/media', 'x jack'],
  ['https://x.com/jack/likes', 'x jack'],
  ['https://x.com/jack/affiliates', 'x jack'],
  ['https://x.com/jack/superfollows', 'x jack'],
  ['https://x.com/jack/followers', 'x jack'],
  ['https://x.com/jack/verified_followers', 'x jack'],
  ['https://x.com/jack/following/', 'x jack'],
  ['https://x.com/jack/followers_you_follow?x=1#y', 'x jack'],
  ['https://x.com/12345678901234567890', 'x 12345678901234567890'],
  ['https://x.com/123456789012345678901', null],
  ['https://x.com/', null],
  ['https://x.com', null],
  ['https://x.com/jack/status/20', null],
  ['https://x.com/jack/status/20/photo/1', null],
  ['https://x.com/jack/lists', null],
  ['https://x.com/jack/header_photo', null],
  ['https://x.com/i/lists/1', null],
  ['https://x.com/i/followers', null],
  ['https://x.com/intent/user?screen_name=jack', null],
  ['https://x.com/ja-ck', null],
  ['https://x.com/ja.ck', null],
  ['https://x.com/%6Aack', null],
  ['https://x.com//jack', null],
  ['https://help.x.com/jack', null],
  ['https://x.com.evil.example/jack', null],
  ['https://notx.com/jack', null],
  ['https://x.com@evil.example/jack', null],
  ['ftp://x.com/jack', null],
  ['about:blank', null],
  ['https://www.tiktok.com/@khaby.lame', 'tiktok khaby.lame'],
  ['https://tiktok.com/@khaby.lame/', 'tiktok khaby.lame'],
  ['https://m.tiktok.com/@khaby.lame?lang=en#x', 'tiktok khaby.lame'],
  ['https://www.tiktok.com/en/@khaby.lame', 'tiktok khaby.lame'],
  ['https://www.tiktok.com/pt-BR/@khaby.lame', 'tiktok khaby.lame'],
  ['https://www.tiktok.com/zh-Hant-TW/@khaby.lame', 'tiktok khaby.lame'],
  ['https://www.tiktok.com/%40khaby.lame', 'tiktok khaby.lame'],
  ['https://www.tiktok.com/@Home', 'tiktok Home'],
  ['https://www.tiktok.com/@123456789012345678901234567890', 'tiktok 123456789012345678901234567890'],
  ['https://www.tiktok.com/@1234567890123456789012345678901', null],
  ['https://www.tiktok.com/@khaby.lame/video/7', null],
  ['https://www.tiktok.com/@khaby.lame/photo/7', null],
  ['https://www.tiktok.com/@khaby.lame/live', null],
  ['https://www.tiktok.com/khaby.lame', null],
  ['https://www.tiktok.com/explore', null],
  ['https://www.tiktok.com/foryou/@khaby', null],
  ['https://www.tiktok.com/@', null],
  ['https://www.tiktok.com/@a-b', null],
  ['https://vm.tiktok.com/ZM1/', null],
  ['https://vt.tiktok.com/@x', null],
  ['https://www.tiktok.com/t/ZM1/', null],
];

const RESERVED =
  '404 about account compose download explore follower_requests hashtag help home i intent jobs lists login logout mentions messages notifications personalization privacy search search-advanced search-home session settings share signup tos twitterblue webview welcome your_twitter_data'.split(
    ' ',
  );

const TEXTS: readonly (readonly [text: string, platform: Platform, expected: Expected])[] = [
  ['jack', 'x', 'x jack'],
  ['@jack', 'x', 'x jack'],
  ['  @jack \n', 'x', 'x jack'],
  ['\u2068@jack\u2069', 'x', 'x jack'],
  ['@jack', 'tiktok', 'tiktok jack'],
  ['khaby.lame', 'tiktok', 'tiktok khaby.lame'],
  ['khaby.lame', 'x', null],
  ['https://x.com/jack', 'tiktok', 'x jack'],
  ['HTTPS://x.com/jack', 'tiktok', 'x jack'],
  ['x.com/jack/followers?s=20', 'tiktok', 'x jack'],
  ['www.tiktok.com/@khaby.lame', 'x', 'tiktok khaby.lame'],
  ['tiktok.com/@khaby.lame', 'x', 'tiktok khaby.lame'],
  ['x.com', 'tiktok', null],
  ['www.tiktok.com', 'tiktok', null],
  ['example.com/jack', 'x', null],
  ['x.com/jack/status/20', 'x', null],
  ['home', 'x', null],
  ['@Home', 'x', null],
  ['home', 'tiktok', 'tiktok home'],
  ['@@jack', 'x', null],
  ['@', 'x', null],
  ['', 'x', null],
  ['two words', 'x', null],
  ['javascript:alert(1)', 'x', null],
  ['javascript://x.com/jack', 'x', null],
  ['https://', 'x', null],
  ['a'.repeat(3000), 'x', null],
];

describe('readUrl', () => {
  test.each(URLS)('%s is %s', (url, expected) => {
    expect(shown(readUrl(new URL(url)))).toBe(expected);
  });

  test.each(RESERVED)('X keeps /%s to itself, in any case', (name) => {
    expect(readUrl(new URL(`https://x.com/${name}`))).toBeNull();
    expect(readUrl(new URL(`https://twitter.com/${name.toUpperCase()}/`))).toBeNull();
  });

  test('never throws on an address, and gives only handles of the right form', () => {
    const hosts = fc.constantFrom(
      'x.com',
      'mobile.twitter.com',
      'www.tiktok.com',
      'm.tiktok.com',
      'example.com',
    );
    const paths = fc.array(fc.oneof(fc.string(), fc.stringMatching(/^@?[A-Za-z0-9_.]{0,32}$/)), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(hosts, paths, fc.webQueryParameters(), (host, path, query) => {
        const address = `https://${host}/${path.join('/')}?${query}`;
        if (!URL.canParse(address)) return;
        const profile = readUrl(new URL(address));
        if (profile === null) return;
        expect(profile.handle).toMatch(
          profile.platform === 'x' ? /^[A-Za-z0-9_]{1,20}$/ : /^[A-Za-z0-9_.]{1,30}$/,
        );
      }),
      { numRuns: 2000 },
    );
  });
});

describe('readHandleOrLink', () => {
  test.each(TEXTS)('%j on %s is %s', (text, platform, expected) => {
    expect(shown(readHandleOrLink(text, platform))).toBe(expected);
  });

  test('never throws on a text, and gives only handles of the right form', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl()),
        fc.constantFrom('x', 'tiktok'),
        (text, on) => {
          const profile = readHandleOrLink(text, on);
          if (profile !== null) expect(profile.handle).toMatch(/^[A-Za-z0-9_.]{1,30}$/);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("understands every profile's own address", () => {
    fc.assert(
      fc.property(fc.constantFrom('x', 'tiktok'), fc.stringMatching(/^[A-Za-z0-9_]{1,20}$/), (on, handle) => {
        fc.pre(on === 'tiktok' || !RESERVED.includes(handle.toLowerCase()));
        const expected = { platform: on, handle };
        expect(readUrl(new URL(profileUrl(on, handle)))).toEqual(expected);
        expect(readHandleOrLink(profileUrl(on, handle), 'x')).toEqual(expected);
        expect(readHandleOrLink(`@${handle}`, on)).toEqual(expected);
      }),
    );
  });
});
