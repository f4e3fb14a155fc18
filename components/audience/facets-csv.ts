/** The facets of an audience as CSV. Pure. */
import type { FacetResult } from '../../lib/insight/answers.ts';
import { facetOf } from '../../lib/insight/facets.ts';

const HEADER = ['facet', 'value', 'from', 'to', 'accounts', 'share_of_known', 'known', 'unknown'];

/** Text that a spreadsheet would run as a formula is preceded by an apostrophe, as in exported lists. */
export function csvField(value: string): string {
  const guarded = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Times are ISO 8601 in UTC. */
function end(value: number | null, isTime: boolean): string {
  if (value === null) return '';
  return isTime ? new Date(value).toISOString() : String(value);
}

/** One row per bar, with a header; UTF-8 with a byte order mark, so that Excel recognizes it. */
export function facetsCsv(facets: Iterable<FacetResult>): string {
  const lines = [HEADER.join(',')];
  for (const { name, total, known, bars } of facets) {
    const { kind } = facetOf(name);
    const isTime = kind === 'months' || kind === 'arrivals';
    const isRange = isTime || kind === 'counts';
    for (const { spelled, from, to, count } of bars) {
      lines.push(
        [
          name,
          isRange ? '' : csvField(spelled),
          end(from, isTime),
          end(to, isTime),
          String(count),
          known === 0 ? '' : (count / known).toFixed(6),
          String(known),
          String(total - known),
        ].join(','),
      );
    }
  }
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}
