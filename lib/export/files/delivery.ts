/** Files that are ready to be downloaded. */
import { z } from '../../zod.ts';

const deliverySchema = z.strictObject({
  /** The name of the temporary file. */
  temporary: z.string().check(z.regex(/^[0-9a-f-]{36}\.part$/)),
  name: z.string(),
  mimeType: z.string(),
});
export type Delivery = z.infer<typeof deliverySchema>;

export const deliveriesSchema = z.array(deliverySchema).check(z.maxLength(10));

/** Parses deliveries from JSON. @throws Error if it is invalid */
export function readDeliveries(json: string): readonly Delivery[] {
  return deliveriesSchema.parse(JSON.parse(json));
}
