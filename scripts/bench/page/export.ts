/** The floor and the baseline of exports. */
import type { Account } from '../../../lib/model/account.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { Store } from '../../../lib/store/index.ts';
import { requestResult, opened } from './raw.ts';

/** The number of pages per read. */
const AT_ONCE = 16;
const CHUNK = 1_000_000;
const FILE = 'floor-export';

/**
 * Reads every page of a list and writes the given number of bytes to a private file at the same pace.
 * @returns milliseconds
 */
export async function floorExport(id: SnapshotId, bytes: number): Promise<number> {
  const database = await opened('followledger');
  const root = await navigator.storage.getDirectory();
  const began = performance.now();
  const pages = database.transaction('pages').objectStore('pages');
  const count = await requestResult(pages.count(IDBKeyRange.bound([id, 0], [id, Infinity])));
  const writable = await (await root.getFileHandle(FILE, { create: true })).createWritable();
  const chunk = new Uint8Array(CHUNK).fill(0x61);
  let written = 0;
  for (let seq = 0; seq < count; seq += AT_ONCE) {
    const range = IDBKeyRange.bound([id, seq], [id, seq + AT_ONCE], false, true);
    const read: unknown[] = await requestResult(
      database.transaction('pages').objectStore('pages').getAll(range),
    );
    const due = Math.round((bytes * Math.min(count, seq + read.length)) / count);
    while (due - written >= CHUNK) {
      await writable.write(chunk);
      written += CHUNK;
    }
  }
  await writable.write(chunk.subarray(0, bytes - written));
  await writable.close();
  const took = performance.now() - began;
  await root.removeEntry(FILE);
  database.close();
  return took;
}

export type PlainFormat = 'csv' | 'json' | 'ndjson';

function quoted(value: Account[keyof Account]): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function cellsOf(account: Account): Account[keyof Account][] {
  return Object.values<Account[keyof Account]>({ ...account });
}

function asOneString(accounts: readonly Account[], format: PlainFormat): string {
  switch (format) {
    case 'csv':
      return accounts.map((account) => cellsOf(account).map(quoted).join(',')).join('\r\n');
    case 'json':
      return JSON.stringify(accounts, null, 2);
    case 'ndjson':
      return accounts.map((account) => JSON.stringify(account)).join('\n');
  }
}

/** Reads all accounts into memory, creates the file as one string, and downloads it. Reads our pages, which is faster. */
export async function baselineExport(store: Store, id: SnapshotId, format: PlainFormat): Promise<void> {
  const accounts: Account[] = [];
  for (let seq = 0; ; seq += AT_ONCE) {
    const pages = await store.pages.read(id, seq, AT_ONCE);
    for (const page of pages) accounts.push(...page.accounts);
    if (pages.length < AT_ONCE) break;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([asOneString(accounts, format)]));
  link.download = `baseline.${format}`;
  link.click();
}
