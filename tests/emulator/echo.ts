/** A provider that repeats keys: the one it was sent, and every other key that ever reached the emulator. */
import type { Reply } from './exchange.ts';
import { spellings } from './spellings.ts';

/** Where keys are repeated: in every text of accounts, in the cursor, or in place of the data. */
export type EchoPlace = 'accounts' | 'cursor' | 'data';

/** Headers with keys in them, some of which a client reads. */
export function echoHeaders(keys: readonly string[]): Readonly<Record<string, string>> {
  const sent = keys.map((key) => `Bearer ${key}`).join(', ');
  return {
    'x-request-headers': sent,
    'x-request-id': keys.map((key) => Buffer.from(key).toString('base64')).join('.'),
    'retry-after': sent,
    'x-rate-limit-reset': keys.map((key) => encodeURIComponent(key)).join(' '),
    'server-timing': keys.map((key, index) => `k${index};desc="${key}"`).join(', '),
  };
}

/** Every key in every spelling, as text that is valid inside a JSON string. */
export function echoOf(keys: readonly string[]): string {
  return keys.flatMap((key) => [`Bearer ${key}`, ...spellings(key).map(([, spelled]) => spelled)]).join(' ');
}

const MARK = '@@ECHO@@';
/** Fields of accounts with external content, in the formats of all providers. */
const TEXTS = new Set([
  'name',
  'description',
  'nickname',
  'signature',
  'location',
  'bio',
  'displayName',
  'profile_location',
]);
const CURSORS = new Set([
  'bottom',
  'nextCursor',
  'next_token',
  'next_cursor',
  'next_cursor_str',
  'min_time',
  'max_time',
  'cursor',
]);

/** The document with a mark after each text in a field with one of these names, at any depth. */
function marked(value: unknown, names: ReadonlySet<string>, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => marked(item, names));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, marked(inner, names, key)]));
  }
  const isText = typeof value === 'string' && value !== '';
  return isText && names.has(name) ? `${value} ${MARK}` : value;
}

/** The response with keys in it. Spellings have escapes of their own, so they are inserted into the serialized JSON. */
export function withEcho(reply: Reply, place: EchoPlace, keys: readonly string[]): Reply {
  if (typeof reply.body !== 'string') return reply;
  const echo = echoOf(keys);
  const document: unknown = JSON.parse(reply.body);
  const debug = { request: { headers: `x-api-key: ${MARK}` } };
  const body =
    place === 'data'
      ? { success: true, ...debug }
      : { ...(marked(document, place === 'cursor' ? CURSORS : TEXTS) as object), debug };
  const headers = { ...reply.headers, ...echoHeaders(keys) };
  return { ...reply, headers, body: JSON.stringify(body).replaceAll(MARK, () => echo) };
}
