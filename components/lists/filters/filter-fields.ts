/** Parses and formats the text in filter fields. Pure. */
import type { Range } from '../../../lib/lists/query.ts';

const DAY = 86_400_000;
const SCALES: Readonly<Record<string, number>> = { '': 1, k: 1_000, m: 1_000_000 };

/**
 * Parses a count: digits with or without separators, or a short form such as `1.5k` or `2m`.
 * @returns `null` for an empty field, `undefined` for invalid text
 */
export function readCount(text: string): number | null | undefined {
  const typed = text.trim().toLowerCase();
  if (typed === '') return null;
  const short = /^(\d+(?:[.,]\d+)?)\s*([km])$/.exec(typed);
  if (short !== null) {
    const [, digits = '', scale = ''] = short;
    return Math.round(Number(digits.replace(',', '.')) * (SCALES[scale] ?? 1));
  }
  const plain = typed.replace(/[\s.,'’\u202f]/g, '');
  const count = Number(plain);
  return /^\d+$/.test(plain) && Number.isSafeInteger(count) ? count : undefined;
}

/** A range of two ends; `null` if neither is given. */
export function rangeOf(from: number | null, to: number | null): Range | null {
  return from === null && to === null ? null : { from, to };
}

/** The first or last moment, in UTC, of the day in a date field; `null` for an empty field. */
export function readDay(text: string, end: 'first' | 'last'): number | null {
  const day = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(day)) return null;
  return end === 'first' ? day : day + DAY - 1;
}

/** A time as the value of a date field: its day in UTC. */
export function writeDay(at: number | null): string {
  return at === null ? '' : new Date(at).toISOString().slice(0, 10);
}
