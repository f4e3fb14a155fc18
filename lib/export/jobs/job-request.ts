/** What the background hands to the document that writes. */
import { amountSchema } from '../../model/money.ts';
import { z } from '../../zod.ts';
import { exportOrderSchema } from './job.ts';
import { receiptSchema } from '../receipt/shape.ts';

/** An order with all that writing it takes. The receipt lacks what is known of the file when it is written. */
export const exportJobSchema = z.strictObject({
  order: exportOrderSchema,
  fileName: z.string(),
  /** How many accounts the file will have. */
  rows: amountSchema,
  receipt: receiptSchema,
});
export type ExportJob = z.infer<typeof exportJobSchema>;
