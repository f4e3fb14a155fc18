/**
 * The file: gzip over lines of JSON. docs/backup.md describes it and promises it. What is written here in one order of
 * fields is written so in every browser, so that equal lists give equal lines.
 */
import { forEachField } from '../model/account.ts';
import type { Preferences } from '../settings/preferences.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import { profileFacts, type ProfileFacts } from '../model/profile.ts';
import type { RawAnswer } from '../model/raw-response.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { FillRow, PageRow } from '../store/archive.ts';

export const FORMAT_VERSION = 1;
export const MIME_TYPE = 'application/gzip';

/** `followledger_backup_{YYYY-MM-DD}.ndjson.gz`; the day is UTC. */
export function backupName(at: number): string {
  return `followledger_backup_${new Date(at).toISOString().slice(0, 10)}.ndjson.gz`;
}

/** How much a backup holds. */
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
  /** Of all lines before this one, in hex. */
  readonly sha256: string;
}

/** A page without the list it belongs to: that is the `snapshot` line before it. */
export type PageLine = Omit<PageRow, 'snapshotId'>;
export type FillLine = Omit<FillRow, 'snapshotId'>;
/** Bytes as base64. */
export type RawLine = Omit<RawAnswer, 'snapshotId' | 'bytes'> & { readonly bytes: string };

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

/** Ends a list, with the digest of what it holds. */
export function closedLine(content: string): string {
  return JSON.stringify({ closed: { content } });
}

/** The columns in the order of the field table. Those that a file of an earlier version does not have stay absent. */
function columns(accounts: PageRow['accounts']): PageRow['accounts'] {
  // Each field keeps its own column.
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

/** What makes a list that list, whatever became of it since: the first line of its content. */
export function identityLine(snapshot: Snapshot): string {
  const { platform, handleKey, profileId, relation, provider, createdAt } = snapshot;
  return JSON.stringify({
    list: { platform, handleKey, profileId, relation, provider, createdAt, facts: facts(snapshot.facts) },
  });
}

function facts(of: ProfileFacts | null): ProfileFacts | null {
  return of === null ? null : profileFacts(of);
}
