/** Everything that is known about an account, line by line. Unknown values are shown as a dash, never as 0. */
import {
  accountFields,
  fieldNames,
  type Account,
  type AccountField,
  type FieldKind,
  type FieldValues,
} from '../model/account.ts';
import type { FollowField } from '../model/follow-times.ts';
import { isIdOnly } from '../store/columns.ts';
import { i18n } from '#i18n';
import { count } from './numbers.ts';
import type { ReceiptLine } from './receipt.ts';
import { utc } from './times.ts';

/** An account's display name: its name, else its handle, else its ID. */
export function accountName({ name, handle, id }: Account): string {
  if (name !== null && name.trim() !== '') return name;
  return handle ?? i18n.t('list.id', { id });
}

/** Fields that are shown without a label: as a picture, and as a mark. */
type Unlabeled = 'avatarUrl' | 'unavailable';
export type LabeledField = Exclude<AccountField, Unlabeled>;

/** A field's label. A field without a label in the locale doesn't compile. */
export function fieldLabel(field: LabeledField | FollowField): string {
  return i18n.t(`account.${field}`);
}

/** Formatters of values, by the kind of their field. */
export type Writers = { readonly [K in FieldKind]: (value: FieldValues[K]) => string };

/** A field's formatted value. */
export function fieldText(account: Account, field: AccountField, writers: Writers): string {
  // The field table guarantees that a field's value has the type of its kind.
  const write = writers[accountFields[field].kind] as (value: Account[AccountField]) => string;
  return write(account[field]);
}

export function yesOrNo(value: boolean | null): string {
  if (value === null) return i18n.t('amount.unknown');
  return value ? i18n.t('account.yes') : i18n.t('account.no');
}

export function countOrUnknown(value: number | null): string {
  return value === null ? i18n.t('amount.unknown') : count(value);
}

const whole: Writers = {
  id: (value) => value,
  text: (value) => (value === null || value === '' ? i18n.t('amount.unknown') : value),
  count: countOrUnknown,
  flag: yesOrNo,
  time: (value) => (value === null ? i18n.t('amount.unknown') : utc(value)),
};

/** The lines of the details panel; name, handle, and picture are in its header. */
const LINES = fieldNames.filter(
  (name): name is Exclude<LabeledField, 'name' | 'handle' | 'id'> =>
    !['name', 'handle', 'avatarUrl', 'id', 'unavailable'].includes(name),
);

/** Why a row shows only an ID; `null` if it shows more. */
export function missingRemark(account: Account): string | null {
  if (account.unavailable === true) return i18n.t('list.unavailable');
  return isIdOnly(account) ? i18n.t('list.no_details') : null;
}

/** The lines of an account that has only an ID. All others would be dashes. */
const ID_ONLY_LINES = new Set(['id', 'position', 'available']);

/** @param position in the platform's order, from 0 */
export function accountLines(account: Account, position: number): readonly ReceiptLine[] {
  const lines = allLines(account, position);
  return isIdOnly(account) ? lines.filter(({ key }) => ID_ONLY_LINES.has(key)) : lines;
}

function allLines(account: Account, position: number): readonly ReceiptLine[] {
  const line = (key: LabeledField): ReceiptLine => ({
    key,
    label: fieldLabel(key),
    value: fieldText(account, key, whole),
  });
  const { unavailable } = account;
  return [
    ...LINES.map(line),
    line('id'),
    { key: 'position', label: i18n.t('account.position'), value: count(position + 1) },
    {
      key: 'available',
      label: i18n.t('account.available'),
      value: yesOrNo(unavailable === null ? null : !unavailable),
    },
  ];
}

/** What the details of an account show, by its place. */
export interface AccountOverview {
  /** `null` if it is unknown or empty. */
  readonly bio: string | null;
  /** The figures that matter, with unknown ones, so that they stay in their places. */
  readonly figures: readonly ReceiptLine[];
  /** The other fields that are known. */
  readonly known: readonly ReceiptLine[];
  /** The labels of the other fields. */
  readonly empty: readonly string[];
}

/** The fields whose figures are in a row. X counts lists, TikTok likes. */
function figuresOf(account: Account): readonly LabeledField[] {
  if (isIdOnly(account)) return [];
  const last = account.likes === null && account.listed !== null ? 'listed' : 'likes';
  return ['followers', 'following', 'posts', last];
}

/** @param position in the platform's order, from 0 */
export function accountOverview(account: Account, position: number): AccountOverview {
  const figures: readonly string[] = figuresOf(account);
  const isEmpty = ({ key }: ReceiptLine): boolean => {
    const value: unknown =
      key === 'position' ? position : Reflect.get(account, key === 'available' ? 'unavailable' : key);
    return value === null || value === '';
  };
  /** Whether it is shown in another way: as text, figure, or mark. */
  const isElsewhere = (line: ReceiptLine): boolean => {
    const { key } = line;
    if (key === 'verified' || key === 'private') return account[key] === true;
    return figures.includes(key) || (key === 'bio' && !isEmpty(line));
  };
  const lines = accountLines(account, position);
  const others = lines.filter((line) => !isElsewhere(line));
  return {
    bio: account.bio === '' ? null : account.bio,
    figures: lines.filter(({ key }) => figures.includes(key)),
    known: others.filter((line) => !isEmpty(line)),
    empty: others.filter(isEmpty).map(({ label }) => label),
  };
}
