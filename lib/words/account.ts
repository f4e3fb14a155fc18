/** Everything that is known of an account, line by line; unknown is a dash, never 0. */
import type { Account } from '../model/account.ts';
import { isIdOnly } from '../store/columns.ts';
import { i18n } from '#i18n';
import { count } from './numbers.ts';
import type { ReceiptLine } from './receipt.ts';
import { utc } from './times.ts';

/** What an account is called in a list: by its name, else by its handle, else by its ID. */
export function accountName({ name, handle, id }: Account): string {
  if (name !== null && name.trim() !== '') return name;
  return handle ?? i18n.t('list.id', { id });
}

/** Why a row shows nothing but an ID; `null` where it shows more. */
export function missingRemark(account: Account): string | null {
  if (account.unavailable === true) return i18n.t('list.unavailable');
  return isIdOnly(account) ? i18n.t('list.no_details') : null;
}

/** What there is to say of an account that has only an ID: the rest would be dashes. */
const OF_BARE = new Set(['id', 'position', 'available']);

/** @param position in the platform's order, from 0 */
export function accountLines(account: Account, position: number): readonly ReceiptLine[] {
  const lines = allLines(account, position);
  return isIdOnly(account) ? lines.filter(({ key }) => OF_BARE.has(key)) : lines;
}

function allLines(account: Account, position: number): readonly ReceiptLine[] {
  const unknown = i18n.t('amount.unknown');
  const text = (value: string | null): string => (value === null || value === '' ? unknown : value);
  const number = (value: number | null): string => (value === null ? unknown : count(value));
  const answer = (value: boolean | null): string => {
    if (value === null) return unknown;
    return value ? i18n.t('account.yes') : i18n.t('account.no');
  };
  return [
    { key: 'bio', label: i18n.t('account.bio'), value: text(account.bio) },
    { key: 'location', label: i18n.t('account.location'), value: text(account.location) },
    { key: 'website', label: i18n.t('account.website'), value: text(account.website) },
    { key: 'followers', label: i18n.t('account.followers'), value: number(account.followers) },
    { key: 'following', label: i18n.t('account.following'), value: number(account.following) },
    { key: 'posts', label: i18n.t('account.posts'), value: number(account.posts) },
    { key: 'likes', label: i18n.t('account.likes'), value: number(account.likes) },
    { key: 'listed', label: i18n.t('account.listed'), value: number(account.listed) },
    { key: 'verified', label: i18n.t('account.verified'), value: answer(account.verified) },
    { key: 'verifiedType', label: i18n.t('account.verified_type'), value: text(account.verifiedType) },
    { key: 'private', label: i18n.t('account.private'), value: answer(account.private) },
    {
      key: 'createdAt',
      label: i18n.t('account.created_at'),
      value: account.createdAt === null ? unknown : utc(account.createdAt),
    },
    { key: 'language', label: i18n.t('account.language'), value: text(account.language) },
    { key: 'region', label: i18n.t('account.region'), value: text(account.region) },
    { key: 'id', label: i18n.t('account.id'), value: account.id },
    { key: 'position', label: i18n.t('account.position'), value: count(position + 1) },
    {
      key: 'available',
      label: i18n.t('account.available'),
      value: answer(account.unavailable === null ? null : !account.unavailable),
    },
  ];
}
