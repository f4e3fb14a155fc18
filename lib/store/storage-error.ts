/**
 * What can be wrong with the storage as a whole, determined from the browser's errors. Each kind requires a different
 * action by the user, so each has its own message.
 */
import { storageErrors, type StorageError } from '../model/error.ts';

/** The error that another one wraps: Dexie's `inner`, or `cause`. */
function wrapped(error: Error): unknown {
  if ('inner' in error && error.inner instanceof Error) return error.inner;
  // A DOMException is an Error in browsers, and may be in either property.
  return error.cause;
}

function byName(name: string): StorageError | null {
  switch (name) {
    case 'QuotaExceededError':
      return 'full';
    case 'VersionError':
      return 'newer';
    case 'UpgradeError':
      return 'upgrade';
    // The browser closed the connection, which aborted its transactions.
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
 * The storage error that caused an error; `null` if none did. A wrapped error is more specific than the error that wraps
 * it: a transaction aborts because the disk is full.
 */
export function storageErrorOf(error: unknown): StorageError | null {
  let found: StorageError | null = null;
  for (let current = error; current instanceof Error; current = wrapped(current)) {
    found = byName(current.name) ?? found;
  }
  return found;
}

/** Whether it may disappear by itself, so that a retry makes sense without an action by the user. */
export function mayPass(storageError: StorageError): boolean {
  switch (storageError) {
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

/** The storage error with a stored name; `null` if no storage error has that name. */
export function asStorageError(name: string): StorageError | null {
  return storageErrors.find((storageError) => storageError === name) ?? null;
}
