/** Notification text: a run ended or needs the user. It contains only the handle and the state. */
import { isSample, type Snapshot } from '../model/snapshot.ts';
import { i18n } from '#i18n';
import { outcomeName } from './names.ts';
import { count } from './numbers.ts';
import { day } from './times.ts';

export interface Notification {
  /** When it happened, epoch milliseconds. The list and this time identify a notification. */
  readonly at: number;
  readonly title: string;
  readonly message: string;
}

/** `312 new since 21 Nov`. */
function updatedMessage({ update, endedAt, updatedAt }: Snapshot): string {
  const newAccounts = update?.joined?.newAccounts ?? 0;
  const time = day(update?.baseStartedAt ?? updatedAt, endedAt ?? updatedAt);
  return i18n.t('notice.updated', newAccounts, { n: count(newAccounts), time });
}

function messageOf(snapshot: Snapshot): string | null {
  const { state } = snapshot;
  switch (state.kind) {
    case 'ended':
      if (state.outcome.kind === 'updated') return updatedMessage(snapshot);
      // The user stopped it.
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

/** The notification of a batch of which nothing continues by itself any more. */
export function batchNotification(done: number, of: number, needAttention: number, at: number): Notification {
  const attention =
    needAttention === 0 ? [] : [i18n.t('notice.batch_attention', needAttention, { n: count(needAttention) })];
  return {
    at,
    title: i18n.t('many.title'),
    message: [i18n.t('many.done', { n: count(done), of: count(of) }), ...attention].join(' · '),
  };
}

/** The reminder of a watched list that is due. @param at when it became due, epoch milliseconds */
export function reminderOf({ handle }: Pick<Snapshot, 'handle'>, at: number): Notification {
  return { at, title: i18n.t('notice.title', { handle }), message: i18n.t('notice.due') };
}

/** The notification for a snapshot's current state; `null` if there is none. */
export function notificationFor(snapshot: Snapshot): Notification | null {
  // A batch has one notification for all of its runs.
  const message = isSample(snapshot) || snapshot.batch !== undefined ? null : messageOf(snapshot);
  if (message === null) return null;
  const { handle, state, endedAt, updatedAt } = snapshot;
  return {
    at: state.kind === 'ended' ? (endedAt ?? updatedAt) : updatedAt,
    title: i18n.t('notice.title', { handle }),
    message,
  };
}
