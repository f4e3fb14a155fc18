/** Exports that a reload, or the end of the browser, interrupts. */
import { beforeEach, expect, it } from 'vitest';
import { exportIdSchema, type ExportState, type ExportView } from '../../../lib/export/jobs/job.ts';
import { exportMessage } from '../../../lib/export/jobs/state-message.ts';
import { afterInterruption, viewsOf } from '../../../lib/export/jobs/unfinished.ts';
import { snapshotIdSchema } from '../../../lib/model/ids.ts';
import { speakEnglish } from '../words/english.ts';

beforeEach(speakEnglish);

function view(n: number, state: ExportState): ExportView {
  return {
    id: exportIdSchema.parse(`00000000-0000-4000-8000-00000000000${String(n)}`),
    snapshotId: snapshotIdSchema.parse('00000000-0000-4000-8000-00000000000a'),
    fileName: `${String(n)}.csv`,
    rows: 10,
    startedAt: n,
    state,
  };
}

const DONE: ExportState = {
  kind: 'done',
  accounts: 2,
  edges: null,
  bytes: 1,
  sha256: 'a'.repeat(64),
  guarded: 0,
  cut: 0,
  sheets: 1,
  idsOnly: 0,
  unavailable: 0,
};
const INTERRUPTED: ExportState = { kind: 'failed', why: 'interrupted', said: null };

it('exports missing from the session are reported as interrupted', () => {
  const noted = [view(1, { kind: 'writing', rows: 3 }), view(2, { kind: 'waiting' })];
  expect(afterInterruption([], noted)).toEqual([view(1, INTERRUPTED), view(2, INTERRUPTED)]);
});

it('exports still in the session are reported once, and finished ones stay', () => {
  const writing = view(2, { kind: 'writing', rows: 3 });
  expect(afterInterruption([view(1, DONE), writing], [writing])).toEqual([
    view(1, DONE),
    view(2, INTERRUPTED),
  ]);
});

it('an export that ended after it was recorded is not reported as interrupted', () => {
  expect(afterInterruption([view(1, DONE)], [view(1, { kind: 'writing', rows: 9 })])).toEqual([
    view(1, DONE),
  ]);
});

it.each(['', '[{"id":1}]', '{', 'null'])('a damaged note says nothing: %j', (text) => {
  expect(viewsOf(text)).toEqual([]);
});

it('a note is read as it was written', () => {
  const views = [view(1, { kind: 'waiting' })];
  expect(viewsOf(JSON.stringify(views))).toEqual(views);
});

it('the sentence says that nothing was saved, and what to do', () => {
  expect(exportMessage(view(1, INTERRUPTED))).toBe(
    "The export was interrupted, so 1.csv wasn't saved. Your lists are unaffected; export again.",
  );
});
