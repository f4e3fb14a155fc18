/** A batch as a line of JSON, for the scratch file; read back with as much suspicion as anything from a disk. */
import { accountIdSchema, type AccountId } from '../../model/ids.ts';
import type { AccountColumns } from '../../store/columns.ts';
import type { Batch } from './batch.ts';

/** One line without a new line in it. */
export function pack({ positions, collectedAt, accounts }: Batch): string {
  return JSON.stringify([positions, collectedAt, accounts]);
}

function broken(): never {
  throw new TypeError('The scratch file does not contain what was written.');
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean';
}
function isId(value: unknown): value is AccountId {
  return accountIdSchema.safeParse(value).success;
}

/** A list in which every value is of a kind. */
function all<T>(values: unknown, is: (value: unknown) => value is T): T[] {
  return Array.isArray(values) && values.every(is) ? values : broken();
}

/** A line of {@link pack}. @throws TypeError when it is none */
export function unpack(line: string): Batch {
  const read = all(JSON.parse(line), (value): value is unknown => value !== undefined);
  const [positions, collectedAt, fields] = read;
  if (typeof fields !== 'object' || fields === null) return broken();
  const given = new Map<string, unknown>(Object.entries(fields));
  const column = <T>(name: string, is: (value: unknown) => value is T): (T | null)[] | null => {
    const values = given.get(name);
    return values === null ? null : all(values, (value): value is T | null => value === null || is(value));
  };
  const accounts: AccountColumns = {
    id: all(given.get('id'), isId),
    handle: column('handle', isText),
    name: column('name', isText),
    bio: column('bio', isText),
    location: column('location', isText),
    website: column('website', isText),
    followers: column('followers', isNumber),
    following: column('following', isNumber),
    posts: column('posts', isNumber),
    likes: column('likes', isNumber),
    listed: column('listed', isNumber),
    verified: column('verified', isFlag),
    verifiedType: column('verifiedType', isText),
    private: column('private', isFlag),
    createdAt: column('createdAt', isNumber),
    language: column('language', isText),
    region: column('region', isText),
    avatarUrl: column('avatarUrl', isText),
    unavailable: column('unavailable', isFlag),
  };
  return { positions: all(positions, isNumber), collectedAt: all(collectedAt, isNumber), accounts };
}
