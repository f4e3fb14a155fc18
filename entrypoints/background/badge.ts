/** The toolbar's badge. */
import { browser } from 'wxt/browser';
import { expectedEnd } from '../../lib/collector/expected-end.ts';
import { readStorageError } from '../../lib/settings/storage-error.ts';
import type { SnapshotIndex } from '../../lib/store/snapshot-index.ts';
import { badgeFor } from '../../lib/words/badge.ts';
import { factsOf } from '../../lib/words/run-facts.ts';
import { createBadgeLists } from './badge-lists.ts';
import { providerName } from './page-view.ts';

const BADGE_COLORS = {
  busy: '#0B6B5E',
  done: '#1E6E34',
  partial: '#7A5200',
  waiting: '#7A5200',
  error: '#B3261E',
} as const;

async function showBadge(text: string, tone: keyof typeof BADGE_COLORS | null): Promise<void> {
  await browser.action.setBadgeText({ text });
  if (tone !== null) await browser.action.setBadgeBackgroundColor({ color: BADGE_COLORS[tone] });
}

export interface Badge {
  /** Shows the current state of all lists, or that the storage does not work. */
  readonly refresh: () => Promise<void>;
  /** Makes the next refresh read all lists. */
  readonly invalidate: () => void;
}

export function createBadge(index: Pick<SnapshotIndex, 'parts' | 'some' | 'watch'>): Badge {
  const lists = createBadgeLists(index);
  let latestRefresh = 0;

  async function refresh(): Promise<void> {
    const now = Date.now();
    latestRefresh += 1;
    const thisRefresh = latestRefresh;
    if ((await readStorageError()) !== null) {
      await showBadge('!', 'error');
      return;
    }
    const facts = (await lists.read()).map((snapshot) =>
      factsOf(snapshot, providerName(snapshot), expectedEnd(snapshot, now)),
    );
    // While the lists were read, a later refresh may have found that the storage does not work.
    if (thisRefresh !== latestRefresh) return;
    const badge = badgeFor(facts, now);
    await showBadge(badge?.text ?? '', badge?.tone ?? null);
  }

  return { refresh, invalidate: lists.invalidate };
}
