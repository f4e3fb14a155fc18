/**
 * Temporary files of exports in the origin private file system. Each has a Web Lock for as long as it is needed. The
 * browser releases the lock when the context ends, so a file without a lock is left over and can be removed.
 */

const FOLDER = 'exports';
const PART = '.part';
const POSITIONS = '.positions';
/** How long unread positions are kept, in milliseconds. They are left over if the export never starts. */
const POSITIONS_LIFETIME = 60_000;

async function exportsFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

function lockName(name: string): string {
  return `${FOLDER}/${name}`;
}

export interface Temporary {
  readonly name: string;
  readonly handle: FileSystemFileHandle;
  /** Removes the file and releases its lock. */
  remove(): Promise<void>;
}

/** Creates a file, locked until it is removed or this context ends. */
export async function createTemporary(): Promise<Temporary> {
  const name = `${crypto.randomUUID()}${PART}`;
  const held = Promise.withResolvers<undefined>();
  const release = Promise.withResolvers<undefined>();
  const lock = navigator.locks.request(lockName(name), async () => {
    held.resolve(undefined);
    await release.promise;
  });
  lock.catch(held.reject);
  await held.promise;
  const exports = await exportsFolder();
  try {
    const handle = await exports.getFileHandle(name, { create: true });
    return {
      name,
      handle,
      remove: async () => {
        try {
          await exports.removeEntry(name);
        } finally {
          release.resolve(undefined);
        }
      },
    };
  } catch (error) {
    release.resolve(undefined);
    throw error;
  }
}

/** Opens a file created by {@link createTemporary}, possibly in another context. */
export async function openTemporary(name: string): Promise<FileSystemFileHandle> {
  return (await exportsFolder()).getFileHandle(name);
}

/** Removes files without a lock, left over by a browser or a page that was closed during an export. */
export async function clearTemporaries(now: number): Promise<void> {
  const exports = await exportsFolder();
  const names: string[] = [];
  for await (const name of exports.keys()) names.push(name);
  for (const name of names) {
    await navigator.locks.request(lockName(name), { ifAvailable: true }, async (lock) => {
      if (
        lock === null ||
        (name.endsWith(POSITIONS) && now - (await changedAt(exports, name)) < POSITIONS_LIFETIME)
      )
        return;
      try {
        await exports.removeEntry(name);
      } catch (error) {
        // Another context removed it first, or it is still open. In the latter case, the next call removes it.
        if (!(error instanceof DOMException)) throw error;
        console.info('A temporary file could not be removed yet.', error.name);
      }
    });
  }
}

async function changedAt(exports: FileSystemDirectoryHandle, name: string): Promise<number> {
  const handle = await exports.getFileHandle(name);
  return (await handle.getFile()).lastModified;
}

/** Stores the positions of an export for the export document. They are too large for a message. */
export async function savePositions(id: string, positions: Uint32Array): Promise<void> {
  const handle = await (await exportsFolder()).getFileHandle(`${id}${POSITIONS}`, { create: true });
  const writable = await handle.createWritable();
  // Copied because the positions may be a view of a larger or a shared buffer.
  await writable.write(new Uint32Array(positions));
  await writable.close();
}

/** Reads and removes the stored positions. */
export async function takePositions(id: string): Promise<Uint32Array<ArrayBuffer>> {
  const exports = await exportsFolder();
  const name = `${id}${POSITIONS}`;
  const file = await (await exports.getFileHandle(name)).getFile();
  const positions = new Uint32Array(await file.arrayBuffer());
  await exports.removeEntry(name);
  return positions;
}
