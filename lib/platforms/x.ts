/** X: x.com and its former name. Rules from X's own pages as they were in 2026. */
import type { Handle } from '../model.ts';
import type { SitePlatform } from './platform.ts';

/** 15 characters today; older handles are longer. */
const HANDLE = /^[A-Za-z0-9_]{1,20}$/;

const RESERVED = new Set(
  (
    '404 about account compose download explore follower_requests hashtag help home i intent jobs lists login logout ' +
    'mentions messages notifications personalization privacy search search-advanced search-home session settings ' +
    'share signup tos twitterblue webview welcome your_twitter_data'
  ).split(' '),
);

const TABS = new Set(
  (
    'with_replies highlights articles media likes affiliates superfollows followers verified_followers following ' +
    'followers_you_follow'
  ).split(' '),
);

const PATH = /^\/([^/]+)(?:\/([^/]+))?\/?$/;

/** Entries of lists on a profile page carry the same marks as the profile's own header. */
const LIST_ENTRIES = '[data-testid="UserCell"], [data-testid="cellInnerDiv"], article';

function inHeader(testId: string, side: 'before' | 'above-end') {
  return {
    selector: `[data-testid="primaryColumn"] [data-testid="${testId}"]`,
    notWithin: LIST_ENTRIES,
    side,
  } as const;
}

function isHandle(text: string): text is Handle {
  return HANDLE.test(text) && !RESERVED.has(text.toLowerCase());
}

export const x: SitePlatform = {
  id: 'x',
  name: 'X',
  hosts: ['x.com', 'twitter.com'].flatMap((host) => [host, `www.${host}`, `mobile.${host}`]),
  radius: 18,
  anchors: [
    inHeader('userActions', 'before'),
    inHeader('placementTracking', 'before'),
    inHeader('editProfileButton', 'before'),
    inHeader('UserName', 'above-end'),
  ],
  isHandle,
  handleInPath(path) {
    const [, handle, tab] = PATH.exec(path) ?? [];
    if (handle === undefined || !isHandle(handle)) return null;
    return tab === undefined || TABS.has(tab.toLowerCase()) ? handle : null;
  },
  profileUrl: (handle) => `https://x.com/${encodeURIComponent(handle.toWellFormed())}`,
  schemaSelector: 'script[data-testid="UserProfileSchema-test"]',
  // The button that follows or unfollows the profile; a visitor's own profile has none.
  idMark: {
    selector: `[data-testid="primaryColumn"] [data-testid$="follow"]:not(:is(${LIST_ENTRIES}) *)`,
    attribute: 'data-testid',
    pattern: /^([0-9]{1,20})-(?:un)?follow$/,
  },
};
