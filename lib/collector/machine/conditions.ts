/** What limits, the connection, permissions, and the storage change in a snapshot. */
import type { Snapshot } from '../../model/snapshot.ts';
import type { ConditionEvent, JoinedEvent } from './events.ts';
import {
  continuing,
  ended,
  isActive,
  isLive,
  isOneClick,
  outcomeAtEnd,
  released,
  waitingAgain,
} from './state.ts';

export function afterCondition(snapshot: Snapshot, event: ConditionEvent, now: number): Snapshot {
  switch (event.kind) {
    case 'finish':
    case 'limited':
    case 'approval-needed':
    case 'grant':
    case 'offline':
      return isLive(snapshot.state) ? ofLiveRun(snapshot, event, now) : snapshot;
    case 'joined':
      return isLive(snapshot.state) ? joined(snapshot, event, now) : snapshot;
    case 'blocked':
      return blocked(snapshot, event, now);
    case 'online':
    case 'permitted':
    case 'storage-works':
      return continued(snapshot, event);
  }
}

type LiveEvent = Extract<
  ConditionEvent,
  { readonly kind: 'finish' | 'limited' | 'approval-needed' | 'grant' | 'offline' }
>;

function ofLiveRun(snapshot: Snapshot, event: LiveEvent, now: number): Snapshot {
  switch (event.kind) {
    case 'finish':
      return ended(snapshot, snapshot.ending ?? outcomeAtEnd(snapshot), now);
    case 'limited':
      return ended(snapshot, { kind: 'capped', by: event.by }, now);
    case 'approval-needed':
      return { ...snapshot, state: { kind: 'confirming' } };
    case 'grant':
      return isOneClick(snapshot) ? { ...snapshot, cap: event.cap } : snapshot;
    case 'offline': {
      const { attempt } = snapshot;
      const runError = { kind: 'offline' } as const;
      return { ...snapshot, state: { kind: 'waiting', until: now + event.wait, attempt, trouble: runError } };
    }
  }
}

/** From now on, the list counts the accounts of the earlier one as well. */
function joined(snapshot: Snapshot, { newAccounts, totals }: JoinedEvent, now: number): Snapshot {
  const { update, withoutDetails: _, ...current } = snapshot;
  if (update?.joined !== null) return snapshot;
  const { pages, rows, filled } = totals;
  const whole: Snapshot = {
    ...current,
    pages: snapshot.pages + pages,
    rows: snapshot.rows + rows,
    filled: snapshot.filled + filled,
    update: { ...update, joined: { newAccounts, ...totals } },
  };
  return ended(whole, { kind: 'updated' }, now);
}

/** A storage error stops only active runs: others must not start when the storage works again. */
function blocked(
  snapshot: Snapshot,
  { trouble: runError }: Extract<ConditionEvent, { readonly kind: 'blocked' }>,
  now: number,
): Snapshot {
  const isStopped = runError.kind === 'storage' ? isActive(snapshot, now) : isLive(snapshot.state);
  return isStopped ? { ...snapshot, state: { kind: 'blocked', trouble: runError } } : snapshot;
}

/** The obstacle is gone: runs that it stopped continue. Unlike after a user's command, their losses stay counted. */
function continued(
  snapshot: Snapshot,
  { kind }: Extract<ConditionEvent, { readonly kind: 'online' | 'permitted' | 'storage-works' }>,
): Snapshot {
  const { state } = snapshot;
  const runError = state.kind === 'blocked' || state.kind === 'waiting' ? state.trouble.kind : null;
  switch (kind) {
    case 'online':
      return state.kind === 'waiting' && runError === 'offline'
        ? { ...snapshot, state: continuing(snapshot) }
        : snapshot;
    case 'permitted':
      return state.kind === 'blocked' && runError === 'no-permission'
        ? { ...released(snapshot), state: waitingAgain(snapshot) }
        : snapshot;
    case 'storage-works':
      return state.kind === 'blocked' && runError === 'storage'
        ? { ...released(snapshot), state: waitingAgain(snapshot) }
        : snapshot;
  }
}
