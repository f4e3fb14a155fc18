/**
 * Which exports are not over, in a file of ours: it outlives a reload of the extension and the end of the browser, which
 * the session doesn't. Whatever is found in it at a start, without a document that writes it, was interrupted.
 */
import { z } from '../../zod.ts';
import { exportViewSchema, isOver, type ExportView } from './job.ts';

const FILE = 'unfinished-exports.json';
const viewsSchema = z.catch(z.array(exportViewSchema), []);

/** Keeps which exports are not over; without any, there is no file. */
export async function noteUnfinished(views: readonly ExportView[]): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const open = views.filter(({ state }) => !isOver(state));
  if (open.length === 0) {
    await unlessMissing(() => root.removeEntry(FILE));
    return;
  }
  const writable = await (await root.getFileHandle(FILE, { create: true })).createWritable();
  await writable.write(JSON.stringify(open));
  await writable.close();
}

/** The exports that were not over when they were noted last; none where that can't be read. */
export async function readUnfinished(): Promise<readonly ExportView[]> {
  const root = await navigator.storage.getDirectory();
  const handle = await unlessMissing(() => root.getFileHandle(FILE));
  if (handle === null) return [];
  return viewsOf(await (await handle.getFile()).text());
}

/** Anything but views of exports, as a file that a crash left may have, says nothing. */
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
 * How exports stand when nobody writes them any more.
 * @param views as the session has them, oldest first
 * @param noted those that were not over when they were noted last
 * @returns all of them, oldest first: none is still said to be under way
 */
export function afterInterruption(
  views: readonly ExportView[],
  noted: readonly ExportView[],
): readonly ExportView[] {
  const lost = noted.filter(({ id }) => !views.some((view) => view.id === id));
  return [...lost, ...views].map((view) =>
    isOver(view.state) ? view : { ...view, state: { kind: 'failed', why: 'interrupted', said: null } },
  );
}
