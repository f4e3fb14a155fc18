/** Answers that come after 45 and after 110 seconds without a byte: they are waited for, and not asked for again. */
import type { ProviderName } from '../emulator/exchange.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { drive } from './drive-run.ts';
import type { Hands } from './page-actions.ts';
import { isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { openStand, startRun } from './environment.ts';
import { judge } from './check-result.ts';
import { openFirefoxStand } from './firefox-environment.ts';

interface Silence {
  readonly provider: Extract<ProviderName, 'sociavault' | 'x-v2'>;
  readonly ms: number;
}
const SILENCES: readonly Silence[] = [
  { provider: 'x-v2', ms: 45_000 },
  { provider: 'sociavault', ms: 110_000 },
];
const ACCOUNTS = 560;

async function keepSilent(hands: Hands, emulator: Emulator, tally: Tally): Promise<void> {
  const started = [];
  for (const { provider, ms } of SILENCES) {
    emulator.key({ provider, pageSize: 70 });
    const handle = `quiet_${String(ms)}`;
    emulator.population({ platform: 'x', handle, followers: ACCOUNTS, following: 0 });
    const seen = new Set<number>();
    const rule = emulator.fault({
      when: (record) => record.provider === provider && isListPage(record) && seen.add(record.n).size === 4,
      do: { kind: 'silence', ms },
    });
    const from = emulator.log.length;
    const id = await startRun(hands, { platform: 'x', handle, provider });
    started.push({ id, provider, platform: 'x' as const, handle, from, rule, ms });
  }
  // Nobody looks meanwhile: the answers have to be waited for without a page of ours.
  for (const { provider } of SILENCES) {
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
    await drive(hands, run.id, { interval: 1000 });
    if (run.rule.used !== 1) tally.breach(`${run.handle}: the silence did not come`);
    tally.faults += run.rule.used;
    const verdict = await judge(hands, emulator, run, { list: 'whole', ends: ['complete'], exact: true });
    if (verdict.recharged > 0) tally.breach(`${run.handle}: the slow page was asked for again`);
    tally.add(verdict);
  }
}

export async function silenceInChromium(): Promise<Section> {
  const tally = new Tally();
  const stand = await openStand({ providers: ['sociavault', 'x-v2'] });
  try {
    const raw = await stand.openRaw();
    try {
      await keepSilent((expression) => raw.ask('options.html', expression), stand.emulator, tally);
    } finally {
      await raw.close();
    }
  } finally {
    await stand.close();
  }
  return tally.section('45 s and 110 s of silence');
}

export async function silenceInFirefox(): Promise<Section> {
  const tally = new Tally();
  const stand = await openFirefoxStand(['sociavault', 'x-v2']);
  try {
    await keepSilent(stand.hands, stand.emulator, tally);
  } finally {
    await stand.close();
  }
  return tally.section('the same in Firefox');
}
