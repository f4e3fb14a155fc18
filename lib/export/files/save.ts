/**
 * Saves bytes as a download with constant memory: writes them to the origin private file system first, then downloads
 * that file. A Blob made of parts would hold the whole file in memory. Needs a document.
 */
import { clearTemporaries, createTemporary } from './temporary.ts';

export interface SaveOptions {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: AsyncIterable<Uint8Array<ArrayBuffer>>;
  readonly signal: AbortSignal;
}

/**
 * How long a file is kept after its download started, in milliseconds. The browser opens it almost immediately, and can
 * read it from then on even if it is removed. Without more permissions, an extension can't find out when that is.
 */
export const FILE_LIFETIME = 30_000;

/**
 * Writes the bytes, then downloads the finished file under this name.
 * @throws DOMException `AbortError` if the signal aborts, `QuotaExceededError` if the disk is full; in both cases,
 *   nothing is downloaded and the temporary file is removed
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

/** Downloads a file under this name. */
export function download(file: File, mimeType: string, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([file], { type: mimeType }));
  link.download = name;
  // Firefox requires the link to be in the document.
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, FILE_LIFETIME);
}

/** Downloads a short text as a file. */
export function saveText(text: string, name: string, mimeType: string): void {
  download(new File([text], name), mimeType, name);
}
