/** SociaVault for TikTok: profile, followers, and following, with the app's own responses passed through. */
import type { Reply } from '../exchange.ts';
import type { Relation } from '../platforms.ts';
import type { Population } from '../population/population.ts';
import { good, list, missingParameter } from './sociavault-envelope.ts';
import type { Ask } from './provider.ts';
import { secUid, trimmedUser, wholeUser } from './tiktok-user.ts';
import { secondsIn, tiktokPage, type TiktokPage } from './tiktok-page.ts';

const MOST_ROWS = 30;
/** The app's code, used in lists. */
const NO_SUCH_USER = 2065;
const HIDDEN_LIST = 3_002_060;
/** The web's codes, used in profiles; the second one also occurs in lists. */
const NO_SUCH_PROFILE = 10_221;
const PRIVATE_ACCOUNT = 10_222;

/** TikTok's own rejections have a success envelope, and are charged like any other response. */
function refusedByTiktok(request: Ask, endpoint: string, code: number, message: string): Reply {
  return good(request, endpoint, { success: false, status_code: code, status_msg: message });
}

function requested(request: Ask): Population | undefined {
  const id = request.query.get('user_id');
  const handle = request.query.get('handle')?.replace(/^@/, '');
  return id === null
    ? request.populations.byHandle('tiktok', handle ?? '')
    : request.populations.byId('tiktok', id);
}

/** A figure as TikTok displays it: 156,537,139 is 156.5M, and 12,345 is 12.3K. */
function rounded(count: number): number {
  const step = count < 10_000 ? 1 : count < 1_000_000 ? 100 : 100_000;
  return Math.floor(count / step) * step;
}

export function tiktokProfile(request: Ask): Reply {
  const endpoint = 'tiktok/profile';
  if (!request.query.has('handle'))
    return missingParameter(endpoint, 'Missing required parameter: handle', request.key.price);
  const population = requested(request);
  if (population === undefined) {
    // The app's own code is there too, is 0, and has no meaning.
    return good(request, endpoint, {
      statusCode: NO_SUCH_PROFILE,
      status_code: 0,
      status_msg: '',
      userInfo: {},
    });
  }
  const { owner } = population;
  return good(request, endpoint, {
    success: true,
    statusCode: 0,
    status_code: 0,
    user: {
      id: owner.id,
      uniqueId: owner.handle,
      nickname: owner.name,
      avatarLarger: owner.avatarUrl,
      avatarMedium: owner.avatarUrl,
      signature: owner.bio,
      createTime: Math.floor(owner.createdAt / 1000),
      verified: owner.verified,
      secUid: secUid(owner),
      privateAccount: owner.private,
      bioLink: owner.website === null ? null : { link: owner.website, risk: 0 },
      region: owner.region,
      language: owner.language,
    },
    stats: {
      followerCount: rounded(owner.followers),
      followingCount: rounded(owner.following),
      heartCount: rounded(owner.likes),
      heart: rounded(owner.likes),
      videoCount: rounded(owner.posts),
      diggCount: 0,
      friendCount: 0,
    },
    statsV2: {
      followerCount: String(owner.followers),
      followingCount: String(owner.following),
      heartCount: String(owner.likes),
      heart: String(owner.likes),
      videoCount: String(owner.posts),
      diggCount: '0',
      friendCount: '0',
    },
  });
}

/** The value of `min_time` once the list has ended. */
function lastMinTime(request: Ask): { readonly min_time?: number } {
  switch (request.key.style.lastMinTime) {
    case 'zero':
      return { min_time: 0 };
    case 'minus-one':
      return { min_time: -1 };
    case 'missing':
      return {};
  }
}

/** The only place that states when the newest row of a page followed. */
function pageToken({ seconds }: TiktokPage): string {
  if (seconds === null) return '';
  const { newest, oldest } = seconds;
  return Buffer.from(JSON.stringify({ max_cursor: newest, min_cursor: oldest })).toString('base64');
}

/** One page of a list. Rows of the second at a page border are on both pages. */
export function tiktokConnections(request: Ask, relation: Relation): Reply {
  const endpoint = `tiktok/${relation}`;
  if (!request.query.has('handle') && !request.query.has('user_id')) {
    return missingParameter(endpoint, 'Missing required parameter: handle', request.key.price);
  }
  const population = requested(request);
  if (population === undefined) return refusedByTiktok(request, endpoint, NO_SUCH_USER, "User doesn't exist");
  const field = relation === 'followers' ? 'followers' : 'followings';
  if (population.protected) {
    return good(request, endpoint, {
      statusCode: PRIVATE_ACCOUNT,
      status_code: 0,
      status_msg: '',
      [field]: [],
      has_more: false,
    });
  }
  if (population.isHidden(relation)) {
    return refusedByTiktok(request, endpoint, HIDDEN_LIST, "This user's list is hidden by privacy settings");
  }
  const trim = request.query.get('trim') === 'true';
  const page = tiktokPage(
    population,
    relation,
    secondsIn(request.query.get('min_time')),
    Math.min(MOST_ROWS, request.key.pageSize),
  );
  const users = page.accounts.map(trim ? trimmedUser : wholeUser);
  const total = relation === 'followers' ? population.owner.followers : population.owner.following;
  const shared = {
    success: true,
    // Index-keyed if styles are mixed, as in the documentation.
    [field]: list(request.key.style, 1, users),
    ...(page.next === null ? lastMinTime(request) : { min_time: page.next }),
    total,
  };
  const whole = {
    ...shared,
    extra: { fatal_item_ids: {}, logid: 'emulator', now: request.now },
    has_more: page.next !== null,
    log_pb: { impr_id: 'emulator' },
    // The time of the answer, not of the newest row.
    max_time: Math.floor(request.now / 1000),
    myself_user_id: '0',
    next_page_token: pageToken(page),
    offset: 0,
    rec_has_more: page.next !== null,
    status_code: 0,
    status_msg: '',
  };
  return good(request, endpoint, trim ? shared : whole, { rows: users.length });
}
