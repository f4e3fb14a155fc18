/**
 * Opening the database, and telling what is in its way. A library that opens it would wait in silence for an older
 * tab, and would take a newer version's tables for its own.
 */
import type { StorageTrouble } from '../model/error.ts';
import { storageTroubleOf } from './storage-error.ts';

/** Behind another's request that waits, ours waits without an event: after so many milliseconds it is said all the same. */
const SILENT = 5_000;

/** Told of what stands in the way of the database; `null` when nothing does (any more). */
export type ReportTrouble = (trouble: StorageTrouble | null) => void;

/** What a failed request to open says. */
function troubleOfOpening(error: DOMException | null, upgrading: boolean): StorageTrouble {
  const trouble = storageTroubleOf(error);
  if (trouble === 'newer' || trouble === 'full') return trouble;
  return upgrading ? 'upgrade' : 'broken';
}

/**
 * An IndexedDB that opens one version and no other, and tells how that goes. Asked to open without a version, as Dexie
 * does after it was refused a lower one, it refuses again: what a newer version stored is left alone.
 * @param version the native version, ten times Dexie's
 */
export function watchedFactory(real: IDBFactory, version: number, tell: ReportTrouble): IDBFactory {
  return {
    cmp: (a, b) => real.cmp(a, b),
    databases: () => real.databases(),
    deleteDatabase: (name) => real.deleteDatabase(name),
    open: (name, asked = version) => {
      const request = real.open(name, asked);
      let upgrading = false;
      const silent = setTimeout(() => {
        tell('older-tab');
      }, SILENT);
      request.addEventListener('blocked', () => {
        tell('older-tab');
      });
      request.addEventListener('upgradeneeded', ({ oldVersion }) => {
        clearTimeout(silent);
        upgrading = oldVersion > 0;
        tell(null);
      });
      request.addEventListener('success', () => {
        clearTimeout(silent);
        tell(null);
      });
      request.addEventListener('error', () => {
        clearTimeout(silent);
        tell(troubleOfOpening(request.error, upgrading));
      });
      return request;
    },
  };
}
