/** Describes a query as text, for an export's receipt. */
import { i18n } from '#i18n';
import type { ListQuery } from '../../lib/lists/query.ts';
import { fieldLabel } from '../../lib/words/account.ts';
import { conditionText } from './audience-text.ts';
import { FILTER_NAMES, receiptText } from './filters/kinds.tsx';

/** Describes the search and the filters; `null` if there are none. */
export function filterText({ text, filters }: ListQuery): string | null {
  const searched = text.trim();
  const parts = [
    ...(searched === '' ? [] : [`${i18n.t('list.search')}: ${searched}`]),
    ...FILTER_NAMES.flatMap((name) => receiptText(filters, name) ?? []),
    ...filters.conditions.map(conditionText),
  ];
  return parts.length === 0 ? null : parts.join('; ');
}

/** Describes the order; `null` for the platform's own order. */
export function sortText({ sort }: ListQuery): string | null {
  if (sort === null) return null;
  const column = fieldLabel(sort.column);
  return sort.descending ? i18n.t('export.descending', { column }) : i18n.t('export.ascending', { column });
}
