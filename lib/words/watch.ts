/** How often a list is updated, and why it isn't, in words. */
import type { Interval, Obstacle } from '../model/watch.ts';
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

/** Why a watched list that is due is not updated: the end of a sentence. */
export function obstacleText(obstacle: Obstacle): string {
  switch (obstacle) {
    case 'no-list':
      return i18n.t('watch.obstacle.no_list');
    case 'no-key':
      return i18n.t('watch.obstacle.no_key');
    case 'locked':
      return i18n.t('watch.obstacle.locked');
    case 'no-limit':
      return i18n.t('watch.obstacle.no_limit');
    case 'monthly':
      return i18n.t('watch.obstacle.monthly');
    case 'allowance':
      return i18n.t('watch.obstacle.allowance');
  }
}
