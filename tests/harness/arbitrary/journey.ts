/**
 * Arbitrary accounts, profiles, page hints and responses through the built extension in a real browser: collected,
 * saved, deleted, restored, restored again, and exported in every format, with readers that share nothing with it.
 */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { startEmulator, type Emulator } from '../../emulator/emulator.ts';
import type { ProviderName, RequestRecord } from '../../emulator/exchange.ts';
import { providerNamed } from '../../emulator/providers/all.ts';
import { withGrantedHosts } from '../granted-hosts.ts';
import {
  difference,
  EXPORT_FORMATS,
  exportedRows,
  strictXmlParts,
  type ExportedRow,
  type ExportFormatName,
} from '../read-exports.ts';
import { until } from '../until.ts';
import type { ArbitraryList } from './answers.ts';
import { Random } from './random.ts';
import { createServed } from './served.ts';
import type { Stand, StandOptions } from './stand.ts';
import { anyText } from './values.ts';

export interface ArbitraryJourneyOptions {
  readonly build: string;
  readonly open: (options: StandOptions) => Promise<Stand>;
  readonly pages: number;
  /** Of each page. */
  readonly rows: number;
  readonly seed: number;
  readonly patience: number;
  readonly notify: (line: string) => void;
}

const MENU: Readonly<Record<ExportFormatName, string>> = {
  json: 'JSON',
  ndjson: 'NDJSON',
  csv: 'CSV',
  xlsx: 'Excel',
  parquet: 'Parquet',
};

/** Ten lists, two of each provider and platform. What claims a fantastic cost is the last of its provider. */
function listsOf({ pages, rows }: ArbitraryJourneyOptions): readonly ArbitraryList[] {
  const kinds = [
    ['sociavault', 'tiktok'],
    ['sociavault', 'x'],
    ['socialfetch', 'tiktok'],
    ['x-v2', 'x'],
    ['x-v1.1', 'x'],
  ] as const;
  return kinds.flatMap(([provider, platform], kind) =>
    ([0, 1] as const).map((turn) => {
      const isLast = turn === 1 && kinds[kind + 1]?.[0] !== provider;
      const handle = `arbitrary_${kind * 2 + turn}`;
      return { provider, platform, handle, pages, rows, sane: isLast ? 'all but the last' : 'all' } as const;
    }),
  );
}

/** Texts of 20 MB as they are written in JSON: too long for anything that a platform allows, and so unknown. */
const TOO_LONG = ['x'.repeat(20_000_000), '€'.repeat(6_700_000), '\\ud800'.repeat(3_400_000)] as const;
/** The longest text that is kept, in UTF-16 code units. */
const LONGEST = 100_000;
const AS_LONG_AS_MAY_BE = '€'.repeat(LONGEST);
const TEXT_FIELD = /("(?:description|signature|bio)":")(?:[^"\\]|\\.)*"/;

function isCollecting({ path }: RequestRecord): boolean {
  return /\/(?:followers|followers\/ids\.json|profile|lookup\.json|show\.json)$|\/users\/by\/|\/users\/\d+$/.test(
    path,
  );
}

/** Answers the requests of one list. Every tenth page has a text of 20 MB in it, another the longest that is kept. */
function serve(emulator: Emulator, list: ArbitraryList, seed: number): void {
  const served = createServed(list, seed);
  let pages = 0;
  let last = { requested: '', body: '' };
  const respond = (requested: string, path: string): string => {
    const body = served(new URL(requested, 'https://provider.example'));
    if (!path.endsWith('/followers')) return body;
    pages += 1;
    const turn = Math.floor(pages / 10);
    const long =
      pages % 10 === 3 ? AS_LONG_AS_MAY_BE : pages % 10 === 7 ? TOO_LONG[turn % TOO_LONG.length] : undefined;
    return long === undefined ? body : body.replace(TEXT_FIELD, (_, field: string) => `${field}${long}"`);
  };
  emulator.clearRules();
  emulator.serveRaw({
    when: (record) => record.provider === list.provider && isCollecting(record),
    body: null,
    bodyFor: ({ path, query }) => {
      // Of the same page, however many rows are asked for. A request that is repeated gets the same response.
      const { max_results: _max, count: _count, ...rest } = query;
      const requested = `${path}?${new URLSearchParams(rest).toString()}`;
      if (requested !== last.requested) last = { requested, body: respond(requested, path) };
      return last.body;
    },
    rows: list.rows,
  });
}

/** What of a stored list is looked at. */
interface Stored {
  readonly id: string;
  readonly handle: string;
  readonly provider: string;
  readonly pages: number;
  readonly rows: number;
  readonly duplicates: number;
  readonly state: { readonly kind: string };
}

