/** The columns of every export format, in order. Names and order are a promise to the files' readers. */
import type { Account, ProviderId, Platform, Relation, Snapshot } from '../model.ts';
import { profileUrl } from '../platforms/index.ts';

/** Ids are `text` in every format: spreadsheets round numbers beyond 15 digits. */
export type ColumnType = 'text' | 'count' | 'flag' | 'time';

/** One line of an export. Times are epoch milliseconds; unknown is `null`. */
export interface ExportRow {
  /** From 1, in the platform's own order, newest first. */
  readonly position: number;
  readonly account: Account;
  readonly source: ExportSource;
  readonly collectedAt: number;
}

/** The list that the rows belong to. */
export interface ExportSource {
  readonly platform: Platform;
  readonly handle: string;
  readonly id: string | null;
  readonly relation: Relation;
  readonly provider: ProviderId;
}

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly value: (row: ExportRow) => string | number | boolean | null;
}

function own(name: string, type: ColumnType, field: keyof Account): Column {
  return { name, type, value: ({ account }) => account[field] };
}

export const columns: readonly Column[] = [
  { name: 'position', type: 'count', value: ({ position }) => position },
  own('id', 'text', 'id'),
  own('handle', 'text', 'handle'),
  own('name', 'text', 'name'),
  own('bio', 'text', 'bio'),
  own('location', 'text', 'location'),
  own('website', 'text', 'website'),
  own('followers', 'count', 'followers'),
  own('following', 'count', 'following'),
  own('posts', 'count', 'posts'),
  own('likes', 'count', 'likes'),
  own('listed', 'count', 'listed'),
  own('verified', 'flag', 'verified'),
  own('verified_type', 'text', 'verifiedType'),
  own('private', 'flag', 'private'),
  own('created_at', 'time', 'createdAt'),
  own('language', 'text', 'language'),
  own('region', 'text', 'region'),
  {
    name: 'profile_url',
    type: 'text',
    value: ({ account, source }) =>
      account.handle === null ? null : profileUrl(source.platform, account.handle),
  },
  own('avatar_url', 'text', 'avatarUrl'),
  { name: 'platform', type: 'text', value: ({ source }) => source.platform },
  { name: 'source_handle', type: 'text', value: ({ source }) => source.handle },
  { name: 'source_id', type: 'text', value: ({ source }) => source.id },
  { name: 'relation', type: 'text', value: ({ source }) => source.relation },
  { name: 'provider', type: 'text', value: ({ source }) => source.provider },
  { name: 'collected_at', type: 'time', value: ({ collectedAt }) => collectedAt },
];

export function sourceOf(snapshot: Snapshot): ExportSource {
  const { platform, handle, profileId, relation, provider } = snapshot;
  return { platform, handle, id: profileId, relation, provider };
}
