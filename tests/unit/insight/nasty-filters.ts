/** Random filters that leave some of the nasty accounts, and the same filters in SQL. */
import type { Condition } from '../../../lib/lists/conditions.ts';
import { foldText } from '../../../lib/lists/fold.ts';
import { noFilters, type ListFilters, type Range } from '../../../lib/lists/query.ts';
import type { Chance } from '../../../lib/sample/random.ts';
import { partQuery, type PlotName } from '../../../lib/insight/cross-filter.ts';

const CONDITIONS: readonly [Condition, ...Condition[]] = [
  { kind: 'posts', from: 5, to: 2000 },
  { kind: 'posts', from: null, to: 2 ** 32 - 1 },
  { kind: 'values', field: 'location', values: ['BERLIN', 'lodz'] },
  { kind: 'values', field: 'language', values: ['en'] },
  { kind: 'values', field: 'region', values: ['us', 'BR'] },
  { kind: 'values', field: 'verifiedType', values: ['blue'] },
  { kind: 'values', field: 'script', values: ['latin', 'cyrillic'] },
  { kind: 'terms', terms: ['researcher'] },
  { kind: 'terms', terms: ['#science', '#1'] },
  { kind: 'terms', terms: ['👍', '🇧🇷'] },
  { kind: 'handle', shapes: ['letters', 'manyDigits'] },
  { kind: 'picture', isDefault: false },
  { kind: 'area', positions: { from: 100, to: 2000 }, created: { from: 0, to: 1.6e12 } },
];

/** Filters and a search. */
export interface Drawn {
  readonly text: string;
  readonly filters: ListFilters;
}

export function drawFilters(random: Chance): Drawn {
  const rarely = <T>(value: () => T): T | null => (random.percent(15) ? value() : null);
  const range = (most: number) => (): Range => ({
    from: random.percent(20) ? null : random.between(0, Math.floor(most / 3)),
    to: random.percent(20) ? null : random.between(Math.floor(most / 3), most),
  });
  const conditions = Array.from({ length: random.between(0, 3) }, () => random.one(CONDITIONS));
  return {
    text: random.percent(20) ? random.one(['researcher', 'cafe', 'berlin', '@anna', 'ש']) : '',
    filters: {
      ...noFilters,
      verified: rarely(() => random.percent(50)),
      private: rarely(() => random.percent(50)),
      followers: rarely(range(6000)),
      following: rarely(range(6000)),
      hasWebsite: rarely(() => random.percent(50)),
      hasBio: rarely(() => random.percent(50)),
      created: rarely(range(2e12)),
      location: random.percent(10) ? random.one(['ber', 'SAO']) : '',
      conditions,
    },
  };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function inRange(
  column: string,
  range: { readonly from: number | null; readonly to: number | null },
): string {
  const ends = [
    ...(range.from === null ? [] : [`${column} >= ${String(range.from)}`]),
    ...(range.to === null ? [] : [`${column} <= ${String(range.to)}`]),
    `${column} IS NOT NULL`,
  ];
  return `(${ends.join(' AND ')})`;
}

const COLUMNS = {
  location: 'location_f',
  language: 'language_f',
  region: 'region_f',
  verifiedType: 'verified_type_f',
  script: 'script',
} as const;

function list(values: readonly string[]): string {
  return `[${values.map(quoted).join(', ')}]`;
}

function conditionSql(condition: Condition): string {
  switch (condition.kind) {
    case 'posts':
      return inRange('posts', condition);
    case 'values':
      return `list_contains(${list(condition.values.map(foldText))}, ${COLUMNS[condition.field]})`;
    case 'terms':
      return `list_has_any(terms, ${list(condition.terms)})`;
    case 'handle':
      return `list_contains(${list(condition.shapes)}, shape)`;
    case 'picture':
      return `picture = ${String(condition.isDefault)}`;
    case 'area':
      return `${inRange('position - 1', condition.positions)} AND ${inRange('created_ms', condition.created)}`;
    case 'followArea': {
      const middle = '((epoch_ms(followed_after) + epoch_ms(followed_before)) / 2)';
      return `${inRange(middle, condition.followed)} AND ${inRange('created_ms', condition.created)}`;
    }
    case 'compared':
      throw new Error('Comparisons are tested against a model of their own.');
    case 'rules':
      throw new Error('Rules are tested against a model of their own.');
  }
}

/** Text and filters as a condition in SQL. */
function whereSql({ text, filters }: Drawn): readonly string[] {
  const flag = (column: string, value: boolean | null): string[] =>
    value === null ? [] : [`${column} = ${String(value)}`];
  const range = (column: string, value: Range | null): string[] =>
    value === null ? [] : [inRange(column, value)];
  const contains = (columns: readonly string[], wanted: string): string[] =>
    wanted === ''
      ? []
      : [
          `(${columns.map((column) => `coalesce(contains(${column}, ${quoted(foldText(wanted))}), false)`).join(' OR ')})`,
        ];
  return [
    ...contains(["'@' || handle_f", 'name_f', 'bio_f', 'location_f'], text),
    ...flag('verified', filters.verified),
    ...flag('private', filters.private),
    ...range('followers', filters.followers),
    ...range('following', filters.following),
    ...flag('has_website', filters.hasWebsite),
    ...flag('has_bio', filters.hasBio),
    ...range('created_ms', filters.created),
    ...contains(['location_f'], filters.location),
    ...filters.conditions.map(conditionSql),
  ];
}

/** The accounts for which a plot answers, as a condition in SQL. */
export function whereFor(drawn: Drawn, plot: PlotName): string {
  const { base, own } = partQuery({ ...drawn, sort: null });
  const parts = [base, ...Array.from(own).flatMap(([name, query]) => (name === plot ? [] : [query]))];
  const all = parts.flatMap(whereSql).map((part) => `coalesce(${part}, false)`);
  return all.length === 0 ? 'true' : all.join(' AND ');
}
