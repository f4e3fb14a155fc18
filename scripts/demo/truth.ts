import { parse } from 'csv-parse/sync';
import type { TrueAccount } from '../../tests/emulator/population/account.ts';

/** The columns of every export, in order. */
const COLUMNS =
  'position,id,handle,name,bio,location,website,followers,following,posts,likes,listed,verified,verified_type,private,' +
  'created_at,language,region,profile_url,avatar_url,platform,source_handle,source_id,relation,provider,collected_at,followed_after,followed_before';

/** Text that a spreadsheet would run as a formula starts with an apostrophe. */
function escapeFormula(text: string | null): string {
  const value = text ?? '';
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}

function expectedOf(account: TrueAccount, position: number): Readonly<Record<string, string>> {
  return {
    position: String(position),
    id: account.id,
    handle: escapeFormula(account.handle),
    name: escapeFormula(account.name),
    bio: escapeFormula(account.bio),
    followers: String(account.followers),
    following: String(account.following),
    posts: String(account.posts),
    created_at: new Date(account.createdAt).toISOString(),
  };
}

/**
 * Compares a CSV with the accounts that it should contain, in order.
 * @returns the number of accounts
 * @throws Error with the first difference
 */
export function compareWithTruth(csv: string, truth: Iterable<TrueAccount>): number {
  const [header = '', ...rest] = csv.replace(/^\uFEFF/, '').split('\r\n', 1);
  if (rest.length > 0 || header !== COLUMNS) throw new Error(`The CSV has other columns: ${header}`);
  const records: Record<string, string>[] = parse(csv, {
    bom: true,
    columns: true,
    record_delimiter: '\r\n',
  });
  let count = 0;
  for (const account of truth) {
    const record = records[count];
    count += 1;
    if (!record) throw new Error(`The CSV ends after ${records.length} accounts; the emulator has more.`);
    for (const [column, expected] of Object.entries(expectedOf(account, count))) {
      const found = record[column];
      if (found !== expected) {
        throw new Error(
          `Row ${count}: ${column} is ${JSON.stringify(found)}, and should be ${JSON.stringify(expected)}.`,
        );
      }
    }
  }
  if (records.length !== count)
    throw new Error(`The CSV lists ${records.length} accounts; the emulator has ${count}.`);
  return count;
}
