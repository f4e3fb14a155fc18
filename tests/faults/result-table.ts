/** The table of results. */
import type { Pace } from './pace.ts';
import type { Section } from './section.ts';

const HEAD = [
  'section',
  'runs',
  'faults',
  'rows',
  'lost',
  'twice',
  'disordered',
  'charged again',
  'of in flight',
  'limits passed',
  'provider counted',
  'ledger',
  'and maybe',
  'seconds',
];

function cells(section: Section): string[] {
  const { name, runs, faults, rows, lost, duplicated, outOfOrder, recharged, inFlight, limitsPassed } =
    section;
  const { counted, charged, maybe, seconds } = section;
  const numbers = [runs, faults, rows, lost, duplicated, outOfOrder, recharged, inFlight, limitsPassed];
  const all = [...numbers, counted, charged, maybe, seconds];
  return [name, ...all.map((number) => number.toLocaleString('en-US'))];
}

function row(texts: readonly string[], widths: readonly number[]): string {
  return texts
    .map((text, column) =>
      column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
    )
    .join('  ');
}

/** All sections as a table, with their notes and violations below. */
export function table(sections: readonly Section[], paces: readonly Pace[]): string {
  const lines = [HEAD, ...sections.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const [head = [], ...rest] = lines;
  const out = [row(head, widths), widths.map((width) => '─'.repeat(width)).join('  ')];
  out.push(...rest.map((line) => row(line, widths)), '');
  for (const { name, notes } of sections) out.push(...notes.map((note) => `${name}: ${note}`));
  for (const pace of paces) {
    const { provider, rowsPerPage, pages, median, p95, early, late } = pace;
    const ms = (value: number): string => `${value.toFixed(1)} ms`;
    out.push(
      `response to next request, ${provider}, ${String(pages)} pages of ${String(rowsPerPage)}: median ${ms(median)}, ` +
        `95 % ${ms(p95)}; from page 10 on ${ms(early)}, at the end ${ms(late)}`,
    );
  }
  const breaches = sections.flatMap(({ name, breaches: found }) =>
    found.map((breach) => `${name}: ${breach}`),
  );
  out.push('', breaches.length === 0 ? 'No violations.' : 'VIOLATIONS:', ...breaches);
  return out.join('\n');
}
