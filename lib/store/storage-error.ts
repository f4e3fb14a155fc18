/**
 * What can be wrong with the storage as a whole, told from what the browser throws. Each asks something else of the
 * user, so each has a sentence of its own.
 */
import { storageTroubles, type StorageTrouble } from '../model/error.ts';

/** Errors that say what they wrap: Dexie's `inner`, and `cause`. */
function wrapped(error: Error): unknown {
  if ('inner' in error && error.inner instanceof Error) return error.inner;
  // A DOMException is an Error in browsers; what wraps one may hold it as either.
  return error.cause;
}

function byName(name: string): StorageTrouble | null {
  switch (name) {
    case 'QuotaExceededError':
      return 'full';
    case 'VersionError':
      return 'newer';
    case 'UpgradeError':
      return 'upgrade';
    // A connection that the browser closed, and the transactions that this ended.
    case 'AbortError':
    case 'DatabaseClosedError':
    case 'InvalidStateError':
    case 'TransactionInactiveError':
      return 'closed';
    case 'UnknownError':
    case 'OpenFailedError':
    case 'NotFoundError':
    case 'NotReadableError':
    case 'DataError':
      return 'broken';
    default:
      return null;
  }
}

/**
 * The trouble that an error tells of; `null` when it is not the storage's doing. What is wrapped says more than what
 * wraps it: a transaction aborts because the disk is full.
 */
export function storageTroubleOf(error: unknown): StorageTrouble | null {
  let found: StorageTrouble | null = null;
  for (let current = error; current instanceof Error; current = wrapped(current)) {
    found = byName(current.name) ?? found;
  }
  return found;
}

/** Whether it may pass by itself, so that trying again makes sense without the user. */
export function mayPass(trouble: StorageTrouble): boolean {
  switch (trouble) {
    case 'full':
    case 'closed':
    case 'older-tab':
    case 'broken':
      return true;
    case 'outdated':
    case 'newer':
    case 'upgrade':
      return false;
  }
}

/** The trouble of a stored name; a name that is no trouble of the storage as a whole gives `null`. */
export function asStorageTrouble(name: string): StorageTrouble | null {
  return storageTroubles.find((trouble) => trouble === name) ?? null;
}
