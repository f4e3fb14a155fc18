/** The probe against the emulator, and recordings of real probes, if there are any. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapters } from '../../../lib/providers/index.ts';
import { ROOT } from '../../../scripts/command.ts';
import { replayed } from '../../../scripts/probe/outcome.ts';
import { anyTarget, mostOf, probe, stepsOf, type Recording } from '../../../scripts/probe/probe.ts';
import { startEmulator, type Emulator } from '../../emulator/emulator.ts';
import { PROVIDERS } from '../../emulator/providers/all.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

async function replaysAlike(adapter: (typeof adapters)[number], { steps }: Recording): Promise<void> {
  expect(steps.length).toBeGreaterThan(0);
  for (const step of steps) {
    expect(await replayed(adapter, step, anyTarget(adapter)), step.question).toEqual(step.outcome);
  }
}

describe.each(adapters.map((adapter) => [adapter.name, adapter] as const))('a probe of %s', (_, adapter) => {
  const provider = PROVIDERS.find(({ id }) => id === String(adapter.id));
  if (provider === undefined) throw new Error('The emulator serves every provider.');
  const platform = adapter.supports('x', 'followers') ? 'x' : 'tiktok';

  it('spends at most what it states, and reports without the key and without people', async () => {
    const handle = 'probed_paula';
    const population = emulator.population({ platform, handle, followers: 450, following: 260 });
    const before = emulator.charges(provider.id);
    const options = {
      adapter,
      key: provider.defaultKey,
      baseUrl: emulator.baseUrl(provider.id),
      handle,
    };
    const most = mostOf(adapter);
    const { recording, report } = await probe(options, most);
    const after = emulator.charges(provider.id);
    expect(after.amount - before.amount).toBeLessThanOrEqual(most);
    expect(after.requests - before.requests).toBeLessThanOrEqual(stepsOf(adapter).length);
    const written = `${report}\n${JSON.stringify(recording)}`;
    expect(written).not.toContain(provider.defaultKey);
    expect(written.toLowerCase()).not.toContain(handle);
    expect(written).not.toContain(population.owner.id);
    for (const relation of ['followers', 'following'] as const) {
      for (const { id, handle: theirs, name, bio } of emulator.accounts(platform, handle, relation)) {
        for (const text of [id, theirs, name ?? '', bio ?? ''].filter((one) => one.length > 5)) {
          expect(written).not.toContain(text);
        }
      }
    }
    // The responses without people mean the same to the adapter.
    expect(report).not.toContain('read differently');
    expect(recording.steps.filter(({ outcome }) => outcome.kind === 'page').length).toBeGreaterThan(1);
    await replaysAlike(adapter, recording);
  });

  it('sends no request whose price could exceed the amount', async () => {
    const before = emulator.charges(provider.id).amount;
    const options = {
      adapter,
      key: provider.defaultKey,
      baseUrl: emulator.baseUrl(provider.id),
      handle: 'bob_metrics',
    };
    for (const most of [0, Math.floor(mostOf(adapter) / 2)]) {
      const from = emulator.charges(provider.id).amount;
      await probe(options, most);
      expect(emulator.charges(provider.id).amount - from).toBeLessThanOrEqual(most);
    }
    expect(emulator.charges(provider.id).amount).toBeGreaterThanOrEqual(before);
  });
});

const FOLDER = join(ROOT, 'tests/recorded');
const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : [];

describe.runIf(files.length > 0)('recorded responses', () => {
  it.each(files)('%s are read as they were', async (file) => {
    const recording = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Recording;
    const adapter = adapters.find(({ id }) => String(id) === recording.provider);
    if (adapter === undefined) throw new Error(`There is no provider ${recording.provider}.`);
    await replaysAlike(adapter, recording);
  });
});
