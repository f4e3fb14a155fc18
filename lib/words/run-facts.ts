/** The facts about a run that messages are made from. They come from a snapshot or from a page button's view. */
import type { RunError } from '../model/error.ts';
import type { CreditPrice, Unit } from '../model/money.ts';
import type { Platform, Relation } from '../model/platform.ts';
import type { Outcome, Snapshot, WithoutDetails } from '../model/snapshot.ts';
import { unexpectedShare } from './unexpected-share.ts';
import { leastWithoutDetails } from './without-details.ts';

export type StateFacts =
  | { readonly kind: 'queued' | 'confirming' | 'resolving' | 'running' | 'paused' }
  | { readonly kind: 'waiting'; readonly until: number; readonly trouble: RunError }
  | { readonly kind: 'blocked'; readonly trouble: RunError }
  | { readonly kind: 'ended'; readonly outcome: Outcome };

export interface RunFacts {
  readonly platform: Platform;
  readonly handle: string;
  readonly relation: Relation;
  readonly providerName: string;
  readonly state: StateFacts;
  /** Whether it is the sample list. */
  readonly sample?: boolean;
  readonly rows: number;
  /** How many of its accounts have no details, as far as known. */
  readonly withoutDetails?: WithoutDetails;
  /** The share of unexpected entries, 0 to 1. */
  readonly unexpected?: number;
  /** In an update that reached the known accounts: how many are new. */
  readonly newAccounts?: number;
  readonly expected: number | null;
  readonly howMany: number | null;
  readonly unit: Unit;
  readonly charged: number;
  readonly maybeCharged: number;
  readonly cap: number | null;
  /** What the whole run is expected to cost, in `unit`. */
  readonly estimate: number | null;
  /** When the run is expected to finish, epoch milliseconds. */
  readonly doneAt: number | null;
  /** What the user pays for the provider's credits, if entered. */
  readonly creditPrice?: CreditPrice | null;
}

/** @param doneAt when the run is expected to finish, epoch milliseconds; `null` if unknown */
export function factsOf(
  snapshot: Snapshot,
  providerName: string,
  doneAt: number | null,
  creditPrice: CreditPrice | null = null,
): RunFacts {
  const {
    platform,
    handle,
    relation,
    state,
    rows,
    filled,
    expected,
    howMany,
    unit,
    charged,
    maybeCharged,
    cap,
  } = snapshot;
  const estimate = snapshot.estimate?.amount ?? null;
  return {
    platform,
    handle,
    relation,
    providerName,
    state,
    rows: state.kind === 'ended' ? rows : filled,
    withoutDetails: leastWithoutDetails(snapshot),
    unexpected: unexpectedShare(snapshot),
    ...(snapshot.update?.joined == null ? {} : { newAccounts: snapshot.update.joined.newAccounts }),
    expected,
    howMany,
    unit,
    charged,
    maybeCharged,
    cap,
    estimate,
    doneAt,
    creditPrice,
  };
}

/** How many accounts the run will have at its end: the smaller of request and count; `null` if neither is known. */
export function target(facts: Pick<RunFacts, 'howMany' | 'expected'>): number | null {
  if (facts.howMany === null) return facts.expected;
  return facts.expected === null ? facts.howMany : Math.min(facts.howMany, facts.expected);
}

/** The completed share, 0 to 1; `null` if the total is unknown. */
export function progress(facts: Pick<RunFacts, 'howMany' | 'expected' | 'rows'>): number | null {
  const total = target(facts);
  if (total === null) return null;
  return total === 0 ? 1 : Math.min(1, facts.rows / total);
}
