/** The disk that the browser's profile is on runs full in the middle of a list, and is emptied again. */
import { until } from '../harness/until.ts';
import { drive } from './drive-run.ts';
import { isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { openSmallDisk, type SmallDisk } from './small-disk.ts';
import { openStand, startRun } from './environment.ts';
import { judge } from './check-result.ts';

/** More than what counts as plenty beside a new profile, so that nobody looks before each request. */
const MEGABYTES = 700;
const ACCOUNTS = 7_000;

async function fillAndFree(disk: SmallDisk, tally: Tally): Promise<void> {
  const provider = 'sociavault';
  const stand = await openStand({ providers: [provider], within: disk.folder });
  try {
    const driven = await stand.open();
    try {
      const { emulator } = stand;
      const { hands, browser } = driven;
      const handle = 'little_room';
      emulator.key({ provider, pageSize: 70, latencyMs: 20 });
      emulator.population({ platform: 'x', handle, followers: ACCOUNTS, following: 0 });
      const from = emulator.log.length;
      const popup = await browser.openPopupPage();
      const id = await startRun(hands, { platform: 'x', handle, provider });
      const asked = (): number => emulator.log.slice(from).filter(isListPage).length;

      const seen = new Set<number>();
      await emulator.waitFor(
        (record) => isListPage(record) && record.outcome === 'answered' && seen.add(record.n).size >= 10,
        { after: from },
      );
      await disk.fill();
      tally.faults += 1;
      const atFull = asked();
      const began = performance.now();
      const said = await until(
        'the full disk to be said',
        async () => {
          const alerts = await popup.getByRole('alert').allTextContents();
          return alerts.find((text) => text.trim() !== '') ?? null;
        },
        { timeout: 90_000 },
      );
      const after = Math.round((performance.now() - began) / 100) / 10;
      const more = asked() - atFull;
      tally.note(`full: said after ${String(after)} s and ${String(more)} more requests: “${said.trim()}”`);
      if (more > 5) tally.breach(`${String(more)} requests went out without room`);
      await disk.free();
      const freed = performance.now();
      const back = await until(
        'the run to go on',
        () =>
          Promise.resolve(emulator.log.find((record) => isListPage(record) && record.came > freed) ?? null),
        { timeout: 90_000 },
      );
      tally.note(`asked again ${String(Math.round((back.came - freed) / 100) / 10)} s after there was room`);

      emulator.key({ provider, latencyMs: 0 });
      await drive(hands, id, { mend: () => Promise.reject(new Error('it did not go on by itself')) });
      const run = { id, provider, platform: 'x', handle, from } as const;
      const demands = { list: 'whole', ends: ['complete'], exact: true } as const;
      tally.add(await judge(hands, emulator, run, demands));
    } finally {
      await driven.browser.close();
    }
  } finally {
    await stand.close();
  }
}

export async function fullDisk(): Promise<Section> {
  const tally = new Tally();
  const disk = await openSmallDisk(MEGABYTES);
  if (typeof disk === 'string') {
    tally.note(`not tried, and not counted: no file system can be mounted here (${disk.trim()})`);
    return tally.section('full disk');
  }
  try {
    await fillAndFree(disk, tally);
  } finally {
    await disk.remove();
  }
  return tally.section('full disk');
}
