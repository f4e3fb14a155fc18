/**
 * The short form of `npm run test:faults`: a handful of deaths, each fault once where it is quick, a mixture, limits.
 * The whole is that command.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chanceOf } from '../faults/seeded-random.ts';
import { comings } from '../faults/outages.ts';
import { SINGLE_FAULTS } from '../faults/fault-list.ts';
import { limits } from '../faults/limits.ts';
import { mixtures } from '../faults/mixtures.ts';
import type { Section } from '../faults/section.ts';
import { singleFaults } from '../faults/single-faults.ts';
import { openStand, type Driven, type Stand } from '../faults/environment.ts';
import { starts } from '../faults/simultaneous-starts.ts';
import { workerKills } from '../faults/worker-kills.ts';

/** Drawn anew at every run; a failure names it, and `npm run test:faults -- --short --seed N` draws the same. */
const SEED = Math.floor(Math.random() * 1e9);
/** A busy machine may take its time: what ends these tests is what happens. */
const PATIENCE = 240_000;
const tell = (): void => undefined;

let stand: Stand;
let driven: Driven;
beforeAll(async () => {
  stand = await openStand({ providers: ['sociavault', 'x-v2'] });
  driven = await stand.open();
}, PATIENCE);
afterAll(async () => {
  await driven.browser.close();
  await stand.close();
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

describe('nothing is lost, and nothing is paid for unsaid', { timeout: PATIENCE }, () => {
  it.each([
    { provider: 'sociavault', rowsAPage: 70, accounts: 7_000, kills: 5 },
    { provider: 'x-v2', rowsAPage: 1000, accounts: 20_000, kills: 3 },
  ] as const)('when the background dies at random moments of pages of $rowsAPage', async (plan) => {
    expectWhole(await workerKills(stand, driven, plan, chanceOf(SEED, plan.provider), tell), plan.kills);
  });

  it('when any one thing goes wrong', async () => {
    const quick = SINGLE_FAULTS.filter(({ slow }) => slow !== true);
    expectWhole(await singleFaults(stand, driven, quick, tell), quick.length - 2);
  });

  it('when many things go wrong', async () => {
    const plan = { lists: 1, accounts: 1_400 };
    expectWhole(await mixtures(stand, driven, plan, chanceOf(SEED, 'mixtures'), tell), 1);
  });

  it('when the network or the leave to reach the provider goes away, and comes back', async () => {
    expectWhole(await comings(stand, driven, tell), 2);
  });

  it('when several page buttons are clicked at once', async () => {
    expectWhole(await starts(stand, driven, 1, tell), 6);
  });

  it('and no limit is passed', async () => {
    expectWhole(await limits(stand, driven, 6, chanceOf(SEED, 'limits'), tell), 0);
  });
});
