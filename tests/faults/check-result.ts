/** Compares what the browser stored with what the emulator recorded. */
import type { ProviderName, RequestRecord } from '../emulator/exchange.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { ledgerOf, listedIds, outcomeOf, snapshotOf, stateOf, type PageActions } from './page-actions.ts';
import { cursorOf, isListPage } from './requests.ts';

/** The result of a run. Everything except `rows` and the money should be 0. */
export interface RunResult {
  readonly rows: number;
  /** Accounts of the true list, as far as it was collected, that are missing. */
  readonly lost: number;
  readonly duplicated: number;
  readonly outOfOrder: number;
  /** Accounts that are on no true list. */
  readonly invented: number;
  /** List pages that the provider charged for more than once. */
  readonly recharged: number;
  /** What the provider counted and what the ledger recorded, in the provider's unit. */
  readonly counted: number;
  readonly charged: number;
  readonly maybe: number;
  /** Requests whose response was lost. */
  readonly lostResponses: number;
  /** By how much a cap or a monthly limit was exceeded. */
  readonly passed: number;
  /** Violations, as sentences. */
  readonly breaches: readonly string[];
}

/** How an incomplete list is compared: as the beginning of the true list, or by its contents in any order. */
export type Expectation = 'whole' | 'beginning' | 'whole-in-any-order';

interface ListComparison {
  readonly lost: number;
  readonly duplicated: number;
  readonly outOfOrder: number;
  readonly invented: number;
}

/** Compares a stored list with the true one. */
function compareLists(listed: readonly string[], truth: readonly string[], as: Expectation): ListComparison {
  const places = new Map(truth.map((id, place) => [id, place]));
  const seen = new Set(listed);
  let outOfOrder = 0;
  let invented = 0;
  let before = -1;
  let furthest = -1;
  for (const id of listed) {
    const place = places.get(id);
    if (place === undefined) {
      invented += 1;
      continue;
    }
    if (place < before) outOfOrder += 1;
    before = place;
    furthest = Math.max(furthest, place);
  }
  const until = as === 'beginning' ? furthest + 1 : truth.length;
  const lost = truth.slice(0, until).filter((id) => !seen.has(id)).length;
  return {
    lost,
    duplicated: listed.length - seen.size,
    outOfOrder: as === 'whole-in-any-order' ? 0 : outOfOrder,
    invented,
  };
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}

/** How many of a run's pages were charged more than once. */
function rechargedPages(log: readonly RequestRecord[]): number {
  const times = new Map<string, number>();
  for (const record of log) {
    if (!isListPage(record) || record.charged === 0) continue;
    times.set(cursorOf(record), (times.get(cursorOf(record)) ?? 0) + 1);
  }
  return sum([...times.values()], (count) => count - 1);
}

export interface Run {
  readonly id: string;
  readonly provider: ProviderName;
  readonly platform: 'x' | 'tiktok';
  readonly handle: string;
  /** How many requests the emulator had received before the run. */
  readonly from: number;
}

export interface Demands {
  readonly list: Expectation;
  /** How the run must have ended, or the state it must be in. */
  readonly ends: readonly string[];
  /** Whether every response arrived. If so, the ledger must equal what the provider counted. */
  readonly exact: boolean;
  /**
   * Whether the provider reports less than it charges. Then limits hold for the reported amount, which the ledger
   * records.
   */
  readonly claimsLess?: boolean;
  readonly cap?: number;
  /** What all runs of the month may cost together, and what they cost before this one. */
  readonly monthly?: { readonly limit: number; readonly before: number };
}

/** Checks a run that is idle. No other run of its provider may have been active in the meantime. */
export async function checkResult(
  pageActions: PageActions,
  emulator: Emulator,
  run: Run,
  demands: Demands,
): Promise<RunResult> {
  const [snapshot, ledger, listed] = [
    await snapshotOf(pageActions, run.id),
    await ledgerOf(pageActions, run.id),
    await listedIds(pageActions, run.id),
  ];
  const truth = [...emulator.ids(run.platform, run.handle, 'followers')];
  const log = emulator.log.slice(run.from).filter(({ provider }) => provider === run.provider);
  const list = compareLists(listed, truth, demands.list);
  const counted = sum(log, ({ charged }) => charged);
  const of = (status: string) =>
    sum(
      ledger.filter((entry) => entry['status'] === status),
      (entry) => Number(entry['amount']),
    );
  const [charged, maybe] = [of('charged'), of('maybe')];
  const end = outcomeOf(snapshot) ?? stateOf(snapshot).kind;
  const recharged = rechargedPages(log);
  const lostResponses = ledger.filter(({ status }) => status === 'maybe').length;
  const { cap = Infinity, monthly } = demands;
  const passed = Math.max(
    0,
    counted - cap,
    monthly === undefined ? 0 : monthly.before + counted - monthly.limit,
  );
  const breaches: string[] = [];
  const check = (what: string, isTrue: boolean): void => {
    if (!isTrue) breaches.push(`${run.handle} (${run.provider}): ${what}`);
  };
  check(`it ended as ${end}, not ${demands.ends.join(' or ')}`, demands.ends.includes(end));
  check(`${String(list.lost)} accounts lost`, list.lost === 0);
  check(`${String(list.duplicated)} accounts twice`, list.duplicated === 0);
  check(`${String(list.outOfOrder)} accounts out of order`, list.outOfOrder === 0);
  check(`${String(list.invented)} accounts that are not on the true list`, list.invented === 0);
  check(
    `the counter says ${String(snapshot['rows'])} of ${String(listed.length)} rows`,
    snapshot['rows'] === listed.length,
  );
  check(
    `the list records ${String(snapshot['charged'])} + ${String(snapshot['maybeCharged'])}, its ledger ${String(charged)} + ${String(maybe)}`,
    snapshot['charged'] === charged && snapshot['maybeCharged'] === maybe,
  );
  check(
    'a ledger entry is still marked as sent',
    ledger.every(({ status }) => status !== 'sent'),
  );
  const undercharged = demands.claimsLess === true ? Number(snapshot['undercharged'] ?? 0) : 0;
  check(
    `ledger ${String(charged)} + ${String(maybe)}, provider ${String(counted)}`,
    charged <= counted && counted <= charged + maybe + undercharged,
  );
  if (demands.exact) {
    check(
      `every response arrived, but the ledger records ${String(charged)} + ${String(maybe)} and the provider ${String(counted)}`,
      charged === counted && maybe === 0,
    );
  }
  check(`a limit was exceeded by ${String(passed)}`, passed === 0);
  return {
    rows: listed.length,
    ...list,
    recharged,
    counted,
    charged,
    maybe,
    lostResponses,
    passed,
    breaches,
  };
}
