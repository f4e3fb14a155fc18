/** What the user can choose when a price needs approval. Pure. */
import { pagePrice } from '../model/money.ts';
import { countedSpending, neededFor, type Estimate, type Snapshot } from '../model/snapshot.ts';
import type { Update } from '../model/update.ts';
import type { Adapter } from '../providers/adapter.ts';
import { estimateRest, likelyCost, rowsToCollect, type LikelyCost } from './estimate.ts';

type Priced = Pick<Adapter, 'price' | 'pages' | 'fillSize'>;

type Run = Pick<
  Snapshot,
  | 'platform'
  | 'howMany'
  | 'expected'
  | 'resolvedAt'
  | 'pages'
  | 'rows'
  | 'filled'
  | 'charged'
  | 'maybeCharged'
  | 'undercharged'
> &
  Partial<Pick<Snapshot, 'update' | 'estimate'>>;

export interface Choice {
  /**
   * `check`: only the request that states the count; `newest`: a number of accounts; `all`: the whole list; `up-to`: as
   * many accounts as the amount pays for, where no count will be known.
   */
  readonly kind: 'check' | 'newest' | 'all' | 'up-to';
  /** How many accounts the run collects; `null` is all. */
  readonly howMany: number | null;
  /** What it is expected to cost from now on, in the provider's unit; `null` if the count is not known. */
  readonly amount: number | null;
  /** What it usually costs where the platform seldom lists everything; else `null`. */
  readonly likely: LikelyCost | null;
  readonly seconds: number | null;
  /** The most that the run may then spend in all, in the provider's unit. */
  readonly cap: number;
  /** Why it cannot be chosen: the balance does not pay for it, or its price is not known. */
  readonly obstacle: 'balance' | 'unknown' | null;
}

export interface ChoiceLimits {
  /** The balance at the provider, in its unit; `null` if it is not known. */
  readonly balance: number | null;
  /** What may be spent without approval, in the provider's unit. */
  readonly unapproved: number;
}

/** The numbers of accounts that are offered; the smallest only where the others do not help. */
const SIZES = [1_000, 10_000];
const SMALLEST = 100;
/** How many pages the smaller amount pays for where no count will be known. */
const PAGES_AT_ONCE = 10;

function onePage({ price, pages }: Priced, { platform }: Run): number {
  return pagePrice(price, pages(platform).most);
}

/**
 * The choices, the cheapest first and those without a known price last. The first one without an obstacle is the one to
 * preselect: never one that the balance does not pay for, and never the dearest of several.
 */
export function approvalChoices(adapter: Priced, run: Run, { balance, unapproved }: ChoiceLimits): Choice[] {
  const spent = countedSpending(run);
  const wanted = rowsToCollect(run.howMany, run.expected);

  function choice(kind: Choice['kind'], howMany: number | null, price: Price): Choice {
    const { seconds } = estimateRest(adapter, run, howMany);
    const rows = kind === 'all' ? wanted : null;
    const resolved = run.resolvedAt !== null;
    const { amount } = price;
    return {
      kind,
      howMany,
      amount,
      likely:
        run.rows > 0 ? null : likelyCost(adapter, { platform: run.platform, rows, listed: rows, resolved }),
      seconds: kind === 'newest' || kind === 'all' ? seconds : null,
      cap: spent + (neededFor(price) ?? 0),
      obstacle: amount === null ? 'unknown' : balance !== null && amount > balance ? 'balance' : null,
    };
  }
  if (run.update !== undefined) {
    return amountsForUpdate(adapter, run, run.update).map((amount) => choice('up-to', null, { amount }));
  }
  const newest = (rows: number): Choice => choice('newest', rows, estimateRest(adapter, run, rows));

  const whole = wholeList(adapter, run, choice);
  const isLess = (rows: number): boolean => rows > run.rows && (wanted === null || rows < wanted);
  const parts = SIZES.filter(isLess)
    .map(newest)
    .filter(({ amount }) => amount !== whole.amount);
  const isPayable = parts.some(({ obstacle }) => obstacle === null);
  const smallest = !isPayable && isLess(SMALLEST) ? [newest(SMALLEST)] : [];
  return [
    ...smallest.filter(({ amount }) => amount !== whole.amount),
    ...parts,
    whole,
    ...(wanted === null ? withoutCount(adapter, run, unapproved, choice) : []),
  ].sort((one, other) => (one.amount ?? Infinity) - (other.amount ?? Infinity));
}

/** An update collects until the known accounts begin. All that can be approved is how much it may spend until then. */
function amountsForUpdate(adapter: Priced, run: Run, { pageSize }: Update): number[] {
  const page = pagePrice(adapter.price, pageSize ?? adapter.pages(run.platform).most);
  const lookUp = run.resolvedAt === null ? adapter.price.resolve : 0;
  const rest = (run.estimate?.amount ?? 0) - countedSpending(run);
  const few = lookUp + PAGES_AT_ONCE * page;
  const amounts = new Set([...(rest >= page ? [rest] : []), few, PAGES_AT_ONCE * few]);
  return Array.from(amounts).sort((one, other) => one - other);
}

type Price = Pick<Estimate, 'amount' | 'margin'>;
type Make = (kind: Choice['kind'], howMany: number | null, price: Price) => Choice;

/** Everything that was requested: the whole list, or the requested number if that is less. */
function wholeList(adapter: Priced, run: Run, make: Make): Choice {
  const { howMany, expected } = run;
  const isPart = howMany !== null && (expected === null || howMany < expected);
  return make(isPart ? 'newest' : 'all', howMany, estimateRest(adapter, run, howMany));
}

/** The first request usually states the count. Where it did not, an amount is all that can be approved. */
function withoutCount(adapter: Priced, run: Run, unapproved: number, make: Make): Choice[] {
  const page = onePage(adapter, run);
  if (run.pages === 0) {
    const isLookUp = run.resolvedAt === null && adapter.price.resolve > 0;
    return [make('check', null, { amount: isLookUp ? adapter.price.resolve : page })];
  }
  const some = PAGES_AT_ONCE * page;
  const more = Math.max(some, unapproved);
  return [some, ...(more > some ? [more] : [])].map((amount) => make('up-to', null, { amount }));
}

/** The choice to preselect; `null` if none can be chosen. */
export function preselected(choices: readonly Choice[]): Choice | null {
  return choices.find(({ obstacle }) => obstacle === null) ?? null;
}
