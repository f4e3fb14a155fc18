/** The message with which the background starts an export in the export document. */
import { snapshotIdSchema } from '../../model/ids.ts';
import { amountSchema } from '../../model/money.ts';
import { z } from '../../zod.ts';
import { exportOrderSchema } from './job.ts';
import { receiptSchema } from '../receipt/shape.ts';

/** An order with everything that is needed to write the file. What the receipt states about the file is added later. */
export const exportJobSchema = z.strictObject({
  order: exportOrderSchema,
  fileName: z.string(),
  /** How many accounts the file will contain; in a file of several lists, at most. */
  rows: amountSchema,
  receipt: receiptSchema,
  /** The files of an archive, in its order; absent if the file is none. */
  parts: z.optional(
    z.array(
      z.strictObject({
        list: snapshotIdSchema,
        fileName: z.string(),
        rows: amountSchema,
        receipt: receiptSchema,
      }),
    ),
  ),
});
export type ExportJob = z.infer<typeof exportJobSchema>;
