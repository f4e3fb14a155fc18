/** Messages about backups and restores. */
import { i18n } from '#i18n';
import { count } from './numbers.ts';

export type BackupRefusal = 'not-a-backup' | 'newer' | 'damaged' | 'too-large' | 'busy' | 'changed';

export type BackupFault =
  'cut-off' | 'bad-gzip' | 'not-utf8' | 'not-json' | 'unknown-line' | 'out-of-place' | 'altered';

/** What is wrong with a damaged file. @param line the number of the invalid line, from 1 */
export function faultMessage(fault: BackupFault, line: number | null): string {
  const at = { line: count(line ?? 1) };
  switch (fault) {
    case 'cut-off':
      return i18n.t('backup.fault_cut_off');
    case 'bad-gzip':
      return i18n.t('backup.fault_bad_gzip', at);
    case 'not-utf8':
      return i18n.t('backup.fault_not_utf8', at);
    case 'not-json':
      return i18n.t('backup.fault_not_json', at);
    case 'unknown-line':
      return i18n.t('backup.fault_unknown_line', at);
    case 'out-of-place':
      return i18n.t('backup.fault_out_of_place', at);
    case 'altered':
      return i18n.t('backup.fault_altered', at);
  }
}

/** Why a file was not restored. */
export function refusalMessage(refusal: BackupRefusal): string {
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
  readonly blocked: number;
  readonly preferences: unknown;
}

/** What was added, what was stored before, what was kept twice, and what the user can do next. */
export function restoredMessages(facts: RestoredFacts): string {
  const { added, continued, present, keptTwice, requests, paused, blocked, preferences } = facts;
  const parts = [i18n.t('backup.added', added, { n: count(added) })];
  if (continued > 0) parts.push(i18n.t('backup.continued', continued, { n: count(continued) }));
  if (present > 0) parts.push(i18n.t('backup.present', present, { n: count(present) }));
  if (keptTwice > 0) parts.push(i18n.t('backup.kept_twice', keptTwice, { n: count(keptTwice) }));
  if (paused > 0) parts.push(i18n.t('backup.paused', paused, { n: count(paused) }));
  if (blocked > 0) parts.push(i18n.t('backup.blocked', blocked, { n: count(blocked) }));
  if (requests > 0) parts.push(i18n.t('backup.requests', requests, { n: count(requests) }));
  if (preferences !== null) parts.push(i18n.t('backup.preferences'));
  return parts.join(' ');
}
