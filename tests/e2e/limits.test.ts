import { afterEach, expect, it } from 'vitest';
import { hasEnded, openScene, stateOf, type Scene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());

/** Starts a run from the popup with its own limit. */
async function startInPopup(handle: string, spendAtMost: string): Promise<void> {
  const popup = await scene.browser.openPopupPage();
  await popup.getByLabel('Handle or link').fill(`@${handle}`);
  await popup.getByText('Limit and provider').click();
  await popup.getByLabel('Spend at most').fill(spendAtMost);
  await popup.getByRole('button', { name: 'Get followers' }).click();
}

it('a cap of 3 credits is never exceeded, including the lookup', async () => {
  scene = await openScene();
  await scene.saveKey('sociavault');
  await startInPopup('bob_metrics', '3');
  const snapshot = await scene.snapshot(hasEnded);
  expect(snapshot).toMatchObject({ rows: 140, state: { outcome: { kind: 'capped', by: 'cap' } } });
  expect(scene.emulator.charges('sociavault').amount).toBe(3);
});

it('a cap of one dollar at one cent per account buys 99 or 100 accounts', async () => {
  scene = await openScene();
  await scene.saveKey('x-v2');
  await startInPopup('bob_metrics', '1');
  const snapshot = await scene.snapshot(hasEnded);
  expect([99, 100]).toContain(snapshot['rows']);
  expect(scene.emulator.charges('x-v2').amount).toBeLessThanOrEqual(1_000_000);
});

it('the estimate is shown, and approved, before the first list page is requested', async () => {
  scene = await openScene();
  await scene.saveKey('sociavault');
  await scene.askAbove('credits', '10');
  await scene.collect('https://x.com/bob_metrics');
  const requested = await scene.snapshot((row) => stateOf(row) === 'confirming');
  expect(requested).toMatchObject({ estimate: { rows: 5000, amount: 72 } });
  expect(scene.requests('sociavault').filter(({ path }) => path.endsWith('/followers'))).toEqual([]);
  // The popup opens with the approval, unless the popup that the browser opened automatically has just shown it.
  const popup = await scene.browser.openPopupPage();
  const question = popup.getByText(/above your 10-credit limit/i);
  const line = popup.getByRole('button', { name: /\bfrom / }).first();
  await question.or(line).first().waitFor();
  if (!(await question.isVisible())) await line.click();
  await question.waitFor();
  await popup.getByRole('button', { name: /^Spend up to/ }).click();
  expect(await scene.snapshot(hasEnded)).toMatchObject({
    rows: 5000,
    state: { outcome: { kind: 'complete' } },
  });
});
