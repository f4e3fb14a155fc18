/** The schema of a query that comes from another context, a stored view, or an address. */
import { fieldsWith } from '../model/account.ts';
import { z } from '../zod.ts';
import { conditionsSchema } from './condition-schema.ts';

const range = z.nullable(z.object({ from: z.nullable(z.number()), to: z.nullable(z.number()) }));
const flag = z.nullable(z.boolean());

const filtersSchema = z.object({
  verified: flag,
  private: flag,
  followers: range,
  following: range,
  hasWebsite: flag,
  hasBio: flag,
  created: range,
  location: z.string(),
  conditions: conditionsSchema,
});

export const querySchema = z.object({
  text: z.string(),
  filters: filtersSchema,
  sort: z.nullable(z.object({ column: z.enum(fieldsWith({ sorted: true })), descending: z.boolean() })),
});
