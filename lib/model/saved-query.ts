/** What the user saved under a name: a search, filters, and an order; or rules, which are filters too. */
import { z } from '../zod.ts';
import { snapshotIdSchema } from './ids.ts';

/** Longer than anyone types, and short enough for a menu. */
export const MAX_SAVED_NAME = 80;
/** Far more than an address can have. */
const MAX_QUERY = 50_000;

export const savedQuerySchema = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(MAX_SAVED_NAME)),
  /** The list that it is for; `null` is all lists. */
  list: z.nullable(snapshotIdSchema),
  /** As `lib/lists/query-params.ts` writes it. What a version can't read has no effect in it. */
  query: z.string().check(z.maxLength(MAX_QUERY)),
});
export type SavedQuery = z.infer<typeof savedQuerySchema>;

/** By an ID that says nothing. */
export type SavedQueries = Readonly<Record<string, SavedQuery>>;
