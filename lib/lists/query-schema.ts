/** The schema of a query that comes from another context, a stored view, or an address. */
import { fieldsWith } from '../model/account.ts';
import { snapshotIdSchema } from '../model/ids.ts';
import { MOST_LISTS } from '../model/most-lists.ts';
import { z } from '../zod.ts';
import { followColumns } from './columns.ts';
import { conditionsSchema } from './condition-schema.ts';
import type { SortColumn } from './query.ts';

const range = z.nullable(z.object({ from: z.nullable(z.number()), to: z.nullable(z.number()) }));
const flag = z.nullable(z.boolean());

const lists = z.readonly(z.array(snapshotIdSchema).check(z.maxLength(MOST_LISTS)));

const filtersSchema = z.object({
  verified: flag,
  private: flag,
  followers: range,
  following: range,
  hasWebsite: flag,
  hasBio: flag,
  created: range,
  followed: range,
  location: z.string(),
  position: range,
  inLists: lists,
  notInLists: lists,
  conditions: conditionsSchema,
});

/** Everything that a list can be sorted by. */
export const sortColumns: readonly SortColumn[] = [...fieldsWith({ sorted: true }), ...followColumns];

export const querySchema = z.object({
  text: z.string(),
  filters: filtersSchema,
  sort: z.nullable(z.object({ column: z.enum(sortColumns), descending: z.boolean() })),
});
