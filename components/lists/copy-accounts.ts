import { i18n } from '#i18n';
import type { Reader } from '../../lib/lists/reader.ts';
import { count } from '../../lib/words/numbers.ts';
import { MOST_COPIED, tabSeparated } from './copy.ts';
import { isFollowField, type Field } from './fields.ts';

/**
 * Copies accounts to the clipboard.
 * @returns the result, as a sentence
 */
export async function copyAccounts(
  reader: Reader,
  positions: Uint32Array,
  fields: readonly Pick<Field, 'key'>[],
): Promise<string> {
  const some = positions.subarray(0, MOST_COPIED);
  const accounts = await reader.rows(some);
  const isDated = fields.some(({ key }) => isFollowField(key));
  const { times } = isDated
    ? await reader.followTimes(accounts.map(({ position }) => position))
    : { times: [] };
  await navigator.clipboard.writeText(tabSeparated(accounts, fields, times));
  const copied = i18n.t('list.copied', accounts.length, { n: count(accounts.length) });
  return positions.length > some.length ? `${copied} ${i18n.t('list.copied_most')}` : copied;
}
