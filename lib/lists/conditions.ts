/**
 * Conditions: filters that plots, rules, and comparisons make. All of a query's conditions apply. An account whose field is unknown
 * meets no condition on it.
 */
import type { HandleShape } from '../insight/handle-shape.ts';
import type { RuleName } from '../insight/rule-names.ts';
import type { SnapshotId } from '../model/ids.ts';
import type { Status } from '../sets/statuses.ts';
import type { ValueField } from './columns.ts';

/** Both ends included. */
export interface Between {
  readonly from: number;
  readonly to: number;
}

/** A rule with its threshold. Rules without one ignore `n`. */
export interface RuleSetting {
  readonly rule: RuleName;
  readonly n: number;
}

export type Condition =
  | { readonly kind: 'posts'; readonly from: number | null; readonly to: number | null }
  /** One of some values, compared as `foldText` folds them. */
  | { readonly kind: 'values'; readonly field: ValueField; readonly values: readonly string[] }
  /** One of some words, hashtags, or emoji in the bio; words and hashtags folded. */
  | { readonly kind: 'terms'; readonly terms: readonly string[] }
  | { readonly kind: 'handle'; readonly shapes: readonly HandleShape[] }
  | { readonly kind: 'picture'; readonly isDefault: boolean }
  /** An area of the fingerprint: positions from 0 in the platform's order, and creation in epoch milliseconds. */
  | { readonly kind: 'area'; readonly positions: Between; readonly created: Between }
  /** The same where the fingerprint shows follow times: of the middle of the interval in which an account followed. */
  | { readonly kind: 'followArea'; readonly followed: Between; readonly created: Between }
  /**
   * What a comparison with another list of the same profile and relation says about the account. `certain` is `null` where
   * both certain and likely statements count.
   */
  | {
      readonly kind: 'compared';
      readonly with: SnapshotId;
      readonly statuses: readonly Status[];
      readonly certain: boolean | null;
    }
  /** At least so many of some rules. */
  | { readonly kind: 'rules'; readonly rules: readonly RuleSetting[]; readonly atLeast: number };
