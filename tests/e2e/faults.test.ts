/**
 * The short version of `npm run test:faults`: a handful of terminations, each quick fault once, a mixture, and
 * limits.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chanceOf } from '../faults/seeded-random.ts';
import { outages } from '../faults/outages.ts';
import { SINGLE_FAULTS } from '../faults/fault-list.ts';
import { limits } from '../faults/limits.ts';
import { mixtures } from '../faults/mixtures.ts';
import type { Section } from '../faults/section.ts';
import { singleFaults } from '../faults/single-faults.ts';
import { openFaultEnvironment, type Driven, type FaultEnvironment } from '../faults/environment.ts';
import { starts } from '../faults/simultaneous-starts.ts';
import { workerKills } from '../faults/worker-kills.ts';

/** Random for every run; a failure prints it, and `npm run test:faults -- --short --seed N` repeats it. */
const SEED = Math.floor(Math.random() * 1e9);
/** Generous for a busy machine: these tests end on events, not on time. */
const MAX_WAIT = 240_000;
const notify = (): void => undefined;

let environment: FaultEnvironment;
let driven: Driven;
beforeAll(async () => {
  environment = await openFaultEnvironment({ providers: ['sociavault', 'x-v2'] });
  driven = await environment.open();
}, MAX_WAIT);
afterAll(async () => {
  await driven.browser.close();
  await environment.close();
});

function expectWhole(section: Section, faults: number): void {
  expect(section, `seed ${String(SEED)}`).toMatchObject({
    lost: 0,
    duplicated: 0,
    outOfOrder: 0,
    limitsPassed: 0,
    breaches: [],
  });
  expect(section.faults).toBeGreaterThanOrEqual(faults);
}

describe('nothing is lost, and every charge is recorded', { timeout: MAX_WAIT }, () => {
  it.each([
    { provider: 'sociavault', rowsPerPage: 70, accounts: 7_000, kills: 5 },
    { provider: 'x-v2', rowsPerPage: 1000, accounts: 20_000, kills: 3 },
  ] as const)(
    'when the background is terminated at random moments with pages of $rowsAPage',
    async (plan) => {
      expectWhole(
        await workerKills(environment, driven, plan, chanceOf(SEED, plan.provider), notify),
        plan.kills,
      );
    },
  );

  it('with any single fault', async () => {
    const quick = SINGLE_FAULTS.filter(({ slow }) => slow !== true);
    expectWhole(await singleFaults(environment, driven, quick, notify), quick.length - 2);
  });

  it('with many faults at once', async () => {
    const plan = { lists: 1, accounts: 1_400 };
    expectWhole(await mixtures(environment, driven, plan, chanceOf(SEED, 'mixtures'), notify), 1);
  });

  it('when the network or the permission to reach the provider is lost and restored', async () => {
    expectWhole(await outages(environment, driven, notify), 2);
  });

  it('when several page buttons are clicked at once', async () => {
    expectWhole(await starts(environment, driven, 1, notify), 6);
  });

  it('and no limit is exceeded', async () => {
    expectWhole(await limits(environment, driven, 6, chanceOf(SEED, 'limits'), notify), 0);
  });
});
