/** In which lists an account is. */
import { snapshotIdSchema } from '../model/ids.ts';
import { z } from '../zod.ts';
import type { IdKeys } from './id-keys.ts';
import { ABSENT } from './join.ts';

/** Another list with the account, and its position there, from 0. */
export const elsewhereSchema = z.object({ id: snapshotIdSchema, position: z.int() });
export type Elsewhere = z.infer<typeof elsewhereSchema>;

/** The position of one account of a list in another, or `ABSENT`. For a single account, this is faster than a table. */
export function positionOf(keys: IdKeys, at: number, other: IdKeys): number {
  const text = keys.others.get(at);
  if (text !== undefined) {
    for (const [position, id] of other.others) if (id === text) return position;
    return ABSENT;
  }
  const [low, high] = [keys.low[at] ?? 0, keys.high[at] ?? 0];
  for (
    let position = other.low.indexOf(low);
    position >= 0;
    position = other.low.indexOf(low, position + 1)
  ) {
    // Where the ID is a text, both halves are 0.
    if (other.high[position] === high && !other.others.has(position)) return position;
  }
  return ABSENT;
}
