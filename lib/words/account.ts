/** Everything that is known about an account, line by line; unknown is a dash, never 0. */
import {
  accountFields,
  fieldNames,
  type Account,
  type AccountField,
  type FieldKind,
  type FieldValues,
} from '../model/account.ts';
import { i18n } from '#i18n';
import { count } from './numbers.ts';
import type { ReceiptLine } from './receipt.ts';
import { utc } from './times.ts';

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

/** @param position in the platform's order, from 0 */
export function accountLines(account: Account, position: number): readonly ReceiptLine[] {
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
