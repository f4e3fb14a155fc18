import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHandleOrLink } from '../../../lib/platforms/field.ts';
import { profileUrl, readUrl } from '../../../lib/platforms/index.ts';
import { idInHandle } from '../../../lib/model/handles.ts';
import { handleKey } from '../../../lib/model/handles.ts';
import type { Platform } from '../../../lib/model/platform.ts';
import { handleSchema } from '../../../lib/model/profile.ts';

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
  ['https://www.tiktok.com/@头文字m', 'tiktok 头文字m'],
  ['https://www.tiktok.com/@%E5%A4%B4%E6%96%87%E5%AD%97m?lang=zh', 'tiktok 头文字m'],
  ['https://www.tiktok.com/@สวัสดี', 'tiktok สวัสดี'],
  ['https://www.tiktok.com/@مستخدم_١', 'tiktok مستخدم_١'],
  ['https://www.tiktok.com/@khaby.lame.', null],
  ['https://www.tiktok.com/@.', null],
  ['https://www.tiktok.com/@..', null],
  ['https://www.tiktok.com/@a%2Fb', null],
  ['https://www.tiktok.com/@%E5%A4', null],
  ['https://www.tiktok.com/@😀', null],
  ['https://x.com/头文字m', null],
  ['https://x.com/@ada', null],
  ['https://twitter.com/#!/ada', null],
  ['https://x.com/i/user/12345', null],
  ['https://x.com/intent/follow?screen_name=ada', null],
  ['https://x.com/ada/photo', null],
  ['https://vm.tiktok.com/ZM1/', null],
  ['https://vt.tiktok.com/@x', null],
  ['https://www.tiktok.com/t/ZM1/', null],
];

const RESERVED = (
  '404 about account bookmarks compose connect_people direct_messages download explore favorites follower_requests ' +
  'followers following hashtag help home i intent jobs keyboard_shortcuts lists logged_out login logout mentions ' +
  'messages notifications personalization premium_sign_up privacy saved_searches search search-advanced search-home ' +
  'session settings share signin signup tos twitterblue webview welcome who_to_follow your_twitter_data'
).split(' ');

/** Each of these looks like a reserved address, but is an account. */
const ACCOUNTS = ['business', 'premium', 'grok', 'support', 'jack'];

/** The ways in which people write @ada of X. */
const ADA: readonly string[] = [
  '@ada,',
  '@ada.',
  '@ada!',
  '@ada…',
  '(@ada)',
  '“@ada”',
  '「@ada」、',
  '＠ada',
  'ada;',
  'https://x.com/ada.',
  '(https://x.com/ada)',
  '<https://x.com/ada>,',
  'https://x.com/@ada',
  'https://x.com/%40ada',
  'https://twitter.com/#!/ada',
  'https://twitter.com/#!/ada/status/1',
  'https://twitter.com/intent/user?screen_name=ada',
  'https://twitter.com/intent/follow?screen_name=ada&tw_p=followbutton',
  'https://twitter.com/intent/follow?screen_name=@ada',
  'https://x.com/intent/user?region=follow&screen_name=ada',
  'https://x.com/ada/photo',
  'https://x.com/ada/header_photo',
  'https://x.com/ada/status/1',
  'https://x.com/ada/status/1/photo/1?s=20',
  'https://mobile.twitter.com/ada/lists',
  'x.com/@ada',
  'https：//x.com/ada',
];

/** And @ada of TikTok. */
const TIKTOK_ADA: readonly string[] = [
  'https://www.tiktok.com/@ada/video/1',
  'https://www.tiktok.com/@ada/photo/1',
  'https://www.tiktok.com/@ada/live',
  'https://www.tiktok.com/@ada/live?lang=en',
  'https://www.tiktok.com/en/@ada/video/1',
  'https://www.tiktok.com/@ada.',
  'https://www.tiktok.com/@ada./video/1',
  'tiktok.com/@ada!',
  '(https://m.tiktok.com/@ada)',
];

const NO_PROFILE: readonly string[] = [
  'https://x.com/home',
  'https://x.com/@home',
  'https://x.com/bookmarks',
  'https://x.com/i/user/abc',
  'https://x.com/i/user/',
  'https://x.com/i/user/123456789012345678901',
  'https://x.com/i/lists/12345',
  'https://x.com/intent/tweet?screen_name=ada',
  'https://x.com/intent/user?screen_name=home',
  'https://x.com/intent/user',
  'https://twitter.com/#!/search/ada',
  'https://x.com/#ada',
  'https://www.tiktok.com/ada/video/1',
  'https://www.tiktok.com/explore',
  'https://vt.tiktok.com/@ada/video/1',
  'https://example.com/@ada',
  '...',
  '@.',
];

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
  ['x.com/jack/status/20', 'x', 'x jack'],
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

const HANDLE: Readonly<Record<Platform, RegExp>> = {
  x: /^[A-Za-z0-9_]{1,20}$/,
  tiktok: /^[\p{L}\p{M}\p{N}_.]{0,29}[\p{L}\p{M}\p{N}_]$/u,
};

