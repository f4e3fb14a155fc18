/** Everything that is known about an account, line by line; unknown is a dash, never 0. */
import {
  accountFields,
  fieldNames,
  type Account,
  type AccountField,
  type FieldKind,
  type FieldValues,
} from '../model/account.ts';
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

/** Fields that are shown without their names: as a picture, and as a mark. */
type Unlabeled = 'avatarUrl' | 'unavailable';
export type LabeledField = Exclude<AccountField, Unlabeled>;

/** A field's name on screen. A field without one in the locale does not compile. */
export function fieldLabel(field: LabeledField): string {
  return i18n.t(`account.${field}`);
}

/** How values are written, by the kind of their field. */
export type Writers = { readonly [K in FieldKind]: (value: FieldValues[K]) => string };

/** The value of a field, written. */
export function fieldText(account: Account, field: AccountField, writers: Writers): string {
  // The value of a field is of its kind.
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

/** Why a row shows nothing but an ID; `null` where it shows more. */
export function missingRemark(account: Account): string | null {
  if (account.unavailable === true) return i18n.t('list.unavailable');
  return isIdOnly(account) ? i18n.t('list.no_details') : null;
}

/** What there is to say of an account that has only an ID: the rest would be dashes. */
const OF_ID_ONLY = new Set(['id', 'position', 'available']);

/** @param position in the platform's order, from 0 */
export function accountLines(account: Account, position: number): readonly ReceiptLine[] {
  const lines = allLines(account, position);
  return isIdOnly(account) ? lines.filter(({ key }) => OF_ID_ONLY.has(key)) : lines;
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
