/** `npm run test:bench`, after `npm run build`: the benchmark reports every figure. */
import { expect, onTestFinished, test } from 'vitest';
import { benchExtension } from '../../scripts/bench/extension.ts';
import { measurePage } from '../../scripts/bench/measures/page.ts';
import { measureEngine } from '../../scripts/bench/measures/read.ts';
import { measureWriting } from '../../scripts/bench/measures/write.ts';
import type { Line } from '../../scripts/bench/report.ts';
import { openStage } from '../../scripts/bench/stage.ts';
import { buildFolder } from '../../scripts/extension.ts';

test('a small list can be measured: every figure is reported, with its baseline and lower bound', async () => {
  const copy = await benchExtension(buildFolder('chrome'));
  onTestFinished(() => copy.remove());
  const stage = await openStage(copy.folder);
  const lines: Line[] = [
    ...(await measureWriting(stage, 1000, 70)),
    ...(await measureEngine(stage, 1000, 70)),
    ...(await measurePage(stage, 1000, 70, null)),
  ];
  const figure = (start: string): Line | undefined => lines.find(({ what }) => what.startsWith(start));
  for (const { what, ours, unit } of lines) {
    if (unit !== 'MB' || process.platform === 'linux') expect.soft(ours, what).toEqual(expect.any(Number));
  }
  for (const start of ['write', 'very first search', 'sort by a number']) {
    const { baseline, floor } = figure(start) ?? {};
    expect.soft([baseline, floor], start).toEqual([expect.any(Number), expect.any(Number)]);
  }
  expect(figure('scroll: longest task, CPU time')?.ours).toBeGreaterThan(0);
  expect(figure('sort by followers: until visible')?.ours).toBeGreaterThan(0);
});
