import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildCopy } from './granted-hosts.ts';

/** In `storage.session`; while it is true, {@link withFullDisk}'s background can write nothing. */
export const DISK_IS_FULL = 'disk-is-full';

/** As the browser refuses what finds no room: no quota binds an extension that may store without limit. */
const FULL_DISK = `{
  let full = false;
  chrome.storage.session.onChanged.addListener((changes) => {
    if ('${DISK_IS_FULL}' in changes) full = changes['${DISK_IS_FULL}'].newValue === true;
  });
  for (const name of ['add', 'put']) {
    const write = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...args) {
      if (full) throw new DOMException('There is no room.', 'QuotaExceededError');
      return write.apply(this, args);
    };
  }
}
`;

/** Gives the background of a copy of a build a disk that a test can fill. Everything else is as built. */
export async function withFullDisk({ folder }: BuildCopy): Promise<void> {
  const path = join(folder, 'background.js');
  await writeFile(path, FULL_DISK + (await readFile(path, 'utf8')));
}
