/**
 * Facets against an independent program: DuckDB counts the same on the exported Parquet file. Only two things are ours in
 * it: which spellings are one (`foldText`, which has its own tests), and the list of stop words.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { FacetResult } from '../../../lib/insight/answers.ts';
import { COUNT_EDGES, lastOfBin } from '../../../lib/insight/bins.ts';
import { facetNames, facetOf, type FacetName } from '../../../lib/insight/facets.ts';
import { STOP_WORDS } from '../../../lib/insight/terms.ts';
import { Engine } from '../../../lib/lists/engine.ts';
import { extentOf } from '../../../lib/lists/extent.ts';
import { foldText } from '../../../lib/lists/fold.ts';
import { chance } from '../../../lib/sample/random.ts';
import type { Account } from '../../../lib/model/account.ts';
import { written } from '../export/encoded-files.ts';
import { writtenList, type WrittenList } from '../lists/stored-lists.ts';
import { EMOJI, nastyAccounts } from './nasty.ts';
import { drawFilters, whereFor, type Drawn } from './nasty-filters.ts';

// Several segments.
vi.mock(import('../../../lib/lists/columns.ts'), async (original) => ({
  ...(await original()),
  SEGMENT: 512,
}));

const COUNT = 3000;
const FILTERS = 50;
const TOP = 50;
const accounts = nastyAccounts(COUNT, 20_261_129);

let duck: DuckDBConnection;
let folder: string;
let list: WrittenList;

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const SCRIPTS: Readonly<Record<string, string>> = {
  latin: '\\p{Latin}',
  cyrillic: '\\p{Cyrillic}',
  greek: '\\p{Greek}',
  arabic: '\\p{Arabic}',
  hebrew: '\\p{Hebrew}',
  devanagari: '\\p{Devanagari}',
  bengali: '\\p{Bengali}',
  tamil: '\\p{Tamil}',
  thai: '\\p{Thai}',
  hangul: '\\p{Hangul}',
};

function occurrences(characters: string): string {
  return `length(regexp_replace(own_text, '[^${characters}]', '', 'g'))`;
}

/** The script with the most characters; the first of equal ones. */
function scriptSql(): string {
  const names = [...Object.keys(SCRIPTS), 'kana', 'han'];
  const kana = occurrences('\\p{Hiragana}\\p{Katakana}');
  const counts = [
    ...Object.values(SCRIPTS).map(occurrences),
    `CASE WHEN ${kana} > 0 THEN ${kana} + ${occurrences('\\p{Han}')} ELSE 0 END`,
    `CASE WHEN ${kana} > 0 THEN 0 ELSE ${occurrences('\\p{Han}')} END`,
  ];
  const all = `[${counts.join(', ')}]`;
  return `CASE WHEN list_max(${all}) = 0 THEN NULL
    ELSE [${names.map(quoted).join(', ')}][list_position(${all}, list_max(${all}))] END`;
}

async function foldTable(): Promise<void> {
  const texts = new Set(
    accounts.flatMap(({ handle, name, bio, location, language, region, verifiedType }) =>
      [handle, name, bio, location, language, region, verifiedType].filter((text) => text !== null),
    ),
  );
  const rows = Array.from(texts, (text) => `(${quoted(text)}, ${quoted(foldText(text))})`);
  await duck.run('CREATE TABLE folds (stated VARCHAR, folded VARCHAR)');
  for (let from = 0; from < rows.length; from += 500) {
    await duck.run(`INSERT INTO folds VALUES ${rows.slice(from, from + 500).join(', ')}`);
  }
}

const FOLDED = ['handle', 'name', 'bio', 'location', 'language', 'region', 'verified_type'];
/** The longest first, because an expression takes the first alternative that fits. */
const EMOJI_PATTERN = [...EMOJI].sort((a, b) => b.length - a.length).join('|');

