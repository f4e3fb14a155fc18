/**
 * A kept-alive connection breaks after the provider has charged, in Firefox. The browser resends the request
 * several times, and through the proxy of these tests its timings show no trace of it (decision 0019). The list
 * must still be complete, and the ledger may lack only what the browser resent.
 */
import { drive } from './drive-run.ts';
import { openFirefoxEnvironment } from './firefox-environment.ts';
import { isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { startRun } from './environment.ts';
import { checkResult } from './check-result.ts';

/** The violation about the ledger and the provider's count, as `checkResult` words it. */
const IS_LEDGER = /: ledger \d+ \+ \d+, provider \d+$/;
const ROWS_A_PAGE = 70;
const ACCOUNTS = 8 * ROWS_A_PAGE;

export async function resentInFirefox(): Promise<Section> {
  const tally = new Tally();
  const provider = 'sociavault';
  const environment = await openFirefoxEnvironment([provider]);
  try {
    const { emulator, pageActions } = environment;
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
      const id = await startRun(pageActions, { platform: 'x', handle, provider });
      await drive(pageActions, id, {
        interval: 500,
        stops: () => {
          stops += 1;
        },
      });
      emulator.clearRules();
      if (rule.used !== times) tally.breach(`${handle}: the connection broke ${String(rule.used)} times`);
      tally.faults += rule.used;
      const run = { id, provider, platform: 'x', handle, from } as const;
      const demands = { list: 'whole', ends: ['complete'], exact: false } as const;
      const result = await checkResult(pageActions, emulator, run, demands);
      const { counted, charged, maybe } = result;
      const added = times - stops;
      const unrecorded = Math.max(0, counted - charged - maybe);
      tally.inFlight += result.lostResponses + added;
      // A request costs one credit. What the browser resent is reported below.
      const known = unrecorded <= added && charged <= counted;
      tally.add({
        ...result,
        breaches: result.breaches.filter((breach) => !known || !IS_LEDGER.test(breach)),
      });
      tally.note(
        `${String(times)} breaks in a row: resent ${String(added)} times by the browser; ` +
          `provider ${String(counted)}, ledger ${String(charged)} + ${String(maybe)}, not in the ledger ${String(unrecorded)}`,
      );
    }
  } finally {
    await environment.close();
  }
  return tally.section('resent in Firefox');
}
