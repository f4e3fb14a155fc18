/**
 * Every list endpoint with valid sample responses, and the places of the rows, their IDs, and the fields that
 * define a page.
 */
import { accountIdSchema, cursorSchema } from '../../../lib/model/ids.ts';
import type { Platform, Relation } from '../../../lib/model/platform.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import type { Account } from '../../../lib/model/account.ts';
import type { AccountId } from '../../../lib/model/ids.ts';
import type { UnexpectedEntries } from '../../../lib/model/unexpected.ts';
import type { Adapter } from '../../../lib/providers/adapter.ts';
import type { Result } from '../../../lib/providers/failure.ts';
import type { Connection } from '../../../lib/providers/http.ts';
import { socialFetch } from '../../../lib/providers/socialfetch.ts';
import { socialData } from '../../../lib/providers/socialdata.ts';
import { sociavault } from '../../../lib/providers/sociavault/index.ts';
import { twitterApiIo } from '../../../lib/providers/twitterapi-io.ts';
import { xV11 } from '../../../lib/providers/x-v1.1.ts';
import { xV2 } from '../../../lib/providers/x-v2.ts';
import { DEFAULT_STYLE } from '../../emulator/keys.ts';
import { makeAccount } from '../../emulator/population/account.ts';
import { secUid, trimmedUser, wholeUser } from '../../emulator/providers/tiktok-user.ts';
import { socialDataUser } from '../../emulator/providers/socialdata.ts';
import { apiIoUser } from '../../emulator/providers/twitterapi-io-user.ts';
import { graphqlUser } from '../../emulator/providers/x-graphql-user.ts';
import { knownFields, v2User } from '../../emulator/providers/x-v2-user.ts';
import { vendorText } from './answers.ts';
import type { Path } from './mutate.ts';

/** The result of a list endpoint's response, whichever adapter call read it. */
export interface Read {
  readonly accounts: readonly Account[];
  readonly unreadable: number;
  readonly unexpected?: UnexpectedEntries;
  readonly next: string | null;
}

export interface Sample {
  readonly document: unknown;
  /** The place of each account, and the place of its ID within the account. */
  readonly rows: readonly { readonly place: Path; readonly id: Path }[];
  /** The places of entries that are not accounts. */
  readonly others: readonly Path[];
}

export interface Endpoint {
  readonly name: string;
  readonly adapter: Adapter;
  readonly read: (connection: Connection) => Promise<Result<Read>>;
  /** The fields that define a page: list, cursor, and error markers. */
  readonly decides: readonly Path[];
  /** The names of all fields that are read, anywhere in the response. */
  readonly reads: readonly string[];
  readonly samples: readonly Sample[];
  /** Valid last pages. */
  readonly lastPages?: readonly Sample[];
  /** Places whose absence marks the end of a list by contract. */
  readonly endsByAbsence?: readonly Path[];
}

const INDEXES = [0, 1, 2];
const DECIMAL = /^\d+$/;

function at(document: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([name]) => name === key)?.[1]
        : undefined,
    document,
  );
}

function sample(document: unknown, list: Path, id: Path): Sample {
  const items = at(document, list);
  const keys = typeof items === 'object' && items !== null ? Object.keys(items) : [];
  const places = keys.map((key) => [...list, key]);
  const isRow = (place: Path) => DECIMAL.test(String(at(document, [...place, ...id])));
  return {
    document,
    rows: places.filter(isRow).map((place) => ({ place, id: [...place, ...id] })),
    others: places.filter((place) => !isRow(place)),
  };
}

