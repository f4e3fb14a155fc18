/** The disk with the browser's profile fills up during a list and is freed again. */
import { until } from '../harness/until.ts';
import { drive } from './drive-run.ts';
import { isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { openSmallDisk, type SmallDisk } from './small-disk.ts';
import { openFaultEnvironment, startRun } from './environment.ts';
import { checkResult } from './check-result.ts';

/**
 * More than the extension considers plenty of space for a new profile, so that it doesn't check before each
 * request.
 */
const MEGABYTES = 700;
const ACCOUNTS = 7_000;

async function fillAndFreeDisk(disk: SmallDisk, tally: Tally): Promise<void> {
  const provider = 'sociavault';
  const environment = await openFaultEnvironment({ providers: [provider], within: disk.folder });
  try {
    const driven = await environment.open();
    try {
      const { emulator } = environment;
      const { pageActions, browser } = driven;
      const handle = 'little_room';
      emulator.key({ provider, pageSize: 70, latencyMs: 20 });
      emulator.population({ platform: 'x', handle, followers: ACCOUNTS, following: 0 });
      const from = emulator.log.length;
      const popup = await browser.openPopupPage();
      const id = await startRun(pageActions, { platform: 'x', handle, provider });
      const requested = (): number => emulator.log.slice(from).filter(isListPage).length;

      const seen = new Set<number>();
      await emulator.waitFor(
        (record) => isListPage(record) && record.outcome === 'answered' && seen.add(record.n).size >= 10,
        { after: from },
      );
      await disk.fill();
      tally.faults += 1;
      const atFull = requested();
      const began = performance.now();
      const message = await until(
        'the full disk to be reported',
        async () => {
          const alerts = await popup.getByRole('alert').allTextContents();
          return alerts.find((text) => text.trim() !== '') ?? null;
        },
        { timeout: 90_000 },
      );
      const after = Math.round((performance.now() - began) / 100) / 10;
      const more = requested() - atFull;
      tally.note(
        `full: reported after ${String(after)} s and ${String(more)} more requests: “${message.trim()}”`,
      );
      if (more > 5) tally.breach(`${String(more)} requests were sent without free space`);
      await disk.free();
      const freed = performance.now();
      const back = await until(
        'the run to resume',
        () =>
          Promise.resolve(
            emulator.log.find((record) => isListPage(record) && record.arrived > freed) ?? null,
          ),
        { timeout: 90_000 },
      );
      tally.note(
        `requested again ${String(Math.round((back.arrived - freed) / 100) / 10)} s after space was freed`,
      );

      emulator.key({ provider, latencyMs: 0 });
      await drive(pageActions, id, { fix: () => Promise.reject(new Error('it did not resume by itself')) });
      const run = { id, provider, platform: 'x', handle, from } as const;
      const demands = { list: 'whole', ends: ['complete'], exact: true } as const;
      tally.add(await checkResult(pageActions, emulator, run, demands));
    } finally {
      await driven.browser.close();
    }
  } finally {
    await environment.close();
  }
}

export async function fullDisk(): Promise<Section> {
  const tally = new Tally();
  const disk = await openSmallDisk(MEGABYTES);
  if (typeof disk === 'string') {
    tally.note(`not tested and not counted: no file system can be mounted here (${disk.trim()})`);
    return tally.section('full disk');
  }
  try {
    await fillAndFreeDisk(disk, tally);
  } finally {
    await disk.remove();
  }
  return tally.section('full disk');
}
