/** How exports stand, for every page of ours: kept in the session, so that a page that opens later knows too. */
import { browser } from 'wxt/browser';
import { z } from '../../zod.ts';
import { exportViewSchema, type ExportView } from './job.ts';

const KEY = 'exports';
const viewsSchema = z.catch(z.array(exportViewSchema), []);

/** Oldest first. */
export async function readExports(): Promise<readonly ExportView[]> {
  const stored: Record<string, unknown> = await browser.storage.session.get(KEY);
  return viewsSchema.parse(stored[KEY] ?? []);
}

/** The background alone writes. */
export async function writeExports(views: readonly ExportView[]): Promise<void> {
  await browser.storage.session.set({ [KEY]: views });
}

/** Calls back with every change. @returns a function that ends it. */
export function watchExports(changed: (views: readonly ExportView[]) => void): () => void {
  const listener = (changes: Record<string, { newValue?: unknown }>, area: string): void => {
    const change = changes[KEY];
    if (area === 'session' && change !== undefined) changed(viewsSchema.parse(change.newValue ?? []));
  };
  browser.storage.onChanged.addListener(listener);
  return () => {
    browser.storage.onChanged.removeListener(listener);
  };
}
