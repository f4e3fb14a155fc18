/** X: x.com and its former name. Rules from X's own pages in 2026. */
import { handleOfId, idInHandle } from '../model/handles.ts';
import type { Handle } from '../model/profile.ts';
import type { PlatformDefinition } from './definition.ts';
import { AT, segmentsOf } from './links.ts';

/** 15 characters today; older handles are longer. */
const HANDLE = /^[A-Za-z0-9_]{1,20}$/;

/**
 * First segments of addresses that X uses itself: the routes of its web app, and from `non_username_paths` of its API
 * v1.1 (help/configuration) those that are not accounts after all, as @business is. Some of them are handles by their
 * characters; none can be collected, so a word belongs here only if X shows something else at its address.
 */
const RESERVED = new Set(
  (
    '404 about account account_analytics bookmarks compose connect_people direct_messages download ' +
    'explore favorites find_sources find_users follower_requests followers following friend_request friendrequest ' +
    'hashtag help home i im_account inbox intent invitations jobs keyboard_shortcuts list lists logged_out login ' +
    'logout media_signup mentions messages mockview newtwitter notifications oauth personalization phoenix_search ' +
    'premium_sign_up privacy public_timeline related_tweets retweeted_of_mine retweets_by_others saved_searches search ' +
    'search-advanced search-home session sessions settings share signin signup similar_to terms tos tweetbutton ' +
    'twitterblue update_discoverability webview welcome who_to_follow widgets your_twitter_data zendesk_auth'
  ).split(' '),
);

const TABS = new Set(
  (
    'with_replies highlights articles media likes affiliates superfollows followers verified_followers following ' +
    'followers_you_follow'
  ).split(' '),
);

const PATH = /^\/([^/]+)(?:\/([^/]+))?\/?$/;

/** Entries of lists on a profile page have the same attributes as the profile's own header. */
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

const USER_ID = /^[0-9]{1,20}$/;

function isHandleOfId(text: string): text is Handle {
  return text.startsWith('id.') && USER_ID.test(text.slice(3));
}

function readHandle(text: string): Handle | null {
  const handle = text.replace(AT, '');
  return isHandle(handle) ? handle : null;
}

function readId(id: string): Handle | null {
  const handle = handleOfId(id);
  return isHandleOfId(handle) ? handle : null;
}

export const x: PlatformDefinition = {
  id: 'x',
  name: 'X',
  hosts: ['x.com', 'twitter.com'].flatMap((host) => [host, `www.${host}`, `mobile.${host}`]),
  pictureHosts: ['pbs.twimg.com', 'abs.twimg.com'],
  radius: 18,
  usuallyServes: null,
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
  // `/ada` and everything below it, `/@ada`, `/#!/ada`, `/intent/user?screen_name=ada`, `/i/user/12345`.
  handleInLink({ pathname, hash, searchParams }) {
    // Until 2011 the path followed a hash-bang.
    const [first = '', second = '', third = ''] = segmentsOf(
      hash.startsWith('#!/') ? hash.slice(2) : pathname,
    );
    switch (first.toLowerCase()) {
      case 'intent':
        if (!['user', 'follow'].includes(second.toLowerCase())) return null;
        return readHandle(searchParams.get('screen_name') ?? '') ?? readId(searchParams.get('user_id') ?? '');
      case 'i':
        return second.toLowerCase() === 'user' ? readId(third) : null;
      default:
        return readHandle(first);
    }
  },
  profileUrl(handle) {
    const id = idInHandle('x', handle);
    return `https://x.com/${id === null ? encodeURIComponent(handle.toWellFormed()) : `i/user/${id}`}`;
  },
  // Its tabs, its counts, and its picture all lead to addresses below the profile's.
  proof: (handle) => `a[href^="/${handle}/" i]`,
  schemaSelector: 'script[data-testid="UserProfileSchema-test"]',
  // The button that follows or unfollows the profile; a visitor's own profile has none.
  idMark: {
    selector: `[data-testid="primaryColumn"] [data-testid$="follow"]:not(:is(${LIST_ENTRIES}) *)`,
    attribute: 'data-testid',
    pattern: /^([0-9]{1,20})-(?:un)?follow$/,
  },
};