async function storedLists(environment: Stand): Promise<Stored[]> {
  const text = await environment.evaluate(`return new Promise((resolve, reject) => {
    const opening = indexedDB.open('followledger');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const names = [...opening.result.objectStoreNames];
      if (!names.includes('snapshots')) { opening.result.close(); resolve('[]'); return; }
      const reading = opening.result.transaction('snapshots').objectStore('snapshots').getAll();
      reading.onsuccess = () => {
        opening.result.close();
        resolve(JSON.stringify(reading.result.map(({ id, handle, provider, pages, rows, duplicates, state }) =>
          ({ id, handle, provider, pages, rows, duplicates, state: { ...state } }))));
      };
    };
  });`);
  return JSON.parse(text) as Stored[];
}

/** Collects a list to its end. */
async function collect(
  environment: Stand,
  emulator: Emulator,
  list: ArbitraryList,
  options: ArbitraryJourneyOptions,
) {
  const { platform, handle, provider, pages, rows } = list;
  const random = new Random(options.seed + handle.length);
  emulator.population({
    platform,
    handle,
    followers: pages * rows,
    following: 0,
    name: `${anyText(random)}\uD800\u0000`,
    bio: `${anyText(random)}\u000B\uDC00`,
  });
  serve(emulator, list, options.seed + Number(/\d+/.exec(handle)?.[0] ?? 0));
  const host = platform === 'x' ? 'x.com/' : 'www.tiktok.com/@';
  const link = `https://${host}${handle}`;
  if (provider === 'sociavault') await environment.startFromPage(link);
  else await environment.startFromPopup(link);
  let last: Stored | undefined;
  return until(
    `the list of ${handle}`,
    async () => {
      last = (await storedLists(environment)).find((row) => row.handle === handle);
      if (last?.state.kind === 'blocked') throw new Error(`Blocked: ${JSON.stringify(last)}`);
      if (last?.state.kind === 'confirming') await environment.approve(link);
      return last?.state.kind === 'ended' ? last : null;
    },
    { timeout: options.patience, interval: 200 },
    () => JSON.stringify(last),
  );
}

type Columns = Readonly<Record<string, readonly (string | number | boolean | null)[] | null>>;

/** The columns that are compared: names in the backup, and in files. */
const COMPARED = {
  id: 'id',
  handle: 'handle',
  name: 'name',
  bio: 'bio',
  location: 'location',
  website: 'website',
  followers: 'followers',
  following: 'following',
  posts: 'posts',
  likes: 'likes',
  listed: 'listed',
  verified: 'verified',
  verifiedType: 'verified_type',
  private: 'private',
  createdAt: 'created_at',
  language: 'language',
  region: 'region',
  avatarUrl: 'avatar_url',
} as const;

/** What a backup says, read by nothing of ours. */
interface Contents {
  /** The digest of each list, by its ID. */
  readonly digests: Readonly<Record<string, string>>;
  readonly accounts: number;
  readonly lines: number;
  /** The rows of each list, by its ID. */
  readonly rows: ReadonlyMap<string, readonly ExportedRow[]>;
}

interface Line {
  readonly snapshot?: { readonly id: string };
  readonly page?: { readonly seq: number; readonly accounts: Columns };
  readonly fill?: { readonly seq: number; readonly part: number; readonly accounts: Columns };
  readonly closed?: { readonly content: string };
  readonly end?: { readonly accounts: number };
}

async function readBackup(path: string): Promise<Contents> {
  const digests: Record<string, string> = {};
  const lists = new Map<string, ExportedRow[]>();
  const firsts = new Map<number, number>();
  let rows: ExportedRow[] = [];
  let [id, accounts] = ['', 0];
  const lines = gunzipSync(await readFile(path))
    .toString()
    .split('\n')
    .filter((line) => line !== '');
  for (const line of lines) {
    const { snapshot, page, fill, closed, end } = JSON.parse(line) as Line;
    if (snapshot !== undefined) {
      ({ id } = snapshot);
      rows = [];
      firsts.clear();
      lists.set(id, rows);
    }
    if (closed !== undefined) digests[id] = closed.content;
    if (end !== undefined) ({ accounts } = end);
    const part = page ?? fill;
    if (part === undefined) continue;
    // Accounts that came as IDs are completed by later lines, at their place in the page.
    const first = fill === undefined ? rows.length : (firsts.get(part.seq) ?? 0) + fill.part;
    if (page !== undefined) firsts.set(page.seq, first);
    for (const index of (part.accounts['id'] ?? []).keys()) {
      const named = Object.entries(COMPARED).map(([from, to]) => {
        const cell = part.accounts[from]?.[index] ?? null;
        return [to, cell === '' ? null : cell] as const;
      });
      rows[first + index] = { position: first + index + 1, ...Object.fromEntries(named) };
    }
  }
  return { digests, accounts, lines: lines.length, rows: lists };
}

