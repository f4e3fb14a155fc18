/** The spending history by list and purpose as CSV (RFC 4180). Pure. Amounts are plain numbers: dollars, not cents. */
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import type { SpendingLine } from '../../../lib/store/spending.ts';

type Cell = string | number | null;
type Listed = Pick<Snapshot, 'platform' | 'relation' | 'createdAt'> & { readonly handle: string };

const MICRO = 1_000_000;

interface Source {
  readonly line: SpendingLine;
  readonly list: Listed | undefined;
}

function inUnit({ unit }: SpendingLine, n: number): number {
  return unit === 'usd' ? n / MICRO : n;
}

function iso(at: number | undefined): string | null {
  const date = new Date(at ?? NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

const COLUMNS: readonly (readonly [name: string, value: (source: Source) => Cell])[] = [
  ['list_id', ({ line }) => line.snapshotId],
  ['platform', ({ list }) => list?.platform ?? null],
  ['handle', ({ list }) => list?.handle ?? null],
  ['relation', ({ list }) => list?.relation ?? null],
  ['list_created_at', ({ list }) => iso(list?.createdAt)],
  ['purpose', ({ line }) => line.purpose],
  ['provider', ({ line }) => line.provider],
  ['unit', ({ line }) => line.unit],
  ['requests', ({ line }) => line.requests],
  ['charged', ({ line }) => inUnit(line, line.charged)],
  ['may_have_been_charged', ({ line }) => inUnit(line, line.maybeCharged)],
  ['last_request_at', ({ line }) => iso(line.lastAt)],
];

/** Quoted if necessary; text that a spreadsheet could take for a formula starts with an apostrophe. */
function field(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",;|\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param lists the lists that still exist; lines of others have only their ID */
export function spendingCsv(lines: readonly SpendingLine[], lists: ReadonlyMap<SnapshotId, Listed>): string {
  const header = COLUMNS.map(([name]) => name).join(',');
  const records = lines.map((line) => {
    const list = line.snapshotId === null ? undefined : lists.get(line.snapshotId);
    return COLUMNS.map(([, value]) => field(value({ line, list }))).join(',');
  });
  return `\uFEFF${[header, ...records].join('\r\n')}\r\n`;
}

/** `followledger_spending_2026-11-29.csv`; the day is UTC, as in all file names. */
export function spendingFileName(now: number): string {
  return `followledger_spending_${new Date(now).toISOString().slice(0, 10)}.csv`;
}
