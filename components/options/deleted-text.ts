/** The message after everything was deleted: what storage the browser still reports, and why. */
import { i18n } from '#i18n';
import { bytesText } from '../../lib/words/sizes.ts';
import { isMoreThanEmpty, type StorageFigures } from '../hooks/storage-figures.ts';

/** @param figures the browser's figures after the deletion; `null` if it reports none */
export function deletedText(figures: StorageFigures | null): string {
  const done = i18n.t('everything.done');
  if (figures === null) return done;
  const { data, code } = figures;
  const size = bytesText(data);
  return [
    done,
    ...(isMoreThanEmpty(figures) ? [i18n.t('everything.left_over', { size })] : []),
    ...(code === null && !isMoreThanEmpty(figures) ? [i18n.t('everything.empty', { size })] : []),
    ...(code === null ? [] : [i18n.t('everything.code', { size: bytesText(code) })]),
  ].join(' ');
}
