/** Holds what the browser stored against what the emulator knows. */
import type { ProviderName, RequestRecord } from '../emulator/exchange.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { ledgerOf, listedIds, outcomeOf, snapshotOf, stateOf, type Hands } from './page-actions.ts';
import { cursorOf, isListPage } from './requests.ts';

/** What a run came to. Everything but `rows` and the money should be 0. */
export interface Verdict {
  readonly rows: number;
  /** Accounts of the true list, as far as it was collected, that are not there. */
  readonly lost: number;
  readonly duplicated: number;
  readonly outOfOrder: number;
  /** Accounts that are on no true list. */
  readonly invented: number;
  /** List pages that the provider charged for again. */
  readonly recharged: number;
  /** What the provider counted, and what our ledger says of it, in the provider's unit. */
  readonly counted: number;
  readonly charged: number;
  readonly maybe: number;
  /** Requests whose answer was lost. */
  readonly lostAnswers: number;
  /** By how much a cap or a monthly limit was passed. */
  readonly passed: number;
  /** What does not fit, in words. */
  readonly breaches: readonly string[];
}

/** How an incomplete list is judged: as the beginning of the true one, or by what it holds in whatever order. */
export type Expectation = 'whole' | 'beginning' | 'whole-in-any-order';

interface ListVerdict {
  readonly lost: number;
  readonly duplicated: number;
  readonly outOfOrder: number;
  readonly invented: number;
}

/** Compares a stored list with the true one. */
function judgeList(listed: readonly string[], truth: readonly string[], as: Expectation): ListVerdict {
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

/** How many of a run's pages were charged again. */
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
  /** How many requests the emulator had seen before the run. */
  readonly from: number;
}

export interface Demands {
  readonly list: Expectation;
  /** How the run must have ended, or in which state it must stand. */
  readonly ends: readonly string[];
  /** Whether every answer arrived: then our ledger must say exactly what the provider counted. */
  readonly exact: boolean;
  /** Whether the provider says that it charges less than it does: then limits hold, and the ledger says what was claimed. */
  readonly claimsLess?: boolean;
  readonly cap?: number;
  /** What all runs of the month may cost together, and what they cost before this one. */
  readonly monthly?: { readonly limit: number; readonly before: number };
}

/** Judges a run that rests. No other run of its provider may have gone on meanwhile. */
export async function judge(hands: Hands, emulator: Emulator, run: Run, demands: Demands): Promise<Verdict> {
  const [snapshot, ledger, listed] = [
    await snapshotOf(hands, run.id),
    await ledgerOf(hands, run.id),
    await listedIds(hands, run.id),
  ];
  const truth = [...emulator.ids(run.platform, run.handle, 'followers')];
  const log = emulator.log.slice(run.from).filter(({ provider }) => provider === run.provider);
  const list = judgeList(listed, truth, demands.list);
  const counted = sum(log, ({ charged }) => charged);
  const of = (status: string) =>
    sum(
      ledger.filter((entry) => entry['status'] === status),
      (entry) => Number(entry['amount']),
    );
  const [charged, maybe] = [of('charged'), of('maybe')];
  const end = outcomeOf(snapshot) ?? stateOf(snapshot).kind;
  const recharged = rechargedPages(log);
  const lostAnswers = ledger.filter(({ status }) => status === 'maybe').length;
  const { cap = Infinity, monthly } = demands;
  const passed = Math.max(
    0,
    counted - cap,
    monthly === undefined ? 0 : monthly.before + counted - monthly.limit,
  );
  const breaches: string[] = [];
  const must = (what: string, holds: boolean): void => {
    if (!holds) breaches.push(`${run.handle} (${run.provider}): ${what}`);
  };
  must(`it ended as ${end}, not ${demands.ends.join(' or ')}`, demands.ends.includes(end));
  must(`${String(list.lost)} accounts lost`, list.lost === 0);
  must(`${String(list.duplicated)} accounts twice`, list.duplicated === 0);
  must(`${String(list.outOfOrder)} accounts out of order`, list.outOfOrder === 0);
  must(`${String(list.invented)} accounts that are not on the list`, list.invented === 0);
  must(
    `the counter says ${String(snapshot['rows'])} of ${String(listed.length)} rows`,
    snapshot['rows'] === listed.length,
  );
  must(
    `the list says ${String(snapshot['charged'])} + ${String(snapshot['maybeCharged'])}, its ledger ${String(charged)} + ${String(maybe)}`,
    snapshot['charged'] === charged && snapshot['maybeCharged'] === maybe,
  );
  must(
    'an entry of the ledger still stands as sent',
    ledger.every(({ status }) => status !== 'sent'),
  );
  const undercharged = demands.claimsLess === true ? Number(snapshot['undercharged'] ?? 0) : 0;
  must(
    `ledger ${String(charged)} + ${String(maybe)}, provider ${String(counted)}`,
    charged <= counted && counted <= charged + maybe + undercharged,
  );
  if (demands.exact) {
    must(
      `every answer arrived, and yet the ledger says ${String(charged)} + ${String(maybe)}, the provider ${String(counted)}`,
      charged === counted && maybe === 0,
    );
  }
  must(`a limit was passed by ${String(passed)}`, passed === 0);
  return { rows: listed.length, ...list, recharged, counted, charged, maybe, lostAnswers, passed, breaches };
}
