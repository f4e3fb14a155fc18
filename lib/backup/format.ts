/**
 * The file format: gzipped lines of JSON, specified in docs/backup.md. The order of fields is fixed, so that equal lists
 * result in equal lines in every browser.
 */
import { forEachField } from '../model/account.ts';
import type { Batch } from '../model/batch.ts';
import type { Budget } from '../model/budget.ts';
import type { Preferences } from '../settings/preferences.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import { profileFacts, type ProfileFacts } from '../model/profile.ts';
import type { RawResponse } from '../model/raw-response.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { FillRow, PageRow } from '../store/archive.ts';

export const FORMAT_VERSION = 1;
export const MIME_TYPE = 'application/gzip';

/** `followledger_backup_{YYYY-MM-DD}.ndjson.gz`; the day is UTC. */
export function backupName(at: number): string {
  return `followledger_backup_${new Date(at).toISOString().slice(0, 10)}.ndjson.gz`;
}

/** How much a backup contains. */
export interface Counts {
  readonly lists: number;
  readonly pages: number;
  readonly accounts: number;
  readonly requests: number;
}

export interface Header {
  readonly version: number;
  /** ISO 8601, UTC. */
  readonly created: string;
}

export interface Trailer extends Counts {
  /** The digest of all previous lines, in hex. */
  readonly sha256: string;
}

/** A page without the list's ID, which is in the preceding `snapshot` line. */
export type PageLine = Omit<PageRow, 'snapshotId'>;
export type FillLine = Omit<FillRow, 'snapshotId'>;
/** Bytes as base64. */
export type RawLine = Omit<RawResponse, 'snapshotId' | 'bytes'> & { readonly bytes: string };

export function headerLine({ version, created }: Header): string {
  return JSON.stringify({ followledger_backup: { version, created } });
}

export function trailerLine({ lists, pages, accounts, requests, sha256 }: Trailer): string {
  return JSON.stringify({ end: { lists, pages, accounts, requests, sha256 } });
}

export function preferencesLine(preferences: Preferences): string {
  return JSON.stringify({ preferences });
}

export function snapshotLine(snapshot: Snapshot): string {
  return JSON.stringify({ snapshot });
}

export function entryLine(entry: LedgerEntry): string {
  return JSON.stringify({ entry });
}

export function budgetLine(budget: Budget): string {
  return JSON.stringify({ budget });
}

export function batchLine(batch: Batch): string {
  return JSON.stringify({ batch });
}

/** Ends a list, with the digest of its content. */
export function closedLine(content: string): string {
  return JSON.stringify({ closed: { content } });
}

/** The columns in the order of the field table. Columns that are missing in files of earlier versions remain missing. */
function columns(accounts: PageRow['accounts']): PageRow['accounts'] {
  // `forEachField` gives each field its own column.
  return forEachField((name) => accounts[name]) as PageRow['accounts'];
}

export function pageLine(row: PageLine): string {
  const { seq, cursor, next, first, idsOnly, duplicates, unreadable, charged } = row;
  const { providerAt, receivedAt, sha256 } = row;
  const page: PageLine = {
    seq,
    cursor,
    next,
    first,
    idsOnly,
    duplicates,
    unreadable,
    charged,
    providerAt,
    receivedAt,
    sha256,
    accounts: columns(row.accounts),
  };
  return JSON.stringify({ page });
}

export function fillLine(row: FillLine): string {
  const { seq, part, receivedAt, sha256, accounts } = row;
  const fill: FillLine = { seq, part, receivedAt, sha256, accounts: columns(accounts) };
  return JSON.stringify({ fill });
}

export function rawLine(row: RawLine): string {
  const { seq, purpose, entry, cursor, status, receivedAt, bytes, sha256 } = row;
  const known = sha256 === undefined ? {} : { sha256 };
  const raw: RawLine = { seq, purpose, entry, cursor, status, receivedAt, bytes, ...known };
  return JSON.stringify({ raw });
}

/** The facts that identify a list and never change. This is the first line of its content digest. */
export function identityLine(snapshot: Snapshot): string {
  const { platform, handleKey, profileId, relation, provider, createdAt } = snapshot;
  return JSON.stringify({
    list: { platform, handleKey, profileId, relation, provider, createdAt, facts: facts(snapshot.facts) },
  });
}

function facts(of: ProfileFacts | null): ProfileFacts | null {
  return of === null ? null : profileFacts(of);
}
