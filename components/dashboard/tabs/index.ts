/** The tabs of a list, in order. A tab is one file and one line here. */
import { lazy } from 'react';
import { i18n } from '#i18n';
import type { Tab } from './tab.ts';

export const TABS: readonly [Tab, ...Tab[]] = [
  { key: 'accounts', title: () => i18n.t('tab.accounts'), Content: lazy(() => import('./AccountsTab.tsx')) },
  { key: 'audience', title: () => i18n.t('tab.audience'), Content: lazy(() => import('./AudienceTab.tsx')) },
  { key: 'changes', title: () => i18n.t('tab.changes'), Content: lazy(() => import('./ChangesTab.tsx')) },
  { key: 'receipt', title: () => i18n.t('tab.receipt'), Content: lazy(() => import('./ReceiptTab.tsx')) },
];
