/** What a notification tells of a run: that it ended, or needs a decision. Never more than the handle and the state. */
import { isSample, type Snapshot } from '../model/snapshot.ts';
import { i18n } from '#i18n';
import { outcomeName } from './names.ts';

export interface News {
  /** When it happened, epoch milliseconds: with the list, what tells one piece of news from another. */
  readonly at: number;
  readonly title: string;
  readonly message: string;
}

function messageOf({ state }: Snapshot): string | null {
  switch (state.kind) {
    case 'ended':
      // Who stopped it knows.
      return state.outcome.kind === 'stopped' ? null : outcomeName(state.outcome);
    case 'confirming':
      return i18n.t('notice.confirming');
    case 'blocked':
      return state.trouble.kind === 'lost-answers' ? i18n.t('notice.lost') : i18n.t('notice.blocked');
    case 'queued':
    case 'resolving':
    case 'running':
    case 'waiting':
    case 'paused':
      return null;
  }
}

/** What there is to tell of a snapshot as it stands; `null` for nothing. */
export function newsOf(snapshot: Snapshot): News | null {
  const message = isSample(snapshot) ? null : messageOf(snapshot);
  if (message === null) return null;
  const { handle, state, endedAt, updatedAt } = snapshot;
  return {
    at: state.kind === 'ended' ? (endedAt ?? updatedAt) : updatedAt,
    title: i18n.t('notice.title', { handle }),
    message,
  };
}
