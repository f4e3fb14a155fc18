/** The states of exports, in session storage, so that every extension page can read them. */
import { sessionValue } from '../../settings/session-value.ts';
import { z } from '../../zod.ts';
import { exportViewSchema, type ExportView } from './job.ts';

const stored = sessionValue('exports', z.array(exportViewSchema));

/** Oldest first. */
export async function readExports(): Promise<readonly ExportView[]> {
  return (await stored.read()) ?? [];
}

/** Called only by the background. */
export function writeExports(views: readonly ExportView[]): Promise<void> {
  return stored.write([...views]);
}

/** Calls back after every change. @returns a function that stops watching */
export function watchExports(changed: (views: readonly ExportView[]) => void): () => void {
  return stored.watch((views) => {
    changed(views ?? []);
  });
}
