/** What the user's commands change in a snapshot. */
import { countedSpending, hasEnded, type Snapshot } from '../../model/snapshot.ts';
import type { CommandEvent } from './events.ts';
import {
  continuing,
  ended,
  waitingAgain,
  lossesBeforeOneMore,
  released,
  withUnconfirmedId,
} from './state.ts';

type EventOf<K extends CommandEvent['kind']> = Extract<CommandEvent, { readonly kind: K }>;

export function afterCommand(snapshot: Snapshot, event: CommandEvent, now: number): Snapshot {
  const { state } = snapshot;
  switch (event.kind) {
    case 'pause':
      return state.kind === 'ended' || state.kind === 'confirming'
        ? snapshot
        : { ...snapshot, state: { kind: 'paused' } };
    case 'resume':
      return state.kind === 'paused' || state.kind === 'blocked' || state.kind === 'waiting'
        ? resumed(snapshot)
        : snapshot;
    case 'stop':
      return state.kind === 'ended' ? snapshot : ended(snapshot, { kind: 'stopped' }, now);
    case 'confirm':
      return state.kind === 'confirming' ? confirmed(snapshot, event) : snapshot;
    case 'continue':
      return state.kind === 'ended' &&
        state.outcome.kind !== 'complete' &&
        state.outcome.kind !== 'ended-early' &&
        state.outcome.kind !== 'updated'
        ? continued(snapshot, event)
        : snapshot;
    case 'retry':
      return retried(snapshot, event.cap);
    case 'limit-changed':
      return withLimit(snapshot, event.cap);
  }
}

function retried(snapshot: Snapshot, cap: number): Snapshot {
  const { state } = snapshot;
  const approved = { ...snapshot, cap, confirmed: true };
  if (state.kind === 'blocked' || state.kind === 'confirming') return resumed(approved);
  if (!hasEnded(state) || ['complete', 'ended-early', 'updated'].includes(state.outcome.kind))
    return snapshot;
  // The requested number of accounts is there.
  if (state.outcome.kind === 'capped' && state.outcome.by === 'rows') return snapshot;
  const unconfirmed = withUnconfirmedId(approved);
  const ending = snapshot.ending?.kind === 'updated' ? snapshot.ending : null;
  return { ...unconfirmed, ...FROM_THE_LAST_PAGE, ending, state: waitingAgain(unconfirmed) };
}

/** What ended because of the shared limit continues with a higher one. */
function withLimit(snapshot: Snapshot, cap: number): Snapshot {
  const { state } = snapshot;
  if (!hasEnded(state)) return { ...snapshot, cap, confirmed: true };
  const isLimited = state.outcome.kind === 'capped' && state.outcome.by === 'shared';
  return isLimited && cap > snapshot.cap ? retried(snapshot, cap) : snapshot;
}

/** A list that ended continues as if it had not. */
const FROM_THE_LAST_PAGE = {
  endedAt: null,
  openedAt: null,
  losses: 0,
  attempt: 0,
  pagesWithoutNew: 0,
  ending: null,
} as const;

function resumed(snapshot: Snapshot): Snapshot {
  const { state } = snapshot;
  return {
    ...withUnconfirmedId(state.kind === 'waiting' ? snapshot : released(snapshot)),
    losses: lossesBeforeOneMore(snapshot),
    attempt: 0,
    state: waitingAgain(withUnconfirmedId(snapshot)),
  };
}

function confirmed(
  snapshot: Snapshot,
  { howMany, cap, estimate, lookUp, check = false }: EventOf<'confirm'>,
): Snapshot {
  return {
    ...snapshot,
    howMany,
    cap,
    estimate,
    // Approving the lookup alone does not approve the price that it will return.
    confirmed: !check && (snapshot.resolvedAt !== null || cap - countedSpending(snapshot) > lookUp),
    // A checked price is always approved by the user, so it no longer counts against the allowance of page buttons.
    startedFrom: check ? 'own' : snapshot.startedFrom,
    losses: lossesBeforeOneMore(snapshot),
    state: continuing(snapshot),
  };
}

function continued(
  snapshot: Snapshot,
  { howMany, cap, estimate, needsApproval }: EventOf<'continue'>,
): Snapshot {
  // The user approves a limit of its own.
  const { budget: _, ...unconfirmed } = withUnconfirmedId(snapshot);
  return {
    ...unconfirmed,
    ...FROM_THE_LAST_PAGE,
    howMany,
    cap,
    estimate,
    confirmed: !needsApproval,
    // An update that was stopped when it had reached the known accounts only has to be joined with them.
    ending: snapshot.ending?.kind === 'updated' ? snapshot.ending : null,
    state: needsApproval ? { kind: 'confirming' } : continuing(unconfirmed),
  };
}
