/** How a provider may spell a key in its responses; independent of the code that searches for it. */

function percentFull(text: string, upper: boolean): string {
  return Array.from(Buffer.from(text), (byte) => {
    const hex = byte.toString(16).padStart(2, '0');
    return `%${upper ? hex.toUpperCase() : hex}`;
  }).join('');
}

function unicode(text: string, upper: boolean): string {
  return Array.from(text, (character) => {
    const hex = character.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${upper ? hex.toUpperCase() : hex}`;
  }).join('');
}

function reversed(text: string): string {
  return Array.from(text).reverse().join('');
}

/** The part of base64 that depends only on the key, with this many bytes before it and others after it. */
function base64Core(key: string, before: number, encoding: 'base64' | 'base64url'): string {
  const bits = 8 * Buffer.byteLength(key);
  const whole = Buffer.from(`${'x'.repeat(before)}${key}yyy`).toString(encoding);
  return whole.slice(Math.ceil((8 * before) / 6), Math.floor((8 * before + bits) / 6));
}

const ALIGNMENTS = [0, 1, 2] as const;

/** Text that reveals a key to a search for this spelling. */
export function givesAway(key: string): readonly (readonly [name: string, text: string])[] {
  const encoded = encodeURIComponent(key);
  const json = JSON.stringify(key).slice(1, -1);
  return [
    ['raw', key],
    ['JSON', json],
    ['JSON with \\/', json.replaceAll('/', '\\/')],
    ['\\u in full', unicode(key, false)],
    ['\\U in full', unicode(key, true)],
    ['JSON in JSON', unicode(key, false).replaceAll('\\', '\\\\')],
    ['percent', encoded],
    ['percent in lower case', encoded.replace(/%../g, (code) => code.toLowerCase())],
    ['percent in full', percentFull(key, true)],
    ['percent in full, lower case', percentFull(key, false)],
    ['percent twice', encodeURIComponent(encoded)],
    ['HTML', key.replace(/[^A-Za-z0-9_]/g, (character) => `&#${character.charCodeAt(0)};`)],
    ['reversed', reversed(key)],
    ['reversed percent', encodeURIComponent(reversed(key))],
    ['hex', Buffer.from(key).toString('hex')],
    ['HEX', Buffer.from(key).toString('hex').toUpperCase()],
    ['base64', Buffer.from(key).toString('base64').replace(/=+$/, '')],
    ...ALIGNMENTS.flatMap((before) =>
      (['base64', 'base64url'] as const).map(
        (encoding) => [`${encoding} at ${before}`, base64Core(key, before, encoding)] as const,
      ),
    ),
  ];
}

/** Text as a provider sends it: the spelling, and its surroundings. */
export function spellings(key: string): readonly (readonly [name: string, text: string])[] {
  const base64 = (text: string, encoding: 'base64' | 'base64url' = 'base64'): string =>
    Buffer.from(text).toString(encoding);
  const json = base64(`{"authorization":"Bearer ${key}","a":1}`);
  return [
    ...givesAway(key).filter(([name]) => !name.includes(' at ')),
    ['with Bearer', `Bearer ${key}`],
    ['with Bearer, percent', encodeURIComponent(`Bearer ${key}`)],
    ['base64 of Bearer', base64(`Bearer ${key}`)],
    ['base64url of Bearer', base64(`Bearer ${key}`, 'base64url')],
    ['base64 behind a digit', `/${base64(key)}`],
    ['base64 behind two digits', `z/${base64(key)}`],
    ['base64 behind three digits', `zz/${base64(key)}`],
    ['hex behind a digit', `f${Buffer.from(key).toString('hex')}`],
    ['base64 behind one', base64(`x${key}`)],
    ['base64 behind two', base64(`xx${key}y`)],
    ['base64url behind one', base64(`x${key}yy`, 'base64url')],
    ['base64 of JSON', json],
    ['base64 of JSON, escaped', json.replaceAll('/', '\\/').replaceAll('=', '\\u003d')],
    ['base64 of JSON, percent', encodeURIComponent(json)],
    ['base64 of the reversed', base64(reversed(key))],
    ['base64 of percent', base64(encodeURIComponent(key))],
    ['hex of Bearer', Buffer.from(`Bearer ${key}`).toString('hex')],
  ];
}
