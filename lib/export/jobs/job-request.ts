/** The message with which the background starts an export in the export document. */
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
});
export type ExportJob = z.infer<typeof exportJobSchema>;
