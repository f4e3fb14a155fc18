/** An export as every place that has to do with it speaks of it. */
import { snapshotIdSchema } from '../../model/ids.ts';
import { amountSchema } from '../../model/money.ts';
import { z } from '../../zod.ts';

export const exportIdSchema = z.uuid().brand<'ExportId'>();
export type ExportId = z.infer<typeof exportIdSchema>;

const words = z.nullable(z.string().check(z.maxLength(2000)));

/** What a page of ours asks for. */
export const exportOrderSchema = z.strictObject({
  id: exportIdSchema,
  snapshotId: snapshotIdSchema,
  /** Of a format. */
  format: z.string().check(z.maxLength(20)),
  /** By name; `null` is all. */
  columns: z.nullable(z.array(z.string().check(z.maxLength(40))).check(z.minLength(1), z.maxLength(100))),
  /** CSV only: no guard against formulas. */
  exact: z.boolean(),
  /** How many accounts, whose positions the page has left in a file; `null` is the whole list. */
  chosen: z.nullable(z.int().check(z.positive())),
  /** What leaves accounts out, and the order, in the user's words, for the receipt. */
  filter: words,
  sort: words,
});
export type ExportOrder = z.infer<typeof exportOrderSchema>;

export const exportStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting') }),
  z.strictObject({ kind: z.literal('writing'), rows: amountSchema }),
  z.strictObject({
    kind: z.literal('done'),
    bytes: amountSchema,
    guarded: amountSchema,
    cut: amountSchema,
    sheets: amountSchema,
    idsOnly: amountSchema,
    unavailable: amountSchema,
  }),
  /** `interrupted`: the browser ended it; `said` is the browser's own sentence. */
  z.strictObject({
    kind: z.literal('failed'),
    why: z.enum(['no-room', 'list-gone', 'interrupted', 'broken']),
    said: z.nullable(z.string()),
  }),
  z.strictObject({ kind: z.literal('cancelled') }),
]);
export type ExportState = z.infer<typeof exportStateSchema>;

/** What every page of ours may show of an export. */
export const exportViewSchema = z.strictObject({
  id: exportIdSchema,
  snapshotId: snapshotIdSchema,
  fileName: z.string(),
  rows: amountSchema,
  startedAt: z.number(),
  state: exportStateSchema,
});
export type ExportView = z.infer<typeof exportViewSchema>;

/** Whether nothing more will happen to it. */
export function isOver({ kind }: ExportState): boolean {
  return kind === 'done' || kind === 'failed' || kind === 'cancelled';
}
