import { i18n } from '#i18n';
import type { Batch } from '../../../lib/model/batch.ts';
import { platformName, relationTitle } from '../../../lib/words/names.ts';
import { count } from '../../../lib/words/numbers.ts';
import { listTime } from '../../../lib/words/times.ts';

/** `100 profiles · Followers · X · 30 Nov, 20:10` */
export function batchTitle({ lines, relation, platform, createdAt }: Batch, now: number): string {
  return [
    i18n.t('many.n_profiles', lines.length, { n: count(lines.length) }),
    relationTitle(relation),
    platformName(platform),
    listTime(createdAt, now),
  ].join(' · ');
}
