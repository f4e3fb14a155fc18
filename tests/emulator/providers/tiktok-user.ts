/** An account as TikTok's own app lists it, complete and trimmed. */
import type { TrueAccount } from '../population/account.ts';

function avatar(address: string | null): Record<string, unknown> {
  const urls = address === null ? [] : [address, address.replace('//p16-', '//p19-')];
  return {
    height: 720,
    uri: 'tos-maliva-avt-0068/emulator',
    url_list: Object.fromEntries(urls.map((url, index) => [String(index), url])),
    url_prefix: null,
    width: 720,
  };
}

/** The stable but opaque second ID. */
export function secUid(account: TrueAccount): string {
  return `MS4wLjABAAAA${Buffer.from(`${account.platform}:${account.id}`).toString('base64url')}`;
}

export function trimmedUser(account: TrueAccount): Record<string, unknown> {
  return {
    create_time: Math.floor(account.createdAt / 1000),
    follower_count: account.followers,
    following_count: account.following,
    language: account.language,
    nickname: account.name ?? '',
    region: account.region,
    sec_uid: secUid(account),
    signature: account.bio ?? '',
    uid: account.id,
    unique_id: account.handle,
    avatar_medium: avatar(account.avatarUrl),
  };
}

export function wholeUser(account: TrueAccount): Record<string, unknown> {
  return {
    ...trimmedUser(account),
    account_region: '',
    avatar_larger: avatar(account.avatarUrl),
    avatar_thumb: avatar(account.avatarUrl),
    avatar_uri: 'tos-maliva-avt-0068/emulator',
    aweme_count: account.posts,
    custom_verify: account.verifiedType === 'blue' ? 'Verified account' : '',
    enterprise_verify_reason: account.verifiedType === 'business' ? 'Institution account' : '',
    favoriting_count: account.media,
    follow_status: 0,
    secret: account.private ? 1 : 0,
    short_id: '0',
    status: 1,
    total_favorited: account.likes,
    unique_id_modify_time: Math.floor(account.createdAt / 1000),
    user_canceled: false,
    // It is 1 for small accounts too, so it doesn't show who is verified.
    verification_type: 1,
    verify_info: '',
  };
}