async function accountTable(file: string): Promise<void> {
  const folded = FOLDED.map((name) => `nullif(f_${name}.folded, '') AS ${name}_f`);
  const joins = FOLDED.map((name) => `LEFT JOIN folds f_${name} ON f_${name}.stated = list.${name}`);
  const has = (name: string): string => `CASE WHEN list.${name} IS NOT NULL THEN trim(list.${name}) <> ''
    WHEN list.handle IS NOT NULL AND EXISTS (SELECT 1 FROM '${file}' x WHERE trim(x.${name}) <> '') THEN false END`;
  const digits = "length(regexp_extract(list.handle, '[0-9]*$'))";
  await duck.run(`CREATE TABLE list_with AS SELECT list.*, ${folded.join(', ')},
      epoch_ms(created_at) AS created_ms,
      coalesce(list.name, '') || ' ' || coalesce(list.bio, '') AS own_text,
      ${has('bio')} AS has_bio, ${has('website')} AS has_website,
      CASE WHEN regexp_matches(avatar_url, '^https?://([A-Za-z0-9_-]+\\.)*twimg\\.com/')
        THEN contains(avatar_url, '/default_profile_images/') END AS picture,
      CASE WHEN list.handle IS NULL OR list.handle = '' THEN NULL
        WHEN ${digits} = length(list.handle) THEN 'digits' WHEN ${digits} >= 5 THEN 'manyDigits'
        WHEN ${digits} > 0 THEN 'fewDigits' WHEN regexp_matches(list.handle, '[0-9]') THEN 'digitsInside'
        WHEN regexp_matches(list.handle, '[_.]') THEN 'separators' ELSE 'letters' END AS shape
    FROM '${file}' list ${joins.join(' ')}`);
  const stop = `[${Array.from(STOP_WORDS, quoted).join(', ')}]`;
  await duck.run(`CREATE TABLE accounts AS SELECT *, ${scriptSql()} AS script,
      list_filter(list_distinct(regexp_extract_all(coalesce(bio_f, ''), 'https?://\\S+|[#@]?[\\p{L}\\p{M}\\p{N}_]+')),
        lambda t: NOT contains(t, '://') AND NOT starts_with(t, '@') AND (starts_with(t, '#')
          OR (length(t) BETWEEN 2 AND 40 AND regexp_matches(t, '\\p{L}') AND NOT list_contains(${stop}, t)))) AS tokens,
      list_distinct(regexp_extract_all(coalesce(bio, ''), '${EMOJI_PATTERN}')) AS pictograms,
      list_concat(tokens, pictograms) AS terms
    FROM list_with`);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'followledger-facets-'));
  const file = join(folder, 'list.parquet');
  await writeFile(file, (await written('parquet', accounts)).bytes);
  duck = await (await DuckDBInstance.create()).connect();
  await foldTable();
  await accountTable(file);
  list = await writtenList();
  for (let from = 0; from < COUNT; from += 250) await list.addPage(accounts.slice(from, from + 250));
  await list.end();
}, 120_000);

afterAll(async () => {
  duck.closeSync();
  list.store.close();
  await rm(folder, { recursive: true });
});

type Rows = readonly Readonly<Record<string, unknown>>[];

async function rowsOf(sql: string): Promise<Rows> {
  return (await duck.runAndReadAll(sql)).getRowObjectsJson();
}

interface Counted {
  readonly total: number;
  readonly known: number;
  readonly distinct: number | null;
  /** Keys and counts, in order. */
  readonly bars: readonly (readonly [string, number])[];
}

const COLUMNS: Readonly<Record<FacetName, string>> = {
  followers: 'followers',
  following: 'following',
  posts: 'posts',
  created: 'created_ms',
  followed: 'NULL',
  verified: 'verified',
  verifiedKind: 'verified_type_f',
  private: 'private',
  bio: 'has_bio',
  website: 'has_website',
  picture: 'picture',
  location: 'location_f',
  language: 'language_f',
  region: 'region_f',
  script: 'script',
  words: "list_filter(tokens, lambda t: NOT starts_with(t, '#'))",
  hashtags: "list_filter(tokens, lambda t: starts_with(t, '#'))",
  emoji: 'pictograms',
  handle: 'shape',
};

async function countsOf(name: FacetName, where: string): Promise<Pick<Counted, 'total' | 'known'>> {
  const known = facetOf(name).kind === 'terms' ? 'CASE WHEN has_bio THEN 1 END' : COLUMNS[name];
  const [row] = await rowsOf(
    `SELECT count(*) AS total, count(${known}) AS known FROM accounts WHERE ${where}`,
  );
  return { total: Number(row?.['total']), known: Number(row?.['known']) };
}

