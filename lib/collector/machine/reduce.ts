/**
 * Applies an event to a snapshot. Pure. A failed attempt that was charged, or may have been, is retried once
 * automatically; after that the user approves the price of another attempt.
 */
import type { Snapshot } from '../../model/snapshot.ts';
import { afterCommand } from './commands.ts';
import { afterCondition } from './conditions.ts';
import type { Event } from './events.ts';
import { afterRequest } from './responses.ts';

/** The snapshot after an event; the same object if the event changes nothing. */
export function reduce(snapshot: Snapshot, event: Event, now: number): Snapshot {
  const changed = after(snapshot, event, now);
  return changed === snapshot ? snapshot : { ...changed, updatedAt: now };
}

function after(snapshot: Snapshot, event: Event, now: number): Snapshot {
  switch (event.kind) {
    case 'sending':
    case 'resolved':
    case 'page':
    case 'filled':
    case 'failed':
    case 'interrupted':
    case 'resent':
      return afterRequest(snapshot, event, now);
    case 'finish':
    case 'joined':
    case 'limited':
    case 'approval-needed':
    case 'grant':
    case 'offline':
    case 'online':
    case 'blocked':
    case 'permitted':
    case 'storage-works':
      return afterCondition(snapshot, event, now);
    case 'pause':
    case 'resume':
    case 'stop':
    case 'confirm':
    case 'continue':
    case 'retry':
    case 'limit-changed':
      return afterCommand(snapshot, event, now);
  }
}
