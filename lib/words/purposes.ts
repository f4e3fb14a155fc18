/** Display names of what requests are for. */
import type { LedgerEntry } from '../model/ledger.ts';
import { i18n } from '#i18n';

export function purposeName(purpose: LedgerEntry['purpose']): string {
  switch (purpose) {
    case 'resolve':
      return i18n.t('purpose.resolve');
    case 'page':
      return i18n.t('purpose.page');
    case 'fill':
      return i18n.t('purpose.fill');
    case 'key-check':
      return i18n.t('purpose.key_check');
  }
}
