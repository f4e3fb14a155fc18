/** A list that is kept up to date. */
import { z } from '../zod.ts';
import type { BudgetId } from './budget.ts';
import type { ProviderId } from './ids.ts';
import type { Platform, Relation } from './platform.ts';
import type { Handle } from './profile.ts';

export const watchIdSchema = z.string().check(z.minLength(1), z.maxLength(600)).brand<'WatchId'>();

export type WatchId = z.infer<typeof watchIdSchema>;

export const intervals = ['day', 'week', 'month'] as const;
export type Interval = (typeof intervals)[number];

/** The most updates between two full collections. */
export const MOST_UPDATES = 1_000;

/** What a watch does when a period begins. */
export type WatchAction =
  | { readonly kind: 'remind' }
  | {
      readonly kind: 'update';
      readonly provider: ProviderId;
      /** The most that its runs may spend in a calendar month. */
      readonly budget: BudgetId;
      /** After so many updates, the list is collected in full; `null` is never. */
      readonly fullEvery: number | null;
    };

/** One relation of one profile that is kept up to date. Each has at most one watch. Times are epoch milliseconds. */
export interface Watch {
  readonly id: WatchId;
  readonly platform: Platform;
  readonly handle: Handle;
  readonly handleKey: string;
  readonly relation: Relation;
  readonly every: Interval;
  readonly action: WatchAction;
  /** When period 0 began: the user turned the watch on. */
  readonly from: number;
  /** The last period for which something was done. */
  readonly period: number;
  /** How many updates were started since the last full collection. */
  readonly updates: number;
  /** When it last reminded, or started a run; `null` if it hasn't yet. */
  readonly lastAt: number | null;
}

/** The watch of a list's profile and relation. */
export function watchIdOf({
  platform,
  handleKey,
  relation,
}: Pick<Watch, 'platform' | 'handleKey' | 'relation'>): WatchId {
  return watchIdSchema.parse(`${platform} ${relation} ${handleKey}`);
}

/**
 * Why a due list is not updated:
 * - `no-list`: no list of the profile is left that can be updated.
 * - `no-key`, `locked`: the provider's key is missing, or locked.
 * - `no-limit`: the provider has no monthly limit.
 * - `monthly`, `allowance`: the provider's limit, or the watch's own, leaves too little this month.
 */
export type Obstacle = 'no-list' | 'no-key' | 'locked' | 'no-limit' | 'monthly' | 'allowance';
