/**
 * Bytes to a file of the user's with flat memory: written to the origin private file system first, then downloaded
 * from there. Blob parts would hold the whole file in memory. Needs a document.
 */

const FOLDER = 'exports';
/** A download of ours has begun long before; what is older is left over. */
const LEFT_OVER_AFTER = 10 * 60_000;

async function folder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

/** Removes files of earlier exports. A file that a download is still reading from stays. */
export async function clearExports(now: number): Promise<void> {
  const exports = await folder();
  for await (const [name, handle] of exports.entries()) {
    if (handle.kind !== 'file' || !('getFile' in handle)) continue;
    const { lastModified } = await handle.getFile();
    if (now - lastModified > LEFT_OVER_AFTER) await exports.removeEntry(name);
  }
}

export interface SaveOptions {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: AsyncIterable<Uint8Array<ArrayBuffer>>;
  readonly signal: AbortSignal;
}

/**
 * Writes the bytes and hands the finished file to the browser as a download of that name.
 * @throws DOMException `AbortError` when the signal ends it, `QuotaExceededError` when the disk is full; either way
 *   no file of that name exists and nothing is left behind.
 */
export async function saveFile({ name, mimeType, bytes, signal }: SaveOptions): Promise<void> {
  const exports = await folder();
  const temporary = `${crypto.randomUUID()}.part`;
  const handle = await exports.getFileHandle(temporary, { create: true });
  try {
    const writable = await handle.createWritable();
    try {
      for await (const part of bytes) {
        signal.throwIfAborted();
        await writable.write(part);
      }
      await writable.close();
    } catch (error) {
      await writable.abort();
      throw error;
    }
  } catch (error) {
    await exports.removeEntry(temporary);
    throw error;
  }
  const file = await handle.getFile();
  download(new Blob([file], { type: mimeType }), name);
}

function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser resolves the address when the click is handled; a minute is far beyond that.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}
