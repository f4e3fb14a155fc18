/** The pages that the sidebar links to, in order. A page is one file and one line here. */
import { lazy } from 'react';
import { i18n } from '#i18n';
import type { DashboardPage } from './page.ts';

export const PAGES: readonly DashboardPage[] = [
  { key: 'compare', title: () => i18n.t('compare.title'), Content: lazy(() => import('./ComparePage.tsx')) },
  { key: 'find', title: () => i18n.t('find.title'), Content: lazy(() => import('./FindPage.tsx')) },
  { key: 'many', title: () => i18n.t('many.title'), Content: lazy(() => import('./ManyPage.tsx')) },
  { key: 'queue', title: () => i18n.t('queue.title'), Content: lazy(() => import('./QueuePage.tsx')) },
  { key: 'watched', title: () => i18n.t('watch.title'), Content: lazy(() => import('./WatchedPage.tsx')) },
  {
    key: 'spending',
    title: () => i18n.t('spending.title'),
    Content: lazy(() => import('../SpendingHistory.tsx').then((file) => ({ default: file.SpendingHistory }))),
  },
  { key: 'trash', title: () => i18n.t('trash.title'), Content: lazy(() => import('./TrashPage.tsx')) },
];
