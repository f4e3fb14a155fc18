/** Generates Markdown tables of what each provider supports and costs. */
import { estimateRun } from '../lib/collector/estimate.ts';
import type { Price, Unit } from '../lib/model/money.ts';
import type { Platform, Relation } from '../lib/model/platform.ts';
import type { Adapter, PageRules } from '../lib/providers/adapter.ts';
import { markdownTable, withTable } from './generated-table.ts';

const PLATFORMS: readonly (readonly [Platform, string])[] = [
  ['x', 'X'],
  ['tiktok', 'TikTok'],
];
const RELATIONS: readonly Relation[] = ['followers', 'following'];
const COLLECTED = PLATFORMS.flatMap(([platform, name]) =>
  RELATIONS.map((relation) => ({ platform, relation, title: `${name} ${relation}` })),
);
/** The size of the list whose cost the README states. */
const PRICED_ROWS = 10_000;
const NONE = '–';

/** @param decimals of dollars, unless the amount has more */
function amount(unit: Unit, value: number, decimals = 3): string {
  if (unit === 'usd') {
    const needed = (value / 1_000_000).toFixed(6).replace(/0+$/, '').split('.')[1]?.length ?? 0;
    return `US$${(value / 1_000_000).toFixed(value < 1_000_000 ? Math.max(decimals, needed) : decimals)}`;
  }
  const one = unit === 'credits' ? 'credit' : 'request';
  return `${value.toLocaleString('en-US')} ${value === 1 ? one : unit}`;
}

function priceOf({ unit, ...price }: Price, fillSize: number): string {
  const parts: readonly (readonly [number, string])[] = [
    [price.perRequest, 'per page'],
    [price.perRow, 'per account'],
    [price.perPageAtLeast ?? 0, 'per page at least'],
    [price.resolve, 'to look up a handle'],
    [price.perFill, `for the details of ${String(fillSize)} accounts`],
  ];
  return parts
    .filter(([value]) => value > 0)
    .map(([value, what]) => `${amount(unit, value)} ${what}`)
    .join(', ');
}

/** The accounts of a page; `about` where the provider does not document them. */
function pageSize({ most, usual }: PageRules): string {
  return usual === undefined ? most.toLocaleString('en-US') : `about ${usual.toLocaleString('en-US')}`;
}

function pageOf(adapter: Adapter): string {
  const sizes = PLATFORMS.filter(([platform]) =>
    RELATIONS.some((relation) => adapter.supports(platform, relation)),
  ).map(([platform, name]) => ({ name, size: pageSize(adapter.pages(platform)) }));
  const [first] = sizes;
  if (first !== undefined && sizes.every(({ size }) => size === first.size)) return first.size;
  return sizes.map(({ name, size }) => `${size} (${name})`).join(', ');
}

/** Updates the table of what each provider supports, its prices, and its page sizes. */
export function withCapabilities(text: string, adapters: readonly Adapter[]): string {
  const header = ['', ...COLLECTED.map(({ title }) => title), 'Price', 'Accounts per page'];
  const rows = adapters.map((adapter) => [
    adapter.name,
    ...COLLECTED.map(({ platform, relation }) => (adapter.supports(platform, relation) ? 'yes' : NONE)),
    priceOf(adapter.price, adapter.fillSize),
    pageOf(adapter),
  ]);
  return withTable(text, 'capabilities', markdownTable(header, rows));
}

/** Updates the table of what a list with 10,000 followers costs, with the same estimate as in the popup. */
export function withCosts(text: string, adapters: readonly Adapter[]): string {
  const rows = adapters.map((adapter) => [
    adapter.name,
    ...PLATFORMS.map(([platform]) => {
      if (!adapter.supports(platform, 'followers')) return NONE;
      const estimate = estimateRun(adapter, {
        platform,
        rows: PRICED_ROWS,
        listed: PRICED_ROWS,
        resolved: false,
      });
      return estimate.amount === null ? NONE : amount(adapter.price.unit, estimate.amount, 2);
    }),
  ]);
  return withTable(text, 'costs', markdownTable(['', ...PLATFORMS.map(([, name]) => name)], rows));
}
