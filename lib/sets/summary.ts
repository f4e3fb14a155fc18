/** How many accounts of two lists have each status, and how certain that is. Pure. */
import { snapshotIdSchema, type SnapshotId } from '../model/ids.ts';
import { z } from '../zod.ts';
import type { Classified, Statements } from './classify.ts';
import type { ListEvidence } from './evidence.ts';
import { ABSENT } from './join.ts';
import { doubts, doubtsIn, statuses, type Doubt } from './statuses.ts';

const count = z.int().check(z.nonnegative());

const statusCountSchema = z.object({
  status: z.enum(statuses),
  /** The list that contains the accounts: the newer one if both do. */
  list: z.enum(['older', 'newer']),
  count,
  /** How many of these statements are certain. */
  certain: count,
  /** Why the others are not; an account can have several. */
  doubts: z.array(z.object({ doubt: z.enum(doubts), count })),
});
export type StatusCount = z.infer<typeof statusCountSchema>;

const sideSchema = z.object({
  id: snapshotIdSchema,
  rows: count,
  /** How many entries of the list can hide an account. */
  hidden: count,
  end: z.enum(['complete', 'unconfirmed', 'open']),
  isDated: z.boolean(),
  /** Nothing is known about who followed before this; `null` if the list reaches the beginning, or that is unknown. */
  depth: z.nullable(z.number()),
});

/** What comparing two lists found. */
export const changesSchema = z.object({
  older: sideSchema,
  newer: sideSchema,
  /** How many accounts both contain, and how many of them were found by their handle. */
  shared: count,
  byHandle: count,
  /** Statuses that occur, in the order of {@link statuses}. */
  counts: z.array(statusCountSchema),
});
export type Changes = z.infer<typeof changesSchema>;

/** Two lists to compare, in any order. */
export type ComparedPair = readonly [SnapshotId, SnapshotId];

export interface Compared {
  readonly older: { readonly id: SnapshotId; readonly evidence: ListEvidence; readonly inOther: Int32Array };
  readonly newer: { readonly id: SnapshotId; readonly evidence: ListEvidence; readonly inOther: Int32Array };
  readonly classified: Classified;
  readonly byHandle: ReadonlySet<number>;
}

/** How many sets of doubts there are. */
const DOUBT_SETS = 2 ** doubts.length;

/** Counts statuses and doubts, of all accounts or of those that the other list does not contain. */
function countsOf(
  statements: Statements,
  inOther: Int32Array | null,
  list: StatusCount['list'],
): readonly StatusCount[] {
  // By the number of the status, then by the bits of the doubts.
  const totals = new Uint32Array(statuses.length * DOUBT_SETS);
  for (let at = 0; at < statements.status.length; at += 1) {
    if (inOther !== null && inOther[at] !== ABSENT) continue;
    const place = (statements.status[at] ?? 0) * DOUBT_SETS + (statements.doubts[at] ?? 0);
    totals[place] = (totals[place] ?? 0) + 1;
  }
  return statuses.flatMap((status, number): StatusCount[] => {
    const ofStatus = totals.subarray(number * DOUBT_SETS, (number + 1) * DOUBT_SETS);
    const certain = ofStatus[0] ?? 0;
    const total = ofStatus.reduce((sum, n) => sum + n, 0);
    return total === 0 ? [] : [{ status, list, count: total, certain, doubts: sumOf(ofStatus) }];
  });
}

function sumOf(byBits: Uint32Array): StatusCount['doubts'] {
  const sums = new Map<Doubt, number>();
  for (const [bits, n] of byBits.entries()) {
    if (n > 0) for (const doubt of doubtsIn(bits)) sums.set(doubt, (sums.get(doubt) ?? 0) + n);
  }
  return doubts.flatMap((doubt) => {
    const n = sums.get(doubt);
    return n === undefined ? [] : [{ doubt, count: n }];
  });
}

/** Sums up a comparison. */
export function changesOf({ older, newer, classified, byHandle }: Compared): Changes {
  let shared = 0;
  for (const position of newer.inOther) if (position !== ABSENT) shared += 1;
  const side = ({ id, evidence }: Compared['older']): Changes['older'] => ({
    id,
    rows: evidence.rows,
    hidden: evidence.hidden.count,
    end: evidence.end,
    isDated: evidence.isDated,
    depth: evidence.end === 'open' && !Number.isNaN(evidence.depth) ? evidence.depth : null,
  });
  const counts = [
    ...countsOf(classified.newer, null, 'newer'),
    ...countsOf(classified.older, older.inOther, 'older'),
  ];
  return {
    older: side(older),
    newer: side(newer),
    shared,
    byHandle: byHandle.size,
    counts: statuses.flatMap((status) => counts.filter((one) => one.status === status)),
  };
}
