/**
 * Files of ours in the origin private file system, on their way to the user. Each is held by a Web Lock for as long as
 * somebody needs it; the browser frees the lock of whoever dies. So a file that nobody holds is left over.
 */

const FOLDER = 'exports';
const PART = '.part';
const POSITIONS = '.positions';
/** A page may be gone before what it asked for is taken up: its positions wait so long for being read. */
const POSITIONS_WAIT = 60_000;

async function folder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

function lockOf(name: string): string {
  return `${FOLDER}/${name}`;
}

export interface Temporary {
  readonly name: string;
  readonly handle: FileSystemFileHandle;
  /** Removes the file and lets go of it. */
  remove(): Promise<void>;
}

/** Makes a file, held until it is removed or this context ends. */
export async function createTemporary(): Promise<Temporary> {
  const name = `${crypto.randomUUID()}${PART}`;
  const held = Promise.withResolvers<undefined>();
  const release = Promise.withResolvers<undefined>();
  const lock = navigator.locks.request(lockOf(name), async () => {
    held.resolve(undefined);
    await release.promise;
  });
  lock.catch(held.reject);
  await held.promise;
  const exports = await folder();
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

/** A file made by {@link createTemporary}, perhaps in another context. */
export async function openTemporary(name: string): Promise<FileSystemFileHandle> {
  return (await folder()).getFileHandle(name);
}

/** Removes what nobody holds: left over by a browser or a page that ended in the middle. */
export async function clearTemporaries(now: number): Promise<void> {
  const exports = await folder();
  const names: string[] = [];
  for await (const name of exports.keys()) names.push(name);
  for (const name of names) {
    await navigator.locks.request(lockOf(name), { ifAvailable: true }, async (lock) => {
      if (
        lock === null ||
        (name.endsWith(POSITIONS) && now - (await changedAt(exports, name)) < POSITIONS_WAIT)
      )
        return;
      try {
        await exports.removeEntry(name);
      } catch (error) {
        // Another context cleared it first, or the system still has it open: then the next clearing takes it.
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

/** Leaves the positions of an export for whoever writes it: too many for a message. */
export async function savePositions(id: string, positions: Uint32Array): Promise<void> {
  const handle = await (await folder()).getFileHandle(`${id}${POSITIONS}`, { create: true });
  const writable = await handle.createWritable();
  // A copy: the positions may be a part of something larger, or shared.
  await writable.write(new Uint32Array(positions));
  await writable.close();
}

/** Takes the positions that were left, and removes them. */
export async function takePositions(id: string): Promise<Uint32Array<ArrayBuffer>> {
  const exports = await folder();
  const name = `${id}${POSITIONS}`;
  const file = await (await exports.getFileHandle(name)).getFile();
  const positions = new Uint32Array(await file.arrayBuffer());
  await exports.removeEntry(name);
  return positions;
}
