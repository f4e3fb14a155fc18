import { i18n } from '#i18n';
import type { Adapter } from '../../lib/providers/adapter.ts';
import type { KeyInfo } from '../../lib/store/keys.ts';
import { amount } from '../../lib/words/numbers.ts';
import { month as monthText } from '../../lib/words/times.ts';
import type { BaseUrlError } from './base-url.ts';

/** What to know before getting a key. */
export function noteText({ note }: Adapter): string | null {
  switch (note) {
    case 'x-policy':
      return i18n.t('options.x_policy');
    case 'limited-access':
      return i18n.t('options.limited_access');
    case 'old-contract':
      return i18n.t('options.v1_note');
    case null:
      return null;
  }
}

/** That nobody has tried the provider with a real key yet, as long as that is so. */
export function unconfirmedText({ documentation: { month, confirmed } }: Adapter): string | null {
  if (confirmed) return null;
  return month === null
    ? i18n.t('options.unconfirmed')
    : i18n.t('options.unconfirmed_since', { month: monthText(Date.parse(`${month}-01T00:00`)) });
}

/** States that a key is saved, with its last characters unless keys are locked. */
export function savedKeyText({ masked, locked }: KeyInfo): string {
  if (locked) return i18n.t('lock.saved');
  return i18n.t('options.saved_ends', { end: masked.slice(-4) });
}

/** The saved key and its balance. */
export function savedText(adapter: Adapter, info: KeyInfo): string {
  const balance =
    info.balance === null
      ? null
      : i18n.t('options.balance', { balance: amount(adapter.price.unit, info.balance) });
  return [savedKeyText(info), ...(balance === null ? [] : [balance])].join(' · ');
}

export function urlErrorText(error: NonNullable<BaseUrlError>): string {
  switch (error) {
    case 'broken':
      return i18n.t('options.url_broken');
    case 'insecure':
      return i18n.t('options.url_insecure');
    case 'extra':
      return i18n.t('options.url_extra');
  }
}
