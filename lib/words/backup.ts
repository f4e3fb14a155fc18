/** What a backup and a restore did, in sentences. */
import { i18n } from '#i18n';
import { count } from './numbers.ts';

export type BackupRefusal = 'not-a-backup' | 'newer' | 'damaged' | 'too-large' | 'busy' | 'changed';

/** Why a file was not restored. */
export function refusalSentence(refusal: BackupRefusal): string {
  switch (refusal) {
    case 'not-a-backup':
      return i18n.t('backup.not_a_backup');
    case 'newer':
      return i18n.t('backup.newer');
    case 'damaged':
      return i18n.t('backup.damaged');
    case 'too-large':
      return i18n.t('backup.too_large');
    case 'busy':
      return i18n.t('backup.busy');
    case 'changed':
      return i18n.t('backup.changed');
  }
}

export interface RestoredFacts {
  readonly added: number;
  readonly continued: number;
  readonly present: number;
  readonly keptTwice: number;
  readonly requests: number;
  readonly paused: number;
  readonly preferences: unknown;
}

/** What was added, what was there already, what was kept twice, and what is to be done next. */
export function restoredSentences(facts: RestoredFacts): string {
  const { added, continued, present, keptTwice, requests, paused, preferences } = facts;
  const parts = [i18n.t('backup.added', added, { n: count(added) })];
  if (continued > 0) parts.push(i18n.t('backup.continued', continued, { n: count(continued) }));
  if (present > 0) parts.push(i18n.t('backup.present', present, { n: count(present) }));
  if (keptTwice > 0) parts.push(i18n.t('backup.kept_twice', keptTwice, { n: count(keptTwice) }));
  if (paused > 0) parts.push(i18n.t('backup.paused', paused, { n: count(paused) }));
  if (requests > 0) parts.push(i18n.t('backup.requests', requests, { n: count(requests) }));
  if (preferences !== null) parts.push(i18n.t('backup.preferences'));
  return parts.join(' ');
}
