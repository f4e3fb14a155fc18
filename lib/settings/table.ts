/** How the user wants the dashboard's table: kept with the preferences, but apart from what concerns money. */
import { browser } from 'wxt/browser';
import { z } from '../zod.ts';

const KEY = 'table';

const tableSchema = z.object({
  /** The chosen columns; `null` are the usual ones. Names that this version does not know are left out when drawn. */
  columns: z.catch(z.nullable(z.array(z.string())), null),
  compact: z.catch(z.boolean(), false),
});
export type TableSettings = z.infer<typeof tableSchema>;

export async function readTableSettings(): Promise<TableSettings> {
  const stored: Record<string, unknown> = await browser.storage.local.get(KEY);
  return tableSchema.parse(stored[KEY] ?? {});
}

export async function writeTableSettings(settings: TableSettings): Promise<void> {
  await browser.storage.local.set({ [KEY]: settings });
}
