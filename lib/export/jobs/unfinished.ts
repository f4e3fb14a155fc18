/**
 * The list of unfinished exports, in a file in the origin private file system. Unlike session storage, the file survives
 * a reload of the extension and a restart of the browser. An export that is in the file at startup, without an export
 * document that writes it, was interrupted.
 */
import { z } from '../../zod.ts';
import { exportViewSchema, isFinished, type ExportView } from './job.ts';

const FILE = 'unfinished-exports.json';
const viewsSchema = z.catch(z.array(exportViewSchema), []);

/** Saves the unfinished exports. If there are none, removes the file. */
export async function noteUnfinished(views: readonly ExportView[]): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const open = views.filter(({ state }) => !isFinished(state));
  if (open.length === 0) {
    await unlessMissing(() => root.removeEntry(FILE));
    return;
  }
  const writable = await (await root.getFileHandle(FILE, { create: true })).createWritable();
  await writable.write(JSON.stringify(open));
  await writable.close();
}

/** The exports that were saved last as unfinished; none if the file can't be parsed. */
export async function readUnfinished(): Promise<readonly ExportView[]> {
  const root = await navigator.storage.getDirectory();
  const handle = await unlessMissing(() => root.getFileHandle(FILE));
  if (handle === null) return [];
  return viewsOf(await (await handle.getFile()).text());
}

/** Parses the file. Returns nothing for invalid content, which a crash may have left. */
export function viewsOf(text: string): readonly ExportView[] {
  try {
    return viewsSchema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

async function unlessMissing<T>(task: () => Promise<T>): Promise<T | null> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return null;
    throw error;
  }
}

/**
 * The states of exports after the export document is gone.
 * @param views from session storage, oldest first
 * @param noted those that were saved last as unfinished
 * @returns all of them, oldest first; unfinished ones are marked as interrupted
 */
export function afterInterruption(
  views: readonly ExportView[],
  noted: readonly ExportView[],
): readonly ExportView[] {
  const lost = noted.filter(({ id }) => !views.some((view) => view.id === id));
  return [...lost, ...views].map((view) =>
    isFinished(view.state) ? view : { ...view, state: { kind: 'failed', why: 'interrupted', said: null } },
  );
}
