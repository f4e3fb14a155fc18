/** The whole suite, and its short form. */
import { alarms } from './alarms.ts';
import { browserKills } from './browser-kills.ts';
import { chanceOf } from './seeded-random.ts';
import { comings } from './outages.ts';
import { fullDisk } from './full-disk.ts';
import { limits, machineRuns } from './limits.ts';
import { mixtures } from './mixtures.ts';
import { measurePace, type Pace } from './pace.ts';
import { resentInChromium } from './chromium-resends.ts';
import { resentInFirefox } from './firefox-resends.ts';
import { broken, type Section } from './section.ts';
import { silenceInChromium, silenceInFirefox } from './slow-responses.ts';
import { SINGLE_FAULTS } from './fault-list.ts';
import { singleFaults } from './single-faults.ts';
import { openStand } from './environment.ts';
import { starts } from './simultaneous-starts.ts';
import { workerKills } from './worker-kills.ts';

export interface SuiteOptions {
  readonly seed: number;
  readonly short: boolean;
  /** Of the sections, those whose name contains it; all unless said otherwise. */
  readonly only: string | null;
  readonly tell: (line: string) => void;
}

export interface Found {
  readonly sections: readonly Section[];
  readonly paces: readonly Pace[];
}

/** How much of everything. */
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

/** Runs the sections; those that mostly wait go beside the others. */
export async function runSuite({ seed, short, only, tell }: SuiteOptions): Promise<Found> {
  const how = short ? SHORT : LONG;
  const wants = (name: string): boolean => only === null || name.includes(only);
  const sections: Section[] = [];
  const add = (section: Section): void => {
    sections.push(section);
    const { name, seconds, breaches } = section;
    tell(`✓ ${name}: ${String(seconds)} s, ${String(breaches.length)} breaches`);
  };

  /** What goes wrong in one section is a breach, and keeps no other from its turn. */
  const attempt = async (name: string, run: () => Promise<Section>): Promise<void> => {
    add(await run().catch((error: unknown) => broken(name, error)));
  };

  if (wants('machine')) add(machineRuns(2_000, seed));
  const beside: Promise<void>[] = [];
  if (!short && wants('silence'))
    beside.push(attempt('silence', silenceInChromium), attempt('silence in Firefox', silenceInFirefox));
  if (!short && wants('resent')) {
    beside.push(
      attempt('resent in Firefox', resentInFirefox),
      attempt('resent over HTTP/1.1', () => resentInChromium('HTTP/1.1', tell)),
      attempt('resent over HTTP/2', () => resentInChromium('HTTP/2', tell)),
    );
  }
  if (!short && wants('alarm')) {
    const chance = chanceOf(seed, 'alarms');
    beside.push(attempt('alarms', () => alarms(how.alarmBrowsers, how.alarmKills, chance, tell)));
  }

  if (['worker', 'single', 'mixed', 'away', 'starts', 'limits'].some(wants)) {
    const stand = await openStand({ providers: ['sociavault', 'x-v2'] });
    try {
      const driven = await stand.open();
      try {
        if (wants('worker')) {
          const kills = [
            { provider: 'sociavault', rowsAPage: 70, accounts: 20_020, kills: how.kills70 },
            { provider: 'x-v2', rowsAPage: 1000, accounts: 60_000, kills: how.kills1000 },
          ] as const;
          for (const plan of kills) {
            const chance = chanceOf(seed, plan.provider);
            await attempt('worker kills', () => workerKills(stand, driven, plan, chance, tell));
          }
        }
        if (wants('single')) {
          const faults = SINGLE_FAULTS.filter(({ slow }) => !short || slow !== true);
          await attempt('every fault alone', () => singleFaults(stand, driven, faults, tell));
        }
        if (wants('mixed'))
          await attempt('mixtures', () =>
            mixtures(stand, driven, how.mixtures, chanceOf(seed, 'mixtures'), tell),
          );
        if (wants('away')) await attempt('away', () => comings(stand, driven, tell));
        if (wants('starts')) await attempt('starts at once', () => starts(stand, driven, how.starts, tell));
        if (wants('limits'))
          await attempt('limits', () => limits(stand, driven, how.limitRuns, chanceOf(seed, 'limits'), tell));
      } finally {
        await driven.browser.close();
      }
    } finally {
      await stand.close();
    }
  }
  if (wants('browser')) {
    const stand = await openStand({ providers: ['sociavault'] });
    try {
      await attempt('browser kills', () =>
        browserKills(stand, how.browserKills, chanceOf(seed, 'browser'), tell),
      );
    } finally {
      await stand.close();
    }
  }
  if (!short && wants('disk')) await attempt('full disk', fullDisk);
  await Promise.all(beside);
  // Alone, at the end: here it is time that counts.
  const paces = wants('pace')
    ? [
        await measurePace('sociavault', how.pages70, 70, tell),
        await measurePace('x-v2', how.pages1000, 1000, tell),
      ]
    : [];
  return { sections, paces };
}