describe('readUrl', () => {
  test.each(URLS)('%s is %s', (url, expected) => {
    expect(shown(readUrl(new URL(url)))).toBe(expected);
  });

  test.each(RESERVED)('X reserves /%s, in any letter case', (name) => {
    expect(readUrl(new URL(`https://x.com/${name}`))).toBeNull();
    expect(readUrl(new URL(`https://twitter.com/${name.toUpperCase()}/`))).toBeNull();
  });

  test.each(ACCOUNTS)('X has an account @%s', (name) => {
    expect(shown(readUrl(new URL(`https://x.com/${name}`)))).toBe(`x ${name}`);
  });

  test('never throws on an address, and returns only valid handles', () => {
    const hosts = fc.constantFrom(
      'x.com',
      'mobile.twitter.com',
      'www.tiktok.com',
      'm.tiktok.com',
      'example.com',
    );
    const handles = fc.stringMatching(/^@?[\p{L}\p{M}\p{N}_.]{0,32}$/u);
    const paths = fc.array(
      fc.oneof(fc.string(), fc.stringMatching(/^@?[A-Za-z0-9_.]{0,32}$/), handles, handles.map(encodeURI)),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(hosts, paths, fc.webQueryParameters(), (host, path, query) => {
        const address = `https://${host}/${path.join('/')}?${query}`;
        if (!URL.canParse(address)) return;
        const profile = readUrl(new URL(address));
        if (profile === null) return;
        expect(profile.handle).toMatch(HANDLE[profile.platform]);
        expect(handleSchema.safeParse(profile.handle).success).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('readHandleOrLink', () => {
  test.each(TEXTS)('%j on %s is %s', (text, platform, expected) => {
    expect(shown(readHandleOrLink(text, platform))).toBe(expected);
  });

  test.each(ADA)('%j means @ada of X', (text) => {
    expect(shown(readHandleOrLink(text, 'x'))).toBe('x ada');
    if (text.includes('/')) expect(shown(readHandleOrLink(text, 'tiktok'))).toBe('x ada');
  });

  test.each(TIKTOK_ADA)('%j means @ada of TikTok', (text) => {
    expect(shown(readHandleOrLink(text, 'x'))).toBe('tiktok ada');
  });

  test.each(NO_PROFILE)('%j is not a profile', (text) => {
    expect(readHandleOrLink(text, 'x')).toBeNull();
    expect(readHandleOrLink(text, 'tiktok')).toBeNull();
  });

  test.each([
    ['@头文字m', '头文字m'],
    ['＠头文字m。', '头文字m'],
    ['https://www.tiktok.com/@头文字m/video/1', '头文字m'],
    ['khaby.lame.', 'khaby.lame'],
    ['@khaby.lame...', 'khaby.lame'],
  ])('%j is the TikTok handle %j', (text, handle) => {
    expect(shown(readHandleOrLink(text, 'tiktok'))).toBe(`tiktok ${handle}`);
  });

  test.each(['https://x.com/i/user/12345', 'x.com/i/user/12345/', 'https://x.com/intent/user?user_id=12345'])(
    '%s is the ID 12345 of X, which cannot be a handle',
    (text) => {
      const profile = readHandleOrLink(text, 'tiktok');
      expect(profile?.platform).toBe('x');
      const { handle = '' } = profile ?? {};
      expect(idInHandle('x', handle)).toBe('12345');
      expect(idInHandle('tiktok', handle)).toBeNull();
      expect(readUrl(new URL(`https://x.com/${handle}`))).toBeNull();
      expect(readHandleOrLink(`@${handle}`, 'x')).toBeNull();
      expect(readHandleOrLink(profileUrl('x', handle), 'x')).toEqual(profile);
    },
  );

  test('accepts the address of every page that has a button', () => {
    for (const [url, expected] of URLS) {
      if (expected !== null) expect(shown(readHandleOrLink(url, 'x'))).toBe(expected);
    }
  });

  test('never throws on a text, and returns only valid handles', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl()),
        fc.constantFrom('x', 'tiktok'),
        (text, on) => {
          const profile = readHandleOrLink(text, on);
          if (profile === null) return;
          expect(handleSchema.safeParse(profile.handle).success).toBe(true);
          expect(profile.handle).not.toMatch(/\.$/);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("accepts every profile's own address", () => {
    const profiles = fc.oneof(
      fc.tuple(fc.constant('x' as const), fc.stringMatching(HANDLE.x)),
      fc.tuple(fc.constant('tiktok' as const), fc.stringMatching(HANDLE.tiktok)),
    );
    fc.assert(
      fc.property(profiles, ([on, handle]) => {
        fc.pre(on === 'tiktok' || readUrl(new URL(`https://x.com/${handle}`)) !== null);
        const expected = { platform: on, handle };
        expect(readUrl(new URL(profileUrl(on, handle)))).toEqual(expected);
        expect(readHandleOrLink(profileUrl(on, handle), 'x')).toEqual(expected);
        expect(readHandleOrLink(`@${handle}`, on)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('handleKey', () => {
  test.each([
    ['Ada', 'aDA'],
    ['頭文字M', '頭文字m'],
    ['ΟΔΟΣ', 'οδος'],
    ['οδοσ', 'οδος'],
    ['Žofie', 'Z\u030Cofie'],
    ['ПРИВЕТ', 'привет'],
  ])('%s and %s are the same handle', (one, other) => {
    expect(handleKey(one)).toBe(handleKey(other));
  });

  test.each([
    ['ada', 'ada_'],
    ['ada', 'аda'],
    ['ı', 'i'],
  ])('%s and %s are different', (one, other) => {
    expect(handleKey(one)).not.toBe(handleKey(other));
  });
});
