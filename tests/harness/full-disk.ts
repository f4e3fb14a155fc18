import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildCopy } from './granted-hosts.ts';

/** In `storage.session`. While it is true, the background of {@link withFullDisk} cannot write anything. */
export const DISK_IS_FULL = 'disk-is-full';

/** Fails like the browser's own writes without free space: no quota applies to an extension with unlimited storage. */
const FULL_DISK = `{
  let full = false;
  chrome.storage.session.onChanged.addListener((changes) => {
    if ('${DISK_IS_FULL}' in changes) full = changes['${DISK_IS_FULL}'].newValue === true;
  });
  for (const name of ['add', 'put']) {
    const write = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...args) {
      if (full) throw new DOMException('There is no free space.', 'QuotaExceededError');
      return write.apply(this, args);
    };
  }
}
`;

/** Gives the background of a copied build a disk that a test can fill. Everything else is as built. */
export async function withFullDisk({ folder }: BuildCopy): Promise<void> {
  const path = join(folder, 'background.js');
  await writeFile(path, FULL_DISK + (await readFile(path, 'utf8')));
}
