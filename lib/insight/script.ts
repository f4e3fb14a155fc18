/** The script in which a text is mostly written. It says nothing about the language. Pure. */

const SCRIPTS = {
  latin: /\p{Script=Latin}/u,
  cyrillic: /\p{Script=Cyrillic}/u,
  greek: /\p{Script=Greek}/u,
  arabic: /\p{Script=Arabic}/u,
  hebrew: /\p{Script=Hebrew}/u,
  devanagari: /\p{Script=Devanagari}/u,
  bengali: /\p{Script=Bengali}/u,
  tamil: /\p{Script=Tamil}/u,
  thai: /\p{Script=Thai}/u,
  hangul: /\p{Script=Hangul}/u,
  kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
  han: /\p{Script=Han}/u,
} as const;

export type Script = keyof typeof SCRIPTS;
/** In the order that decides between scripts with equally many characters. */
const scripts = Object.keys(SCRIPTS) as readonly Script[];

const NONE = 0xff;
const UNTESTED = 0xfe;
const HAN = scripts.indexOf('han');
const KANA = scripts.indexOf('kana');
/** The index of each code point's script, tested when it first occurs. */
const known = new Uint8Array(0x110000).fill(UNTESTED);

function scriptAt(point: number): number {
  const before = known[point] ?? NONE;
  if (before !== UNTESTED) return before;
  const character = String.fromCodePoint(point);
  const found = scripts.findIndex((script) => SCRIPTS[script].test(character));
  return (known[point] = found === -1 ? NONE : found);
}

const ASCII = /^[\x20-\x7E]*$/;

/**
 * The script with the most characters. Kana and Han characters count together, as kana if there are any: texts in
 * Japanese have both.
 * @returns `null` if no character belongs to a script in the table
 */
export function scriptOf(text: string): Script | null {
  if (ASCII.test(text)) return /[a-z]/i.test(text) ? 'latin' : null;
  const counts = new Uint32Array(scripts.length);
  for (const character of text) {
    const script = scriptAt(character.codePointAt(0) ?? 0);
    if (script !== NONE) counts[script] = (counts[script] ?? 0) + 1;
  }
  if ((counts[KANA] ?? 0) > 0) {
    counts[KANA] = (counts[KANA] ?? 0) + (counts[HAN] ?? 0);
    counts[HAN] = 0;
  }
  let most = -1;
  for (let at = 0; at < counts.length; at += 1) {
    if ((counts[at] ?? 0) > (most === -1 ? 0 : (counts[most] ?? 0))) most = at;
  }
  return most === -1 ? null : (scripts[most] ?? null);
}
