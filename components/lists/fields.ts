/** The fields of an account that lists are drawn, sorted and copied by: each once, for table, menu and clipboard. */
import { i18n } from '#i18n';
import type { ListFilters, SortColumn } from '../../lib/lists/query.ts';
import type { Account } from '../../lib/model/account.ts';
import { count } from '../../lib/words/numbers.ts';
import { createdDay } from '../../lib/words/times.ts';

export interface Field {
  readonly key: SortColumn;
  readonly title: () => string;
  /** Numbers and days stand at the end of their column, and the first click on them sorts from the largest. */
  readonly numeric: boolean;
  /** In a cell: short. */
  readonly words: (account: Account) => string;
  /** The filter that is about it. */
  readonly filter: keyof ListFilters | null;
  /** The least width of its column, pixels. */
  readonly width: number;
  /** Its share of what width is left. */
  readonly grows: number;
}

const unknown = (): string => i18n.t('amount.unknown');

function line(value: string | null): string {
  return value === null || value === '' ? unknown() : value.replace(/\s+/g, ' ').trim();
}

function number(value: number | null): string {
  return value === null ? unknown() : count(value);
}

function answer(value: boolean | null): string {
  if (value === null) return unknown();
  return value ? i18n.t('account.yes') : i18n.t('account.no');
}

const text = { numeric: false, filter: null, width: 100, grows: 1 } as const;
const figure = { numeric: true, filter: null, width: 92, grows: 0 } as const;

export const FIELDS: readonly Field[] = [
  {
    ...text,
    key: 'name',
    title: () => i18n.t('account.name'),
    words: ({ name }) => line(name),
    width: 160,
    grows: 3,
  },
  {
    ...text,
    key: 'handle',
    title: () => i18n.t('account.handle'),
    words: ({ handle }) => (handle === null ? unknown() : `@${handle}`),
    width: 116,
  },
  {
    ...text,
    key: 'bio',
    title: () => i18n.t('account.bio'),
    words: ({ bio }) => line(bio),
    filter: 'hasBio',
    width: 130,
    grows: 4,
  },
  {
    ...text,
    key: 'location',
    title: () => i18n.t('account.location'),
    words: ({ location }) => line(location),
    filter: 'location',
  },
  {
    ...text,
    key: 'website',
    title: () => i18n.t('account.website'),
    words: ({ website }) => line(website),
    filter: 'hasWebsite',
    width: 150,
  },
  {
    ...figure,
    key: 'followers',
    title: () => i18n.t('account.followers'),
    words: ({ followers }) => number(followers),
    filter: 'followers',
    width: 104,
  },
  {
    ...figure,
    key: 'following',
    title: () => i18n.t('account.following'),
    words: ({ following }) => number(following),
    filter: 'following',
  },
  {
    ...figure,
    key: 'posts',
    title: () => i18n.t('account.posts'),
    words: ({ posts }) => number(posts),
  },
  {
    ...figure,
    key: 'likes',
    title: () => i18n.t('account.likes'),
    words: ({ likes }) => number(likes),
    width: 116,
  },
  { ...figure, key: 'listed', title: () => i18n.t('account.listed'), words: ({ listed }) => number(listed) },
  {
    ...figure,
    key: 'createdAt',
    title: () => i18n.t('account.created_at'),
    words: ({ createdAt }) => (createdAt === null ? unknown() : createdDay(createdAt)),
    filter: 'created',
    width: 112,
  },
  {
    ...text,
    key: 'verified',
    title: () => i18n.t('account.verified'),
    words: ({ verified }) => answer(verified),
    filter: 'verified',
    width: 88,
    grows: 0,
  },
  {
    ...text,
    key: 'verifiedType',
    title: () => i18n.t('account.verified_type'),
    words: ({ verifiedType }) => line(verifiedType),
  },
  {
    ...text,
    key: 'private',
    title: () => i18n.t('account.private'),
    words: (account) => answer(account.private),
    filter: 'private',
    width: 88,
    grows: 0,
  },
  {
    ...text,
    key: 'language',
    title: () => i18n.t('account.language'),
    words: ({ language }) => line(language),
    width: 96,
    grows: 0,
  },
  {
    ...text,
    key: 'region',
    title: () => i18n.t('account.region'),
    words: ({ region }) => line(region),
    width: 88,
    grows: 0,
  },
  { ...text, key: 'id', title: () => i18n.t('account.id'), words: ({ id }) => id, width: 180, grows: 0 },
];

/** In a table before the user chose otherwise. */
export const USUAL_FIELDS: readonly SortColumn[] = [
  'name',
  'handle',
  'bio',
  'location',
  'followers',
  'following',
  'posts',
  'createdAt',
];

/** The fields of these keys, in their usual order. */
export function fieldsOf(keys: readonly string[]): readonly Field[] {
  return FIELDS.filter(({ key }) => keys.includes(key));
}
