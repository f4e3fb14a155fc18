/** Describes a query as text, for an export's receipt. */
import { i18n } from '#i18n';
import type { ListQuery, Range } from '../../lib/lists/query.ts';
import { fieldLabel, yesOrNo } from '../../lib/words/account.ts';

function between({ from, to }: Range, write: (value: number) => string): string {
  return `${from === null ? '' : write(from)} – ${to === null ? '' : write(to)}`.trim();
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Describes the filters; `null` if there are none. */
export function filterText({ text, filters }: ListQuery): string | null {
  const set = (value: string | null, name: string): string[] =>
    value === null || value.trim() === '' ? [] : [`${name}: ${value.trim()}`];
  const { verified, followers, following, hasWebsite, hasBio, created, location } = filters;
  const flag = (value: boolean | null): string | null => (value === null ? null : yesOrNo(value));
  const range = (value: Range | null, write: (n: number) => string): string | null =>
    value === null ? null : between(value, write);
  const parts = [
    ...set(text, i18n.t('list.search')),
    ...set(flag(verified), i18n.t('account.verified')),
    ...set(flag(filters.private), i18n.t('account.private')),
    ...set(range(followers, String), i18n.t('account.followers')),
    ...set(range(following, String), i18n.t('account.following')),
    ...set(flag(hasWebsite), i18n.t('filter.has_website')),
    ...set(flag(hasBio), i18n.t('filter.has_bio')),
    ...set(range(created, isoDay), i18n.t('filter.created')),
    ...set(location, i18n.t('filter.location')),
  ];
  return parts.length === 0 ? null : parts.join('; ');
}

/** Describes the order; `null` for the platform's own order. */
export function sortText({ sort }: ListQuery): string | null {
  if (sort === null) return null;
  const column = fieldLabel(sort.column);
  return sort.descending ? i18n.t('export.descending', { column }) : i18n.t('export.ascending', { column });
}
