import { i18n } from '#i18n';
import type { Condition } from '../../../lib/lists/conditions.ts';

/** A condition as text, for its chip and for receipts. */
export function conditionText({ kind }: Condition): string {
  return i18n.t('filter.condition', { kind });
}
