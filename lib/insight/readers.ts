/** Reads values of a segment's columns one at a time. Pure. */
import type { LoadedSegment } from '../lists/loaded.ts';
import { UNKNOWN_WHOLE, type DerivedValues } from '../store/derived.ts';

/** Reads numbers; NaN is unknown. */
export function numberReader(values: DerivedValues): (at: number) => number {
  if (values.kind !== 'numbers') return () => NaN;
  const { of } = values;
  if (of instanceof Float64Array) return (at) => of[at] ?? NaN;
  return (at) => {
    const value = of[at] ?? UNKNOWN_WHOLE;
    return value === UNKNOWN_WHOLE ? NaN : value;
  };
}

/** Reads bytes; 0 is unknown. */
export function codeReader(values: DerivedValues): (at: number) => number {
  if (values.kind !== 'flags') return () => 0;
  const { of } = values;
  return (at) => of[at] ?? 0;
}

/**
 * Reads the middle of the interval in which each account followed, for plots. NaN is unknown.
 * @param segment was loaded with the columns of follow times
 */
export function midpointReader(segment: Pick<LoadedSegment, 'values'>): (at: number) => number {
  const after = numberReader(segment.values('followedAfter'));
  const before = numberReader(segment.values('followedBefore'));
  return (at) => (after(at) + before(at)) / 2;
}
