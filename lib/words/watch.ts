/** How often a list is updated, in words. */
import type { Interval } from '../model/watch.ts';
import { i18n } from '#i18n';

export function intervalName(every: Interval): string {
  switch (every) {
    case 'day':
      return i18n.t('watch.day');
    case 'week':
      return i18n.t('watch.week');
    case 'month':
      return i18n.t('watch.month');
  }
}
