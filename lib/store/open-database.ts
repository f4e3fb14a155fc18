/**
 * Opens the database, and reports what prevents that. Dexie alone would wait silently for an older tab, and would use the
 * tables of a newer version.
 */
import type { StorageError } from '../model/error.ts';
import { storageErrorOf } from './storage-error.ts';

/** If another context's request to open is blocked, ours waits without an event. It is reported after this time. Milliseconds. */
const REPORT_AFTER = 5_000;

/** Called with what prevents the database from being opened; with `null` when nothing does. */
export type ReportStorageError = (storageError: StorageError | null) => void;

/** Why a request to open failed. */
function openingErrorOf(error: DOMException | null, upgrading: boolean): StorageError {
  const storageError = storageErrorOf(error);
  if (storageError === 'newer' || storageError === 'full') return storageError;
  return upgrading ? 'upgrade' : 'broken';
}

/**
 * An IndexedDB that opens one version and no other, and reports errors. After a version error, Dexie opens the database
 * without a version; this fails again, so that the tables of a newer version stay untouched.
 * @param version the native version, ten times Dexie's
 */
export function watchedFactory(real: IDBFactory, version: number, report: ReportStorageError): IDBFactory {
  return {
    cmp: (a, b) => real.cmp(a, b),
    databases: () => real.databases(),
    deleteDatabase: (name) => real.deleteDatabase(name),
    open: (name, requested = version) => {
      const request = real.open(name, requested);
      let upgrading = false;
      const unanswered = setTimeout(() => {
        report('older-tab');
      }, REPORT_AFTER);
      request.addEventListener('blocked', () => {
        report('older-tab');
      });
      request.addEventListener('upgradeneeded', ({ oldVersion }) => {
        clearTimeout(unanswered);
        upgrading = oldVersion > 0;
        report(null);
      });
      request.addEventListener('success', () => {
        clearTimeout(unanswered);
        report(null);
      });
      request.addEventListener('error', () => {
        clearTimeout(unanswered);
        report(openingErrorOf(request.error, upgrading));
      });
      return request;
    },
  };
}
