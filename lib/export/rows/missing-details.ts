/** Counts the accounts of which a file contains only the ID. */
import type { WithoutDetails } from '../../model/snapshot.ts';
import { detailNames, type AccountColumns } from '../../store/columns.ts';
import type { Batch } from './batch.ts';

/** Whether nothing but the ID of an account is known. */
export function isIdOnly(accounts: AccountColumns, row: number): boolean {
  return detailNames.every((name) => (accounts[name]?.[row] ?? null) === null);
}

/** Counts the accounts of a file, batch by batch. */
export class DetailCount implements WithoutDetails {
  idsOnly = 0;
  unavailable = 0;

  add({ accounts }: Batch): void {
    for (let row = 0; row < accounts.id.length; row += 1) {
      // Nearly all accounts have a handle. For them, no other field has to be checked.
      if ((accounts.handle?.[row] ?? null) !== null || !isIdOnly(accounts, row)) continue;
      this.idsOnly += 1;
      if (accounts.unavailable?.[row] === true) this.unavailable += 1;
    }
  }

  counts(): WithoutDetails {
    const { idsOnly, unavailable } = this;
    return { idsOnly, unavailable };
  }
}
