/** The whole suite, and its short version. */
import { alarms } from './alarms.ts';
import { browserKills } from './browser-kills.ts';
import { chanceOf } from './seeded-random.ts';
import { outages } from './outages.ts';
import { fullDisk } from './full-disk.ts';
import { limits, machineRuns } from './limits.ts';
import { mixtures } from './mixtures.ts';
import { measurePace, type Pace } from './pace.ts';
import { resentInChromium } from './chromium-resends.ts';
import { resentInFirefox } from './firefox-resends.ts';
import { broken, type Section } from './section.ts';
import { slowResponsesInChromium, slowResponsesInFirefox } from './slow-responses.ts';
import { SINGLE_FAULTS } from './fault-list.ts';
import { singleFaults } from './single-faults.ts';
import { openFaultEnvironment } from './environment.ts';
import { starts } from './simultaneous-starts.ts';
import { workerKills } from './worker-kills.ts';

export interface SuiteOptions {
  readonly seed: number;
  readonly short: boolean;
  /** Runs only the sections whose name contains this text. Default: all. */
  readonly only: string | null;
  readonly notify: (line: string) => void;
}

export interface Found {
  readonly sections: readonly Section[];
  readonly paces: readonly Pace[];
}

/** The size of each section. */
const LONG = {
  kills70: 130,
  kills1000: 80,
  browserKills: 20,
  alarmBrowsers: 3,
  alarmKills: 4,
  mixtures: { lists: 5, accounts: 7_000 },
  starts: 3,
  limitRuns: 50,
  pages70: 14_000,
  pages1000: 300,
} as const;
const SHORT = {
  kills70: 6,
  kills1000: 4,
  browserKills: 1,
  alarmBrowsers: 0,
  alarmKills: 0,
  mixtures: { lists: 1, accounts: 2_100 },
  starts: 1,
  limitRuns: 5,
  pages70: 200,
  pages1000: 20,
} as const;

/** Runs the sections. Those that mostly wait run in parallel with the others. */
export async function runSuite({ seed, short, only, notify }: SuiteOptions): Promise<Found> {
  const how = short ? SHORT : LONG;
  const wants = (name: string): boolean => only === null || name.includes(only);
  const sections: Section[] = [];
  const add = (section: Section): void => {
    sections.push(section);
    const { name, seconds, breaches } = section;
    notify(`✓ ${name}: ${String(seconds)} s, ${String(breaches.length)} violations`);
  };

  /** An error in one section is a violation, and doesn't prevent the other sections from running. */
  const attempt = async (name: string, run: () => Promise<Section>): Promise<void> => {
    add(await run().catch((error: unknown) => broken(name, error)));
  };

  if (wants('machine')) add(machineRuns(2_000, seed));
  const beside: Promise<void>[] = [];
  if (!short && wants('silence'))
    beside.push(
      attempt('silence', slowResponsesInChromium),
      attempt('silence in Firefox', slowResponsesInFirefox),
    );
  if (!short && wants('resent')) {
    beside.push(
      attempt('resent in Firefox', resentInFirefox),
      attempt('resent over HTTP/1.1', () => resentInChromium('HTTP/1.1', notify)),
      attempt('resent over HTTP/2', () => resentInChromium('HTTP/2', notify)),
    );
  }
  if (!short && wants('alarm')) {
    const chance = chanceOf(seed, 'alarms');
    beside.push(attempt('alarms', () => alarms(how.alarmBrowsers, how.alarmKills, chance, notify)));
  }

  if (['worker', 'single', 'mixed', 'away', 'starts', 'limits'].some(wants)) {
    const environment = await openFaultEnvironment({ providers: ['sociavault', 'x-v2'] });
    try {
      const driven = await environment.open();
      try {
        if (wants('worker')) {
          const kills = [
            { provider: 'sociavault', rowsPerPage: 70, accounts: 20_020, kills: how.kills70 },
            { provider: 'x-v2', rowsPerPage: 1000, accounts: 60_000, kills: how.kills1000 },
          ] as const;
          for (const plan of kills) {
            const chance = chanceOf(seed, plan.provider);
            await attempt('worker kills', () => workerKills(environment, driven, plan, chance, notify));
          }
        }
        if (wants('single')) {
          const faults = SINGLE_FAULTS.filter(({ slow }) => !short || slow !== true);
          await attempt('every fault alone', () => singleFaults(environment, driven, faults, notify));
        }
        if (wants('mixed'))
          await attempt('mixtures', () =>
            mixtures(environment, driven, how.mixtures, chanceOf(seed, 'mixtures'), notify),
          );
        if (wants('away')) await attempt('away', () => outages(environment, driven, notify));
        if (wants('starts'))
          await attempt('starts at once', () => starts(environment, driven, how.starts, notify));
        if (wants('limits'))
          await attempt('limits', () =>
            limits(environment, driven, how.limitRuns, chanceOf(seed, 'limits'), notify),
          );
      } finally {
        await driven.browser.close();
      }
    } finally {
      await environment.close();
    }
  }
  if (wants('browser')) {
    const environment = await openFaultEnvironment({ providers: ['sociavault'] });
    try {
      await attempt('browser kills', () =>
        browserKills(environment, how.browserKills, chanceOf(seed, 'browser'), notify),
      );
    } finally {
      await environment.close();
    }
  }
  if (!short && wants('disk')) await attempt('full disk', fullDisk);
  await Promise.all(beside);
  // Alone, at the end, because time is measured here.
  const paces = wants('pace')
    ? [
        await measurePace('sociavault', how.pages70, 70, notify),
        await measurePace('x-v2', how.pages1000, 1000, notify),
      ]
    : [];
  return { sections, paces };
}
