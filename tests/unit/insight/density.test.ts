import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fingerprint, FingerprintAxis } from '../../../lib/insight/answers.ts';
import { Density, ListSpans } from '../../../lib/insight/density.ts';
import type { LoadedSegment } from '../../../lib/lists/loaded.ts';

/** An account; unknown times are NaN. */
interface Point {
  readonly created: number;
  readonly after: number;
  readonly before: number;
}

const COLUMNS = 7;
const ROWS = 5;

function segmentOf(points: readonly Point[]): LoadedSegment {
  const all: Readonly<Partial<Record<string, readonly number[]>>> = {
    createdAt: points.map(({ created }) => created),
    followedAfter: points.map(({ after }) => after),
    followedBefore: points.map(({ before }) => before),
  };
  return {
    segment: 0,
    first: 0,
    count: points.length,
    filled: points.length,
    settled: true,
    values: (column) => ({ kind: 'numbers', of: Float64Array.from(all[column] ?? []) }),
  };
}

function fingerprintOf(points: readonly Point[], axis: FingerprintAxis): Fingerprint {
  const segment = segmentOf(points);
  const spans = new ListSpans();
  spans.add(segment);
  const density = new Density({ columns: COLUMNS, rows: ROWS, axis }, points.length, spans);
  density.add(segment, Uint16Array.from(points.keys()));
  return density.fingerprint();
}

const time = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 1000 }) }, fc.constant(NaN));
const points = fc.array(fc.record({ created: time, after: time, before: time }), {
  minLength: 1,
  maxLength: 60,
});

describe('a fingerprint', () => {
  it.each(['order', 'time'] as const)(
    'by %s has each account with known times once, at its place',
    (axis) => {
      fc.assert(
        fc.property(points, (all) => {
          const { density, known, total, across, created, axis: shown, isDated } = fingerprintOf(all, axis);
          const middles = all.map(({ after, before }) => (after + before) / 2);
          expect(isDated).toBe(middles.some((middle) => !Number.isNaN(middle)));
          expect(shown).toBe(isDated ? axis : 'order');
          const expected = new Array<number>(COLUMNS * ROWS).fill(0);
          let drawn = 0;
          all.forEach((point, position) => {
            const x = shown === 'order' ? position : (middles[position] ?? NaN);
            if (Number.isNaN(x + point.created)) return;
            drawn += 1;
            const column = Math.floor(((x - across.from) * COLUMNS) / (across.to - across.from + 1));
            const fromBottom = Math.floor(
              ((point.created - created.from) * ROWS) / (created.to - created.from + 1),
            );
            const bin = (ROWS - 1 - fromBottom) * COLUMNS + column;
            expected[bin] = (expected[bin] ?? 0) + 1;
          });
          expect([total, known]).toEqual([all.length, drawn]);
          expect(density.reduce((sum, count) => sum + count, 0)).toBe(drawn);
          expect(Array.from(density)).toEqual(expected);
        }),
      );
    },
  );
});
