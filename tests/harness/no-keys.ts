/** Looks for keys in what the extension keeps, saves and says, unpacked as far as somebody who looks for one would. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { unzipSync } from 'fflate';
import { givesAway } from '../emulator/spellings.ts';

/** Keys by what became of them. */
export type Keys = Readonly<Record<string, string>>;

/** All text in a value, names included, bytes as Latin-1. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('latin1')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)]);
}

/** A backup's lines, every text in them, and the responses that it holds in base64. */
export function backupText(file: Uint8Array): string {
  const lines = gunzipSync(file).toString();
  const values = lines
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));
  const kept = Array.from(lines.matchAll(/"bytes":"([^"]*)"/g), ([, bytes = '']) =>
    Buffer.from(bytes, 'base64').toString('latin1'),
  );
  return [lines, ...textsIn(values), ...kept].join('\n');
}

async function parquetText(bytes: Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'followledger-parquet-'));
  const path = join(folder, 'list.parquet');
  await writeFile(path, bytes);
  const duck = await (await DuckDBInstance.create()).connect();
  try {
    const rows = await duck.runAndReadAll(`SELECT * FROM read_parquet('${path}')`);
    const pairs = await duck.runAndReadAll(`SELECT decode(value) FROM parquet_kv_metadata('${path}')`);
    return [rows, pairs].flatMap((read) => read.getRowsJson().flat().map(String)).join('\n');
  } finally {
    duck.closeSync();
    await rm(folder, { recursive: true });
  }
}

/** An exported file as text: the parts of an Excel file, the rows and notes of a Parquet file, anything else as it is. */
export async function exportText(name: string, bytes: Uint8Array): Promise<string> {
  switch (extname(name)) {
    case '.parquet':
      return parquetText(bytes);
    case '.xlsx':
      return Object.values(unzipSync(new Uint8Array(bytes)))
        .map((part) => Buffer.from(part).toString())
        .join('\n');
    default:
      return Buffer.from(bytes).toString();
  }
}

/** So much of a key, in a row, is more than the four characters that the options page shows. */
const PIECE = 12;

function hasPiece(text: string, key: string): boolean {
  const pieces = Array.from({ length: key.length - PIECE + 1 }, (_, at) => key.slice(at, at + PIECE));
  return pieces.some((piece) => text.includes(piece));
}

/** Which keys a text gives away, and in which spelling; none are wanted. */
export function keysIn(text: string, keys: Keys): string[] {
  return Object.entries(keys).flatMap(([which, key]) => {
    const backwards = Array.from(key).reverse().join('');
    const pieces = [key, backwards].some((one) => hasPiece(text, one)) ? ['a piece'] : [];
    const spelled = givesAway(key).filter(([, spelling]) => text.includes(spelling));
    return [...spelled.map(([spelling]) => spelling), ...pieces].map((how) => `the ${which} key as ${how}`);
  });
}

/** What an extension page can see of everything that the browser keeps for the extension. */
export interface Kept {
  /** By database and table. */
  readonly tables: Readonly<Record<string, string>>;
  /** By place: `storage.local`, files, caches. */
  readonly places: Readonly<Record<string, string>>;
}

/**
 * Reads everything that is kept, from an extension page and past all code of the extension. It uses nothing from around
 * it, so that it can be handed to a page as it is.
 */
export async function readKept(): Promise<Kept> {
  interface Area {
    get(): Promise<unknown>;
  }
  const { browser, chrome } = globalThis as unknown as Partial<
    Record<'browser' | 'chrome', { storage: Partial<Record<'local' | 'session' | 'sync', Area>> }>
  >;
  const latin1 = (bytes: Uint8Array): string => {
    const parts: string[] = [];
    for (let at = 0; at < bytes.length; at += 10_000) {
      parts.push(String.fromCharCode(...bytes.subarray(at, at + 10_000)));
    }
    return parts.join('');
  };
  const textOf = (value: unknown): string => {
    if (ArrayBuffer.isView(value)) {
      return latin1(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    }
    if (value instanceof ArrayBuffer) return latin1(new Uint8Array(value));
    if (typeof value !== 'object' || value === null) return String(value);
    return Object.entries(value)
      .map(([name, inner]) => `${name}\n${textOf(inner)}`)
      .join('\n');
  };
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = () => {
        reject(request.error ?? new Error('The request failed.'));
      };
    });

  const tables: Record<string, string> = {};
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const table of database.objectStoreNames) {
      const store = database.transaction(table).objectStore(table);
      const [keys, rows] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
      tables[`${name}/${table}`] = textOf([keys, rows]);
    }
    database.close();
  }

  const places: Record<string, string> = {
    localStorage: textOf(Object.fromEntries(Object.entries(localStorage))),
    sessionStorage: textOf(Object.fromEntries(Object.entries(sessionStorage))),
  };
  const { storage } = browser ?? chrome ?? { storage: {} };
  for (const [name, area] of Object.entries(storage)) {
    if (typeof area === 'object' && 'get' in area && ['local', 'session', 'sync'].includes(name)) {
      places[`storage.${name}`] = textOf(await area.get());
    }
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      places[`cache ${request.url}`] = (await response?.text()) ?? '';
    }
  }
  const visit = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
    for await (const [name, entry] of folder.entries()) {
      if (entry.kind === 'directory') await visit(entry, `${path}${name}/`);
      else places[`${path}${name}`] = latin1(new Uint8Array(await (await entry.getFile()).arrayBuffer()));
    }
  };
  await visit(await navigator.storage.getDirectory(), 'file ');
  return { tables, places };
}
