/**
 * Bytes to a file of the user's with flat memory: written to the origin private file system first, then downloaded
 * from there. Blob parts would hold the whole file in memory. Needs a document.
 */
import { clearTemporaries, createTemporary } from './temporary.ts';

export interface SaveOptions {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: AsyncIterable<Uint8Array<ArrayBuffer>>;
  readonly signal: AbortSignal;
}

/**
 * How long a file stays after its download began, in milliseconds. The browser opens it within moments and holds it
 * open from then on, even when it is removed; nothing tells an extension without further permissions of it.
 */
export const FILE_LIFETIME = 30_000;

/**
 * Writes the bytes and hands the finished file to the browser as a download of that name.
 * @throws DOMException `AbortError` when the signal ends it, `QuotaExceededError` when the disk is full; either way
 *   no file of that name exists and nothing is left behind.
 */
export async function saveFile({ name, mimeType, bytes, signal }: SaveOptions): Promise<void> {
  await clearTemporaries(Date.now());
  const temporary = await createTemporary();
  try {
    const writable = await temporary.handle.createWritable();
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
    download(await temporary.handle.getFile(), mimeType, name);
  } catch (error) {
    await temporary.remove();
    throw error;
  }
  setTimeout(() => void temporary.remove(), FILE_LIFETIME);
}

/** Hands a file to the browser as a download of that name. */
export function download(file: File, mimeType: string, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([file], { type: mimeType }));
  link.download = name;
  // Firefox wants the link to be in the document.
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, FILE_LIFETIME);
}
