/** Serializes a batch as a line of JSON for the scratch file, and validates it when it is read back. */
import { byKind, forEachField, type AccountField } from '../../model/account.ts';
import { accountIdSchema, type AccountId } from '../../model/ids.ts';
import type { AccountColumns } from '../../store/columns.ts';
import type { Batch } from './batch.ts';

/** One line, without a line break. */
export function serialize({ positions, collectedAt, accounts }: Batch): string {
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

/** Validates a value of each field. */
const CHECKS = byKind({ id: isId, text: isText, count: isNumber, flag: isFlag, time: isNumber });

/** Checks that every value of an array has a type. */
function all<T>(values: unknown, is: (value: unknown) => value is T): T[] {
  return Array.isArray(values) && values.every(is) ? values : broken();
}

/** Parses a line of {@link serialize}. @throws TypeError if it is invalid */
export function deserialize(line: string): Batch {
  const read = all(JSON.parse(line), (value): value is unknown => value !== undefined);
  const [positions, collectedAt, fields] = read;
  if (typeof fields !== 'object' || fields === null) return broken();
  const given = new Map<string, unknown>(Object.entries(fields));
  const column = (name: AccountField): readonly unknown[] | null => {
    const values = given.get(name);
    if (values === null && name !== 'id') return null;
    const is: (value: unknown) => boolean = CHECKS[name];
    return all(values, (value): value is unknown => (value === null && name !== 'id') || is(value));
  };
  // Each column was checked by the kind of its field.
  const accounts = forEachField(column) as AccountColumns;
  return { positions: all(positions, isNumber), collectedAt: all(collectedAt, isNumber), accounts };
}
