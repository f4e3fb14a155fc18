/** What the providers can do and what they cost, as a table of the README: made from their registry, never by hand. */
import type { Platform, Price, Relation, Unit } from '../lib/model.ts';
import type { Adapter } from '../lib/providers/adapter.ts';

const BEGIN = '<!-- capabilities: made by `npm run docs` -->';
const END = '<!-- /capabilities -->';

const PLATFORMS: readonly (readonly [Platform, string])[] = [
  ['x', 'X'],
  ['tiktok', 'TikTok'],
];
const RELATIONS: readonly Relation[] = ['followers', 'following'];
const COLLECTED = PLATFORMS.flatMap(([platform, name]) =>
  RELATIONS.map((relation) => ({ platform, relation, title: `${name} ${relation}` })),
);

function amount(unit: Unit, value: number): string {
  if (unit === 'usd') return `US$${(value / 1_000_000).toFixed(3)}`;
  const one = unit === 'credits' ? 'credit' : 'request';
  return `${String(value)} ${value === 1 ? one : unit}`;
}

function priceOf({ unit, perRequest, perRow, resolve, perFill }: Price, fillSize: number): string {
  const parts: readonly (readonly [number, string])[] = [
    [perRequest, 'a page'],
    [perRow, 'an account'],
    [resolve, 'to look up a handle'],
    [perFill, `for the details of ${String(fillSize)} accounts`],
  ];
  return parts
    .filter(([value]) => value > 0)
    .map(([value, what]) => `${amount(unit, value)} ${what}`)
    .join(', ');
}

function pageOf(adapter: Adapter): string {
  const sizes = PLATFORMS.filter(([platform]) =>
    RELATIONS.some((relation) => adapter.supports(platform, relation)),
  ).map(([platform, name]) => ({ name, most: adapter.pages(platform).most.toLocaleString('en-US') }));
  const [first] = sizes;
  if (first !== undefined && sizes.every(({ most }) => most === first.most)) return first.most;
  return sizes.map(({ name, most }) => `${most} (${name})`).join(', ');
}

function line(cells: readonly string[], widths: readonly number[]): string {
  return `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
}

/** The table in Markdown, laid out as the project's formatter lays it out. */
function capabilityTable(adapters: readonly Adapter[]): string {
  const header = ['', ...COLLECTED.map(({ title }) => title), 'Price', 'Accounts a page'];
  const rows = adapters.map((adapter) => [
    adapter.name,
    ...COLLECTED.map(({ platform, relation }) => (adapter.supports(platform, relation) ? 'yes' : '–')),
    priceOf(adapter.price, adapter.fillSize),
    pageOf(adapter),
  ]);
  const widths = header.map((cell, at) =>
    Math.max(3, cell.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const rule = widths.map((width) => '-'.repeat(width));
  return [header, rule, ...rows].map((cells) => line(cells, widths)).join('\n');
}

/**
 * The text with the table between its markers.
 * @throws Error when the markers are missing or stand the wrong way round
 */
export function withCapabilities(text: string, adapters: readonly Adapter[]): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`The markers ${BEGIN} and ${END} are missing.`);
  return `${text.slice(0, begin)}${BEGIN}\n\n${capabilityTable(adapters)}\n\n${text.slice(end)}`;
}
