/** The states of exports, for every extension page: in the session, so that a page that opens later has them, too. */
import { sessionValue } from '../../settings/session-value.ts';
import { z } from '../../zod.ts';
import { exportViewSchema, type ExportView } from './job.ts';

const stored = sessionValue('exports', z.array(exportViewSchema));

/** Oldest first. */
export async function readExports(): Promise<readonly ExportView[]> {
  return (await stored.read()) ?? [];
}

/** Only the background writes. */
export function writeExports(views: readonly ExportView[]): Promise<void> {
  return stored.write([...views]);
}

/** Calls back with every change. @returns a function that stops it */
export function watchExports(changed: (views: readonly ExportView[]) => void): () => void {
  return stored.watch((views) => {
    changed(views ?? []);
  });
}
