/** Changes to a JSON document, one at a time, at any of its places. */
import fc from 'fast-check';

export type Path = readonly string[];

/** Every place in a document below its root, parents before children. */
export function pathsOf(value: unknown, here: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) => {
    const path = [...here, key];
    return [path, ...pathsOf(child, path)];
  });
}

const KINDS = [
  'drop',
  'null',
  'number',
  'text',
  'flag',
  'list',
  'object',
  'deeper',
  'much-deeper',
  'unquoted',
  'quoted',
  'list-for-object',
  'object-for-list',
  'proto',
  'add',
] as const;

export interface Change {
  readonly path: Path;
  readonly kind: (typeof KINDS)[number] | 'huge';
}

/** Some changes at places that `allowed` accepts. */
export function changes(
  document: unknown,
  allowed: (path: Path) => boolean = () => true,
): fc.Arbitrary<readonly Change[]> {
  const paths = pathsOf(document).filter(allowed);
  // Huge ones take long, and a few are enough.
  const kind = fc.oneof(
    { weight: 50, arbitrary: fc.constantFrom(...KINDS) },
    { weight: 1, arbitrary: fc.constant('huge' as const) },
  );
  return fc.uniqueArray(fc.record({ path: fc.constantFrom(...paths), kind }), {
    minLength: 1,
    maxLength: 3,
    selector: ({ path }) => path.join('\n'),
  });
}

const HUGE = 'x'.repeat(100_001);
/** Digits between these are written as an unquoted number, of any length. */
const UNQUOTED = '\u0001';

function nested(value: unknown, depth: number): unknown {
  let whole = value;
  for (let level = 0; level < depth; level += 1) whole = level % 2 === 0 ? { inner: whole } : [whole];
  return whole;
}

function isDigits(value: unknown): value is string {
  return typeof value === 'string' && /^[1-9]\d*$/.test(value);
}

function withKey(value: unknown, key: string, ownValue: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  // Assigning to `__proto__` would set the prototype, which no JSON can do.
  return Object.defineProperty({ ...value }, key, { value: ownValue, enumerable: true, configurable: true });
}

function changed(value: unknown, kind: Change['kind']): unknown {
  switch (kind) {
    case 'null':
      return null;
    case 'number':
      return 12.5;
    case 'text':
      return 'changed';
    case 'flag':
      return true;
    case 'list':
      return [value];
    case 'object':
      return { value };
    case 'deeper':
      return nested(value, 3);
    case 'much-deeper':
      return nested(value, 200);
    case 'huge':
      return HUGE;
    case 'unquoted':
      return isDigits(value) ? UNQUOTED + value + UNQUOTED : value;
    case 'quoted':
      return typeof value === 'number' ? String(value) : value;
    case 'list-for-object':
      return typeof value === 'object' && value !== null ? Object.values(value) : [value];
    case 'object-for-list':
      return Array.isArray(value) ? Object.fromEntries(value.entries()) : { 0: value };
    case 'proto':
      return withKey(value, '__proto__', { id: '1', uid: '1', rest_id: '1', id_str: '1', data: [] });
    case 'add':
      return withKey(value, 'a_field_of_next_year', { id: '1', list: [1] });
    case 'drop':
      return undefined;
  }
}

export function apply(value: unknown, path: Path, kind: Change['kind']): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return changed(value, kind);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = [...(value as readonly unknown[])];
    const at = Number(key);
    if (kind === 'drop' && rest.length === 0) items.splice(at, 1);
    else items[at] = apply(items[at], rest, kind);
    return items;
  }
  const entries = Object.entries(value).map(([name, child]: [string, unknown]): [string, unknown] => [
    name,
    name === key ? apply(child, rest, kind) : child,
  ]);
  const isDropped = kind === 'drop' && rest.length === 0;
  return Object.fromEntries(isDropped ? entries.filter(([name]) => name !== key) : entries);
}

/** The order of places in a document: a place before everything below it. */
function compare(a: Path, b: Path): number {
  for (const [index, key] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = key.localeCompare(other, 'en', { numeric: true });
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** The changed document as text. A change whose place an earlier change removed has no effect. */
export function changedText(document: unknown, all: readonly Change[]): string {
  // From the end, so that an item removed from a list doesn't move those that are still to be changed.
  const ordered = [...all].sort((a, b) => compare(b.path, a.path));
  const whole = ordered.reduce((value, { path, kind }) => apply(value, path, kind), document);
  return JSON.stringify(whole).replace(/"\\u0001(\d+)\\u0001"/g, '$1');
}

/** Whether a change at `path` affects `place`: there, above it, or below it. */
export function touches({ path }: Change, place: Path): boolean {
  const shorter = Math.min(path.length, place.length);
  return path.slice(0, shorter).every((key, index) => key === place[index]);
}

/** Whether a change leaves every existing value readable and unchanged. */
export function isHarmless({ kind }: Change): boolean {
  return kind === 'proto' || kind === 'add';
}
