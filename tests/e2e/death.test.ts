import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { unknownCharges } from '../harness/unknown-charges.ts';
import { hasEnded, openScene, type Scene } from './scene.ts';

const FOLLOWERS = '/v1/scrape/twitter/followers';
let scene: Scene;
afterEach(() => scene.close());

/** The list is exact, and the provider's count lies between the known charges and those plus the possible ones. */
async function expectWhole(): Promise<void> {
  const snapshot = await scene.snapshot(hasEnded, 90_000);
  expect(snapshot).toMatchObject({ rows: 5000, state: { kind: 'ended', outcome: { kind: 'complete' } } });
  const { amount } = scene.emulator.charges('sociavault');
  const charged = Number(snapshot['charged']);
  const maybe = Number(snapshot['maybeCharged']);
  expect(charged).toBeLessThanOrEqual(amount);
  expect(amount).toBeLessThanOrEqual(charged + maybe);
  const ledger = await scene.table('ledger');
  const { lost, resent } = unknownCharges(ledger);
  expect(lost).toBeLessThanOrEqual(1);
  // Without any latency, the first request after a restart may look like one that the browser repeated.
  expect(resent).toBeLessThanOrEqual(1);
  expect(ledger.filter(({ status }) => status === 'sent')).toEqual([]);
  const pages = await scene.table('pages');
  const ids = pages.flatMap(({ accounts }) => (accounts as { id: string[] }).id);
  expect(ids).toEqual([...scene.emulator.ids('x', 'bob_metrics', 'followers')]);
}

it('resumes by itself with an exact list after the worker is terminated during a request', async () => {
  scene = await openScene();
  await scene.saveKey('sociavault');
  let pages = 0;
  const hold = scene.emulator.hold(({ path }) => path === FOLLOWERS && (pages += 1) === 20, 'decided');
  await scene.collect('https://x.com/bob_metrics');
  await hold.arrived;
  expect(await scene.browser.killWorker()).toBe(true);
  hold.release();
  await expectWhole();
}, 120_000);

it('resumes with an exact list after the whole browser is killed and reopened on the same profile', async () => {
  const userDataDir = await mkdtemp(join(tmpdir(), 'followledger-crash-'));
  try {
    const first = await openScene({ userDataDir });
    scene = first;
    await first.saveKey('sociavault');
    let pages = 0;
    const hold = first.emulator.hold(({ path }) => path === FOLLOWERS && (pages += 1) === 20, 'decided');
    await first.collect('https://x.com/bob_metrics');
    await hold.arrived;
    await first.browser.killBrowser();
    hold.release();
    scene = await openScene({ after: first, userDataDir });
    await expectWhole();
  } finally {
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}, 120_000);
