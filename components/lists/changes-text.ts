/** The words for what two lists say about an account. They never say why somebody is no longer listed. */
import { i18n } from '#i18n';
import type { Condition } from '../../lib/lists/conditions.ts';
import type { Doubt, Status } from '../../lib/sets/statuses.ts';
import { listReference } from './list-reference.ts';

/** The name of a status. */
export function statusTitle(status: Status): string {
  return i18n.t(`changes.status.${status}`);
}

/** What a status means. */
export function statusMeaning(status: Status): string {
  return i18n.t(`changes.meaning.${status}`);
}

/** Why some statements are likely instead of certain. */
export function doubtText(doubt: Doubt, n: string): string {
  return i18n.t(`changes.doubt.${doubt}`, { n });
}

/** A comparison as a filter. */
export function comparedText({
  with: other,
  statuses,
  certain,
}: Extract<Condition, { kind: 'compared' }>): string {
  const what = statuses.map(statusTitle).join(', ');
  const list = listReference(other);
  if (certain === null) return i18n.t('changes.chip', { what, list });
  return i18n.t(certain ? 'changes.chip_certain' : 'changes.chip_likely', { what, list });
}
