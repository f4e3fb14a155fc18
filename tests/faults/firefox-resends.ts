/**
 * A kept connection breaks after the provider has charged, in Firefox. That browser asks again by itself, several times,
 * and through the proxy that leads it here its timings show no trace of it (decision 0019). The list must be whole all
 * the same, and the ledger may lack what the browser itself added, to the request, and nothing else.
 */
import { drive } from './drive-run.ts';
import { openFirefoxStand } from './firefox-environment.ts';
import { isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { startRun } from './environment.ts';
import { judge } from './check-result.ts';

/** The judge's sentence about the ledger and the provider's count. */
const IS_LEDGER = /: ledger \d+ \+ \d+, provider \d+$/;
const ROWS_A_PAGE = 70;
const ACCOUNTS = 8 * ROWS_A_PAGE;

export async function resentInFirefox(): Promise<Section> {
  const tally = new Tally();
  const provider = 'sociavault';
  const stand = await openFirefoxStand([provider]);
  try {
    const { emulator, hands } = stand;
    emulator.key({ provider, pageSize: ROWS_A_PAGE });
    for (const times of [1, 2, 3]) {
      const handle = `broken_${String(times)}`;
      emulator.population({ platform: 'x', handle, followers: ACCOUNTS, following: 0 });
      const from = emulator.log.length;
      const seen = new Set<number>();
      const rule = emulator.fault({
        when: (record) =>
          record.n > from && isListPage(record) && seen.add(record.n).size >= 4 && seen.size < 4 + times,
        times,
        do: { kind: 'reset-after-charge' },
      });
      let stops = 0;
      const id = await startRun(hands, { platform: 'x', handle, provider });
      await drive(hands, id, {
        interval: 500,
        stops: () => {
          stops += 1;
        },
      });
      emulator.clearRules();
      if (rule.used !== times) tally.breach(`${handle}: it broke ${String(rule.used)} times`);
      tally.faults += rule.used;
      const run = { id, provider, platform: 'x', handle, from } as const;
      const demands = { list: 'whole', ends: ['complete'], exact: false } as const;
      const verdict = await judge(hands, emulator, run, demands);
      const { counted, charged, maybe } = verdict;
      const added = times - stops;
      const unsaid = Math.max(0, counted - charged - maybe);
      tally.inFlight += verdict.lostAnswers + added;
      // A request costs one credit. What the browser added is told below, in numbers.
      const known = unsaid <= added && charged <= counted;
      tally.add({
        ...verdict,
        breaches: verdict.breaches.filter((breach) => !known || !IS_LEDGER.test(breach)),
      });
      tally.note(
        `broken ${String(times)} in a row: asked again ${String(added)} times by the browser; ` +
          `provider ${String(counted)}, ledger ${String(charged)} + ${String(maybe)}, not in the ledger ${String(unsaid)}`,
      );
    }
  } finally {
    await stand.close();
  }
  return tally.section('resent in Firefox');
}