async function barsOf(name: FacetName, where: string): Promise<readonly (readonly [string, number])[]> {
  const column = COLUMNS[name];
  const pairs = async (sql: string) =>
    (await rowsOf(sql)).map((row) => [String(row['key']), Number(row['n'])] as const);
  switch (facetOf(name).kind) {
    case 'counts': {
      const bins = COUNT_EDGES.map(
        (edge, bin) =>
          `WHEN ${column} BETWEEN ${String(edge)} AND ${String(lastOfBin(bin) ?? Number.MAX_SAFE_INTEGER)} THEN ${String(edge)}`,
      );
      return pairs(`SELECT CASE ${bins.join(' ')} END AS key, count(*) AS n FROM accounts
        WHERE ${where} AND ${column} IS NOT NULL GROUP BY key ORDER BY key`);
    }
    case 'months':
      return pairs(`SELECT epoch_ms(date_trunc('month', make_timestamp(${column} * 1000))) AS key, count(*) AS n
        FROM accounts WHERE ${where} AND ${column} IS NOT NULL GROUP BY key ORDER BY key`);
    case 'arrivals':
      return [];
    case 'flag':
    case 'picture':
      return pairs(`SELECT CASE WHEN ${column} THEN 'yes' ELSE 'no' END AS key, count(*) AS n
        FROM accounts WHERE ${where} AND ${column} IS NOT NULL GROUP BY key ORDER BY key DESC`);
    case 'values':
      return pairs(`SELECT ${column} AS key, count(*) AS n FROM accounts
        WHERE ${where} AND ${column} IS NOT NULL GROUP BY key ORDER BY n DESC, key LIMIT ${String(TOP)}`);
    case 'terms':
      return pairs(`SELECT key, count(*) AS n FROM (SELECT unnest(${column}) AS key FROM accounts WHERE ${where})
        GROUP BY key ORDER BY n DESC, key LIMIT ${String(TOP)}`);
    case 'shapes':
      return pairs(`SELECT ${column} AS key, count(*) AS n FROM accounts
        WHERE ${where} AND ${column} IS NOT NULL GROUP BY key`);
  }
}

async function facetsOf(drawn: Drawn): Promise<ReadonlyMap<FacetName, FacetResult>> {
  const snapshot = await list.snapshot();
  const engine = new Engine(list.store, snapshot.id);
  const options = { arrivals: 'day', fingerprint: null, rules: [], runs: false } as const;
  const found = new Map<FacetName, FacetResult>();
  const query = { ...drawn, sort: null };
  const { signal } = new AbortController();
  for await (const part of engine.describe(query, options, extentOf(snapshot), signal)) {
    if ('results' in part && part.part !== 'rules')
      for (const result of part.results) found.set(result.name, result);
  }
  return found;
}

/** Equal counts may be in any order: DuckDB sorts texts by code points, and we do by code units. */
function sorted(bars: readonly (readonly [string, number])[]): readonly string[] {
  return bars.map(([key, count]) => `${String(count).padStart(8)} ${key}`).sort();
}

/** The entries that are certainly among the most frequent: those above the last count. */
function certain(bars: readonly (readonly [string, number])[]): readonly (readonly [string, number])[] {
  const last = bars.at(-1)?.[1] ?? 0;
  return bars.length < TOP ? bars : bars.filter(([, count]) => count > last);
}

it(`every facet equals DuckDB's for ${String(FILTERS)} random filters`, { timeout: 240_000 }, async () => {
  const random = chance(7);
  let filtered = 0;
  for (let index = 0; index < FILTERS; index += 1) {
    const drawn: Drawn = drawFilters(random);
    const found = await facetsOf(drawn);
    for (const name of facetNames) {
      const result = found.get(name);
      const where = whereFor(drawn, name);
      const bars = await barsOf(name, where);
      const about = `${name} for ${JSON.stringify(drawn)}`;
      expect({ total: result?.total, known: result?.known }, about).toEqual(await countsOf(name, where));
      const ours = (result?.bars ?? []).map(({ key, count }) => [key, count] as const);
      expect(sorted(certain(ours)), about).toEqual(sorted(certain(bars)));
      if ((result?.total ?? 0) > 0 && (result?.total ?? 0) < COUNT) filtered += 1;
    }
  }
  // Most filters leave some accounts and exclude others.
  expect(filtered).toBeGreaterThan((FILTERS * facetNames.length) / 2);
});

it('the population is as nasty as it says', () => {
  const known = (of: (account: Account) => unknown): number =>
    accounts.filter((one) => of(one) !== null).length;
  expect(known(({ bio }) => bio)).toBeLessThan(COUNT);
  expect(new Set(accounts.map(({ followers }) => followers)).size).toBeGreaterThan(500);
});
