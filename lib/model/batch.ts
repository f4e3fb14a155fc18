/** Many profiles that are collected together. */
import { z } from '../zod.ts';
import type { BudgetId } from './budget.ts';
import type { ProviderId, SnapshotId } from './ids.ts';
import type { Platform, Relation } from './platform.ts';
import type { Handle } from './profile.ts';

/** How many profiles one batch can have. */
export const MOST_PROFILES = 1000;

export const batchIdSchema = z
  .string()
  .check(z.regex(/^[0-9a-f-]{36}$/))
  .brand<'BatchId'>();

export type BatchId = z.infer<typeof batchIdSchema>;

/** One profile of a batch. */
export interface BatchLine {
  readonly handle: Handle;
  /** Its run. A list that existed before, or a run that had been started before, has another batch or none. */
  readonly list: SnapshotId;
}

/** Many profiles that are collected together, one after the other, within one limit. */
export interface Batch {
  readonly id: BatchId;
  readonly createdAt: number;
  readonly platform: Platform;
  readonly relation: Relation;
  readonly provider: ProviderId;
  /** How many accounts of each profile; `null` is all. */
  readonly howMany: number | null;
  /** The limit that its runs share. */
  readonly budget: BudgetId;
  /** In the order in which they were entered. */
  readonly lines: readonly BatchLine[];
}
