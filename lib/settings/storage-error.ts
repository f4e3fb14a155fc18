/**
 * The background's storage error. It is saved in memory for the browser session, because the database may not be
 * available.
 */
import { storageErrors, type StorageError } from '../model/error.ts';
import { z } from '../zod.ts';
import { sessionValue } from './session-value.ts';

const stored = sessionValue('storage-error', z.enum(storageErrors));

export function saveStorageError(storageError: StorageError | null): Promise<void> {
  return storageError === null ? stored.remove() : stored.write(storageError);
}

/** The background's storage error; `null` if storage works. */
export async function readStorageError(): Promise<StorageError | null> {
  return (await stored.read()) ?? null;
}

/** Calls back with every change. @returns a function that stops this */
export function watchStorageError(changed: (storageError: StorageError | null) => void): () => void {
  return stored.watch((storageError) => {
    changed(storageError ?? null);
  });
}
