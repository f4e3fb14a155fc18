/** The types of an export: its order, its state, and what extension pages show of it. */
import { MOST_SAVED_LISTS } from '../../model/most-lists.ts';
import { snapshotIdSchema } from '../../model/ids.ts';
import { amountSchema } from '../../model/money.ts';
import { z } from '../../zod.ts';

export const exportIdSchema = z.uuid().brand<'ExportId'>();
export type ExportId = z.infer<typeof exportIdSchema>;

const description = z.nullable(z.string().check(z.maxLength(2000)));

/** What an extension page requests. */
export const exportOrderSchema = z.strictObject({
  id: exportIdSchema,
  snapshotId: snapshotIdSchema,
  /** The format's ID. */
  format: z.string().check(z.maxLength(20)),
  /** The names of the columns; `null` is all. */
  columns: z.nullable(z.array(z.string().check(z.maxLength(40))).check(z.minLength(1), z.maxLength(100))),
  /** CSV only: don't guard against formulas. */
  exact: z.boolean(),
  /** How many accounts are selected (the page stored their positions in a file); `null` is the whole list. */
  chosen: z.nullable(z.int().check(z.positive())),
  /**
   * For a file with the changes since another list of the same profile: that list, and how many accounts the two have
   * together.
   */
  changesSince: z.optional(z.strictObject({ list: snapshotIdSchema, rows: amountSchema })),
  /**
   * For one file of several lists of a platform: all of them. A format of graphs needs this also for one list. The
   * background replaces `snapshotId` with the newest of them.
   */
  lists: z.optional(z.array(snapshotIdSchema).check(z.minLength(1), z.maxLength(MOST_SAVED_LISTS))),
  /** Saves these lists in one file each, in a ZIP archive. */
  each: z.optional(z.boolean()),
  /** Descriptions of the filter and the order for the receipt, in the user's language. */
  filter: description,
  sort: description,
});
export type ExportOrder = z.infer<typeof exportOrderSchema>;

export const exportStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting') }),
  z.strictObject({ kind: z.literal('writing'), rows: amountSchema }),
  z.strictObject({
    kind: z.literal('done'),
    /** How many accounts the file contains. */
    accounts: amountSchema,
    /** How many edges it contains; `null` if it is not a graph. */
    edges: z.nullable(amountSchema),
    bytes: amountSchema,
    /** Of the file's bytes, in hex. */
    sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    guarded: amountSchema,
    cut: amountSchema,
    sheets: amountSchema,
    idsOnly: amountSchema,
    unavailable: amountSchema,
  }),
  /** `interrupted`: the browser was closed or the extension reloaded. `said` is the error message, if there is one. */
  z.strictObject({
    kind: z.literal('failed'),
    why: z.enum(['no-room', 'list-gone', 'interrupted', 'broken']),
    said: z.nullable(z.string()),
  }),
  z.strictObject({ kind: z.literal('cancelled') }),
]);
export type ExportState = z.infer<typeof exportStateSchema>;

/** What extension pages show of an export. */
export const exportViewSchema = z.strictObject({
  id: exportIdSchema,
  snapshotId: snapshotIdSchema,
  fileName: z.string(),
  /** How many accounts it is expected to contain; in a file of several lists, those that are in more than one count more. */
  rows: amountSchema,
  startedAt: z.number(),
  state: exportStateSchema,
});
export type ExportView = z.infer<typeof exportViewSchema>;

/** Whether the state is final. */
export function isFinished({ kind }: ExportState): boolean {
  return kind === 'done' || kind === 'failed' || kind === 'cancelled';
}