/** What differs between a list's rows in the backup and in its exported files, and how large the files are. */
async function compareExports(
  environment: Stand,
  id: string,
  rows: readonly ExportedRow[],
): Promise<string[]> {
  const differences: string[] = [];
  let whole: readonly ExportedRow[] | null = null;
  for (const format of EXPORT_FORMATS) {
    const path = await environment.exportList(id, MENU[format], `.${format}`);
    const read = await exportedRows(format, path);
    // JSON comes first: the others must have all of its columns.
    whole ??= read;
    for (const expected of [rows, whole]) {
      const found = difference(format, read, expected);
      if (found !== null) differences.push(`${id}: ${found}`);
    }
    if (format === 'xlsx') expect(await strictXmlParts(path)).toBeGreaterThan(5);
    await rm(path);
  }
  return differences;
}

export async function arbitraryJourney(options: ArbitraryJourneyOptions): Promise<void> {
  const { patience, notify } = options;
  const emulator = await startEmulator();
  const folder = await mkdtemp(join(tmpdir(), 'followledger-arbitrary-'));
  const copy = await withGrantedHosts(options.build);
  const { tlsPort, httpPort } = emulator;
  const environment = await options.open({ extensionDir: copy.folder, tlsPort, httpPort, folder, patience });
  let since = performance.now();
  const lap = (what: string): void => {
    notify(`${environment.name}: ${what}: ${((performance.now() - since) / 1000).toFixed(1)} s`);
    since = performance.now();
  };
  try {
    let total = 0;
    let present: ProviderName | null = null;
    const lists = listsOf(options);
    for (const list of lists) {
      if (present !== list.provider) {
        if (present !== null) await environment.removeKey(providerNamed(present).name);
        present = list.provider;
        emulator.clearRules();
        emulator.key({ provider: present, balance: 1e12 });
        await environment.saveKey(providerNamed(present).name, emulator.defaultKey(present));
      }
      const ended = await collect(environment, emulator, list, options);
      expect(ended.pages, JSON.stringify(ended)).toBe(list.pages);
      // Some of the IDs are none, and some repeat; most are good.
      expect(ended.rows).toBeGreaterThan(0.9 * list.pages * list.rows);
      total += ended.rows;
      lap(`${ended.rows} of ${list.pages * list.rows} accounts of ${list.provider}, ${list.platform}`);
    }
    expect(total).toBeGreaterThanOrEqual(0.9 * lists.length * options.pages * options.rows);

    const before = await storedLists(environment);
    const backup = await environment.saveBackup();
    const { digests, accounts, lines, rows } = await readBackup(backup);
    expect([Object.keys(digests).length, accounts]).toEqual([lists.length, total]);
    lap(`${total} accounts saved, ${lines} lines, ${((await stat(backup)).size / 1e6).toFixed(1)} MB`);

    const lengths = [...rows.values()]
      .flat()
      .flatMap((row) => Object.values(row).map((cell) => (typeof cell === 'string' ? cell.length : 0)));
    const longest = lengths.filter((length) => length === LONGEST).length;
    expect(longest).toBeGreaterThanOrEqual(3);
    expect(lengths.filter((length) => length > LONGEST)).toEqual([]);
    notify(`${environment.name}: ${longest} texts of ${LONGEST} characters kept`);
    since = performance.now();

    await environment.deleteEverything();
    expect(await storedLists(environment)).toEqual([]);
    lap('deleted');
    await environment.restore(backup, new RegExp(`${lists.length} lists were added\\.`));
    lap('restored');
    const byId = (a: Stored, b: Stored): number => (a.id < b.id ? -1 : 1);
    expect((await storedLists(environment)).sort(byId)).toEqual(before.sort(byId));
    const again = await environment.saveBackup();
    const second = await readBackup(again);
    expect([second.digests, second.accounts]).toEqual([digests, accounts]);
    lap('saved again');
    const statusText = await environment.restore(
      backup,
      new RegExp(`${lists.length} lists were already here\\.`),
    );
    expect(statusText).toContain('No new lists.');
    expect((await storedLists(environment)).sort(byId)).toEqual(before);
    lap('restored again');

    const differences: string[] = [];
    for (const { id, provider } of before) {
      differences.push(...(await compareExports(environment, id, rows.get(id) ?? [])));
      lap(`${EXPORT_FORMATS.length} files of a list of ${provider} exported, read and compared`);
    }
    expect(differences).toEqual([]);
  } finally {
    await environment.close();
    await copy.remove();
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}
