/**
 * Responses that take 45 and 110 seconds without a byte: the extension waits for them and doesn't send the request
 * again.
 */
import type { ProviderName } from '../emulator/exchange.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { drive } from './drive-run.ts';
import type { PageActions } from './page-actions.ts';
import { isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { openFaultEnvironment, startRun } from './environment.ts';
import { checkResult } from './check-result.ts';
import { openFirefoxEnvironment } from './firefox-environment.ts';

interface SlowResponse {
  readonly provider: Extract<ProviderName, 'sociavault' | 'x-v2'>;
  readonly ms: number;
}
const SLOW_RESPONSES: readonly SlowResponse[] = [
  { provider: 'x-v2', ms: 45_000 },
  { provider: 'sociavault', ms: 110_000 },
];
const ACCOUNTS = 560;

async function delayResponses(pageActions: PageActions, emulator: Emulator, tally: Tally): Promise<void> {
  const started = [];
  for (const { provider, ms } of SLOW_RESPONSES) {
    emulator.key({ provider, pageSize: 70 });
    const handle = `quiet_${String(ms)}`;
    emulator.population({ platform: 'x', handle, followers: ACCOUNTS, following: 0 });
    const seen = new Set<number>();
    const rule = emulator.fault({
      when: (record) => record.provider === provider && isListPage(record) && seen.add(record.n).size === 4,
      do: { kind: 'silence', ms },
    });
    const from = emulator.log.length;
    const id = await startRun(pageActions, { platform: 'x', handle, provider });
    started.push({ id, provider, platform: 'x' as const, handle, from, rule, ms });
  }
  // Nothing polls in the meantime: the responses must arrive without an extension page open.
  for (const { provider } of SLOW_RESPONSES) {
    const seen = new Set<number>();
    await emulator.waitFor(
      (record) =>
        record.provider === provider &&
        isListPage(record) &&
        record.outcome !== 'pending' &&
        seen.add(record.n).size >= ACCOUNTS / 70,
    );
  }
  for (const run of started) {
    await drive(pageActions, run.id, { interval: 1000 });
    if (run.rule.used !== 1) tally.breach(`${run.handle}: the response was not delayed`);
    tally.faults += run.rule.used;
    const result = await checkResult(pageActions, emulator, run, {
      list: 'whole',
      ends: ['complete'],
      exact: true,
    });
    if (result.recharged > 0) tally.breach(`${run.handle}: the slow page was requested again`);
    tally.add(result);
  }
}

export async function slowResponsesInChromium(): Promise<Section> {
  const tally = new Tally();
  const environment = await openFaultEnvironment({ providers: ['sociavault', 'x-v2'] });
  try {
    const raw = await environment.openRaw();
    try {
      await delayResponses((expression) => raw.ask('options.html', expression), environment.emulator, tally);
    } finally {
      await raw.close();
    }
  } finally {
    await environment.close();
  }
  return tally.section('45 s and 110 s of silence');
}

export async function slowResponsesInFirefox(): Promise<Section> {
  const tally = new Tally();
  const environment = await openFirefoxEnvironment(['sociavault', 'x-v2']);
  try {
    await delayResponses(environment.pageActions, environment.emulator, tally);
  } finally {
    await environment.close();
  }
  return tally.section('the same in Firefox');
}
