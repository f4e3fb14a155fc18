/** Replaces everything about people in a response, and keeps its form: names of fields, types, lengths of IDs, hosts. */

/** Fields whose text says something about the response, not about a person. */
const ABOUT_RESPONSE = /(?:status|type|__typename|^error|^errors|^message|^msg|^detail|^title|^code)$/i;
const CURSOR = /cursor|token/i;
/** Numbers that say something about the response. */
const CODE = /code|credits|result_count/i;
/** A number, or a cursor of X's own lists. */
const DIGITS = /^-?\d+(?:\|\d+)?$/;
/** Hosts whose addresses adapters tell apart. */
const HOSTS = ['x.com', 'twitter.com', 't.co', 'pbs.twimg.com', 'www.tiktok.com'];
const NEW_TIME = Date.UTC(2020, 0, 2, 3, 4, 5);

/** Text of the same length and kinds of characters. `turn` varies it. Zeros stay: cursors begin with one at the end of a list. */
function sameForm(text: string, turn: number): string {
  let at = turn;
  return text.replace(/[0-9a-zA-Z]/g, (character) => {
    at = (at * 31 + 7) % 10_007;
    if (/\d/.test(character)) return character === '0' ? '0' : String(1 + (at % 9));
    const first = /[a-z]/.test(character) ? 97 : 65;
    return String.fromCharCode(first + (at % 26));
  });
}

export class Anonymizer {
  readonly #known = new Map<string, string>();
  readonly #profile: readonly string[];

  /** @param profile the handle and the ID that were asked for, in messages that repeat them */
  constructor(profile: readonly (string | null)[]) {
    this.#profile = profile.filter((text): text is string => text !== null && text !== '');
  }

  /** A message without the profile. */
  #message(value: string): string {
    return this.#profile.reduce((text, part) => {
      const pattern = new RegExp(
        part.replaceAll(/[^\w]/g, (character) => `\\${character}`),
        'gi',
      );
      return text.replaceAll(pattern, 'profile');
    }, value);
  }

  /** The same replacement wherever the value occurs, so that repeated IDs stay repeated. */
  #replaced(value: string, make: (turn: number) => string): string {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const made = make(this.#known.size + 1);
    this.#known.set(value, made);
    return made;
  }

  #digits(value: string): string {
    return value.replaceAll(/\d+/g, (digits) => this.#replaced(digits, (turn) => sameForm(digits, turn)));
  }

  #string(name: string, value: string): string {
    if (value === '' || value === '0') return value;
    if (ABOUT_RESPONSE.test(name)) return this.#message(value);
    if (DIGITS.test(value) || name === 'entryId') return this.#digits(value);
    if (CURSOR.test(name)) return this.#replaced(value, (turn) => sameForm(value, turn));
    if (/^\d{4}-\d{2}-\d{2}T[\d:]{8}/.test(value)) return `2020-01-02T03:04:05${value.slice(19)}`;
    if (/^\w{3} \w{3} \d{2} [\d:]{8} \+0000 \d{4}$/.test(value)) return 'Thu Jan 02 03:04:05 +0000 2020';
    if (/^https?:/.test(value) && URL.canParse(value)) {
      const { host } = new URL(value);
      const shown = HOSTS.includes(host) ? host : 'site.example';
      return this.#replaced(value, (turn) => `https://${shown}/a${String(turn)}`);
    }
    return this.#replaced(value, (turn) => `text${String(turn)}`);
  }

  /** A JSON value. Counts above 9 become others of the same length. */
  value(value: unknown, name = ''): unknown {
    if (typeof value === 'string') return this.#string(name, value);
    if (typeof value === 'number') {
      if (value <= 9 || !Number.isInteger(value) || CODE.test(name)) return value;
      return value > 1e11 ? NEW_TIME : Number(sameForm(String(value), 3));
    }
    if (Array.isArray(value)) return value.map((item) => this.value(item, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.value(inner, key)]));
  }
}

/** What a cursor looks like: `<19 digits>|<19 digits>`. */
export function formOf(cursor: string): string {
  return cursor.replaceAll(/\d+|[A-Za-z]+/g, (part) =>
    /\d/.test(part) ? `<${String(part.length)} digits>` : `<${String(part.length)} letters>`,
  );
}
