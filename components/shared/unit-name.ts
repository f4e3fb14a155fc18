import { i18n } from '#i18n';
import type { Unit } from '../../lib/model/money.ts';

/** The unit that a provider charges in, to show beside a number. */
export function unitName(unit: Unit): string {
  switch (unit) {
    case 'credits':
      return i18n.t('options.unit_credits');
    case 'usd':
      return i18n.t('options.unit_usd');
    case 'requests':
      return i18n.t('options.unit_requests');
  }
}
