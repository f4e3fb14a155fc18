/** How a list is called on screen. */
import { i18n } from '#i18n';
import type { Snapshot } from '../model/snapshot.ts';
import { profileName, relationTitle } from './names.ts';
import { count, priced } from './numbers.ts';
import { listTime } from './times.ts';

type Called = Pick<Snapshot, 'name' | 'relation' | 'createdAt'>;

/** `Followers from 14 Nov, 09:31`. */
export function listDescription({ relation, createdAt }: Called, now: number): string {
  return `${relationTitle(relation)} ${i18n.t('time.list_of', { day: listTime(createdAt, now) })}`;
}

/** The user's own name, or else the description. */
export function listTitle(snapshot: Called, now: number): string {
  return snapshot.name ?? listDescription(snapshot, now);
}

/** The profile as it states itself: its name, or its handle if it has none. */
export function profileTitle({
  facts,
  platform,
  handle,
}: Pick<Snapshot, 'facts' | 'platform' | 'handle'>): string {
  return facts?.name ?? profileName(platform, handle);
}

/** `2 credits spent`; `null` if nothing was. What may have been charged counts. */
export function spentText({
  unit,
  charged,
  maybeCharged,
}: Pick<Snapshot, 'unit' | 'charged' | 'maybeCharged'>): string | null {
  const spent = charged + maybeCharged;
  return spent === 0 ? null : i18n.t('recent.spent', { amount: priced(unit, spent, null) });
}

/** `2,450 accounts`. */
export function accountsText(rows: number): string {
  return i18n.t('amount.accounts', rows, { n: count(rows) });
}