function vendor(name: string): unknown {
  // The IDs of one example are unquoted numbers, which JSON.parse would round.
  return JSON.parse(vendorText(name).replace(/(?<=[[:\s])(\d{16,})(?=[,\s])/g, '"$1"'));
}

function pageReader(adapter: Adapter, platform: Platform, relation: Relation): Endpoint['read'] {
  const id = accountIdSchema.parse('44196397');
  const profile = { platform, handle: handleSchema.parse('someone'), id };
  const cursor = cursorSchema.parse('1900000000');
  return (connection) => adapter.fetchPage({ profile, relation, cursor, limit: 100 }, connection);
}

const ENTRIES = ['data', 'result', 'timeline', 'instructions', '3', 'entries'];
const REST_ID = ['content', 'itemContent', 'user_results', 'result', 'rest_id'];

function timeline(shape: 'A' | 'B' | 'C', bottom = '1859209237637168512|2031099802887913420'): Sample {
  const entry = (entryId: string, result: unknown) => ({
    content: {
      __typename: 'TimelineTimelineItem',
      entryType: 'TimelineTimelineItem',
      itemContent: { itemType: 'TimelineUser', user_results: { result } },
    },
    entryId,
    sortIndex: '7',
  });
  const entries = [
    ...INDEXES.map((index) => {
      const user = graphqlUser(makeAccount('x', 7, index), shape);
      return entry(`user-${String(index)}`, user);
    }),
    {
      content: { entryType: 'TimelineTimelineCursor', cursorType: 'Bottom', value: bottom },
      entryId: 'cursor-bottom-7',
    },
  ];
  const instructions = [
    { type: 'TimelineClearCache' },
    { direction: 'Top', type: 'TimelineTerminateTimeline' },
    { direction: 'Bottom', type: 'TimelineTerminateTimeline' },
    { type: 'TimelineAddEntries', entries },
  ];
  const data = { error: false, cursor: { bottom, top: '-1|9' }, result: { timeline: { instructions } } };
  return sample({ success: true, data, credits_used: 1, endpoint: 'twitter/followers' }, ENTRIES, REST_ID);
}

const USER_FIELDS = [
  '__typename', 'rest_id', 'is_blue_verified', 'legacy', 'name', 'screen_name', 'description', 'location', 'url', 'urls',
  'entities', 'expanded_url', 'followers_count', 'friends_count', 'statuses_count', 'favourites_count', 'listed_count',
  'created_at', 'profile_image_url_https', 'protected', 'verified', 'verified_type', 'core', 'avatar', 'image_url',
  'privacy', 'verification', 'relationship_counts', 'followers', 'following', 'tweet_counts', 'tweets', 'action_counts',
  'favorites_count', 'profile_bio', 'website',
]; // prettier-ignore

const socialvaultX = (relation: Relation): Endpoint => ({
  name: `SociaVault, X ${relation}`,
  adapter: sociavault,
  read: pageReader(sociavault, 'x', relation),
  decides: [['success'], ['data', 'error'], ['data', 'cursor', 'bottom'], ENTRIES],
  reads: [
    'success', 'data', 'credits_used', 'error', 'cursor', 'bottom', 'result', 'timeline', 'instructions', 'entries', 'type',
    'entryId', 'content', 'entryType', 'itemContent', 'user_results', ...USER_FIELDS,
  ], // prettier-ignore
  samples: [
    sample(vendor('sociavault-x-followers'), ENTRIES, REST_ID),
    ...(['A', 'B', 'C'] as const).map((shape) => timeline(shape)),
  ],
  lastPages: (['A', 'C'] as const).map((shape) => timeline(shape, '0|2031099802887913420')),
});

function tiktokList(field: string, trim: boolean, end: object = {}): Sample {
  const users = INDEXES.map((index) => (trim ? trimmedUser : wholeUser)(makeAccount('tiktok', 7, index)));
  const list = trim ? Object.fromEntries(users.entries()) : users;
  const more = trim ? {} : { has_more: true, status_code: 0, status_msg: '', extra: { now: 1 } };
  const data = { success: true, [field]: list, min_time: 1734470383, total: 90, ...more, ...end };
  return sample({ success: true, data, credits_used: 1, endpoint: 'tiktok/x' }, ['data', field], ['uid']);
}

const sociavaultTiktok = (relation: Relation): Endpoint => {
  const field = relation === 'followers' ? 'followers' : 'followings';
  const documented = ['full', 'trimmed'].map((name) =>
    sample(vendor(`sociavault-tiktok-following-${name}`), ['data', 'followings'], ['uid']),
  );
  return {
    name: `SociaVault, TikTok ${relation}`,
    adapter: sociavault,
    read: pageReader(sociavault, 'tiktok', relation),
    decides: ['success', 'status_code', 'has_more', 'min_time', field]
      .map((name) => ['data', name])
      .concat([['success']]),
    reads: [
      'success', 'data', 'credits_used', field, 'has_more', 'min_time', 'total', 'status_code', 'status_msg', 'uid',
      'unique_id', 'short_id', 'nickname', 'signature', 'follower_count', 'following_count', 'aweme_count',
      'total_favorited', 'custom_verify', 'enterprise_verify_reason', 'secret', 'create_time', 'language', 'region',
      'avatar_larger', 'avatar_medium', 'avatar_thumb', 'url_list',
    ], // prettier-ignore
    samples: [
      ...(relation === 'following' ? documented : []),
      tiktokList(field, false),
      tiktokList(field, true),
    ],
    lastPages: [
      tiktokList(field, false, { has_more: false, min_time: 0 }),
      tiktokList(field, false, { has_more: false }),
      tiktokList(field, true, { min_time: -1 }),
    ],
  };
};

const socialFetchTiktok = (relation: Relation): Endpoint => {
  const field = relation === 'followers' ? 'followers' : 'accounts';
  const list = ['data', field];
  const people = INDEXES.map((index) => {
    const { id, handle, name, avatarUrl, bio, followers, following } = makeAccount('tiktok', 7, index);
    return {
      handle,
      displayName: name,
      avatarUrl,
      platformUserId: id,
      secUid: secUid(makeAccount('tiktok', 7, index)),
      bio,
      verified: false,
      privateAccount: false,
      metrics: { followers, following },
      avatarUrls: { large: avatarUrl },
    };
  });
  const document = {
    data: {
      lookupStatus: 'found',
      [field]: people,
      page: { nextCursor: '1779246345', hasMore: true },
      [relation === 'followers' ? 'totalFollowers' : 'totalFollowing']: 4691921,
    },
    meta: { requestId: 'r', creditsCharged: 1, version: 'v1' },
  };
  return {
    name: `SocialFetch, TikTok ${relation}`,
    adapter: socialFetch,
    read: pageReader(socialFetch, 'tiktok', relation),
    decides: [['data', 'lookupStatus'], list, ['data', 'page', 'nextCursor'], ['data', 'page', 'hasMore']],
    reads: [
      'data', 'meta', 'creditsCharged', 'lookupStatus', field, 'page', 'nextCursor', 'hasMore', 'totalFollowers',
      'totalFollowing', 'handle', 'displayName', 'avatarUrl', 'platformUserId', 'secUid', 'bio', 'verified',
      'privateAccount', 'metrics', 'followers', 'following', 'accountCreatedAt', 'region', 'language',
    ], // prettier-ignore
    samples: [
      ...(relation === 'followers'
        ? [sample(vendor('socialfetch-tiktok-followers-first-page'), list, ['platformUserId'])]
        : []),
      sample(document, list, ['platformUserId']),
    ],
    lastPages: [
      sample({ ...document, data: { ...document.data, page: { nextCursor: null, hasMore: false } } }, list, [
        'platformUserId',
      ]),
    ],
  };
};

const apiIo = (relation: Relation): Endpoint => {
  const field = relation === 'followers' ? 'followers' : 'followings';
  const page = (shape: 'A' | 'B' | 'C', end: object): Sample => {
    const users = INDEXES.map((index) => apiIoUser(makeAccount('x', 7, index), shape));
    return sample({ [field]: users, status: 'success', msg: 'success', code: 0, ...end }, [field], ['id']);
  };
  const more = { has_next_page: true, next_cursor: 'opaque-cursor-2' };
  const last = { has_next_page: false, next_cursor: '' };
  return {
    name: `twitterapi.io, ${relation}`,
    adapter: twitterApiIo,
    read: pageReader(twitterApiIo, 'x', relation),
    decides: [[field], ['has_next_page'], ['next_cursor']],
    reads: [
      field, 'has_next_page', 'next_cursor', 'status', 'msg', 'message', 'error', 'detail', 'id', 'userName', 'screen_name',
      'username', 'name', 'description', 'profile_bio', 'entities', 'url', 'urls', 'expanded_url', 'location', 'followers',
      'followers_count', 'following', 'following_count', 'friends_count', 'statusesCount', 'statuses_count',
      'favouritesCount', 'favourites_count', 'isBlueVerified', 'verified', 'verifiedType', 'protected', 'createdAt',
      'created_at', 'profilePicture', 'profile_image_url_https', 'unavailable',
    ], // prettier-ignore
    samples: (['A', 'B', 'C'] as const).map((shape) => page(shape, more)),
    lastPages: (['A', 'B'] as const).map((shape) => page(shape, last)),
  };
};

const socialDataList = (relation: Relation): Endpoint => {
  const users = INDEXES.map((index) => ({ id: 1, ...socialDataUser(makeAccount('x', 7, index)) }));
  const page = (next_cursor: unknown): Sample => sample({ next_cursor, users }, ['users'], ['id_str']);
  return {
    name: `SocialData, ${relation}`,
    adapter: socialData,
    read: pageReader(socialData, 'x', relation),
    decides: [['users'], ['next_cursor']],
    reads: [
      'users', 'next_cursor', 'status', 'message', 'id_str', 'name', 'screen_name', 'location', 'description', 'url',
      'protected', 'verified', 'followers_count', 'friends_count', 'listed_count', 'favourites_count', 'statuses_count',
      'created_at', 'profile_image_url_https',
    ], // prettier-ignore
    samples: [
      page('1882454880579593159|2126617782828138512'),
      page('4611686018541662731|1741085517660815316'),
    ],
    lastPages: [null, '', '0', '0|2126617788654026752'].map(page),
  };
};

const v2 = (relation: Relation): Endpoint => {
  const data = INDEXES.map((index) =>
    v2User(makeAccount('x', 7, index), knownFields(DEFAULT_STYLE), DEFAULT_STYLE),
  );
  const documents = [
    vendor('x-v2-followers-default-fields'),
    vendor('x-v2-followers-optional-fields'),
    { data, meta: { result_count: 3, next_token: 'DFEDBNRFT3MHCZZZ', previous_token: 'A' } },
  ];
  return {
    name: `X API v2, ${relation}`,
    adapter: xV2,
    read: pageReader(xV2, 'x', relation),
    decides: [['data'], ['meta', 'next_token'], ['includes', 'meta', 'next_token']],
    reads: [
      'data', 'meta', 'includes', 'next_token', 'errors', 'id', 'name', 'username', 'created_at', 'description', 'entities',
      'url', 'urls', 'expanded_url', 'location', 'profile_image_url', 'protected', 'public_metrics', 'followers_count',
      'following_count', 'tweet_count', 'post_count', 'listed_count', 'like_count', 'verified', 'verified_type',
    ], // prettier-ignore
    samples: documents.map((document) => sample(document, ['data'], ['id'])),
    lastPages: [sample({ data, meta: { result_count: 3, previous_token: 'A' } }, ['data'], ['id'])],
    endsByAbsence: [
      ['meta', 'next_token'],
      ['includes', 'meta', 'next_token'],
    ],
  };
};

const v11Ids = (relation: Relation): Endpoint => ({
  name: `X API v1.1, ${relation}`,
  adapter: xV11,
  read: pageReader(xV11, 'x', relation),
  decides: [['ids'], ['next_cursor'], ['next_cursor_str']],
  reads: ['ids', 'next_cursor', 'next_cursor_str'],
  samples: [sample(vendor('x-v1.1-followers-ids'), ['ids'], [])],
  lastPages: [
    sample(
      {
        ids: ['1', '2'],
        next_cursor: 0,
        next_cursor_str: '0',
        previous_cursor: -1,
        previous_cursor_str: '-1',
      },
      ['ids'],
      [],
    ),
  ],
});

const lookUp: Endpoint = {
  name: 'X API v1.1, look-up',
  adapter: xV11,
  read: async (connection) => {
    const ids: readonly AccountId[] = [accountIdSchema.parse('1')];
    const result = await xV11.fillIn({ ids }, connection);
    return result.ok ? { ok: true, value: { ...result.value, next: null } } : result;
  },
  decides: [],
  reads: ['id', 'id_str', ...USER_FIELDS],
  samples: [
    sample(
      INDEXES.map((index) => {
        const { id, name, handle, bio, followers } = makeAccount('x', 7, index);
        return {
          id_str: id,
          name,
          screen_name: handle,
          description: bio,
          followers_count: followers,
          lang: 'en',
        };
      }),
      [],
      ['id_str'],
    ),
  ],
};

export const endpoints: readonly Endpoint[] = [
  socialvaultX('followers'),
  socialvaultX('following'),
  sociavaultTiktok('followers'),
  sociavaultTiktok('following'),
  socialFetchTiktok('followers'),
  socialFetchTiktok('following'),
  apiIo('followers'),
  apiIo('following'),
  socialDataList('followers'),
  socialDataList('following'),
  v2('followers'),
  v2('following'),
  v11Ids('followers'),
  v11Ids('following'),
  lookUp,
];
