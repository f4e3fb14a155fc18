/** Folds text for searching and sorting, so that different spellings of a word become equal. See decision 0030. */

/**
 * Characters that are removed: accents; the points of Hebrew, Arabic, and Syriac, which few people type; invisible
 * characters such as joiners, direction and variation marks, soft hyphens, and annotation marks; and characters that only
 * stretch a word, such as the Arabic tatweel. Marks of scripts in which they are vowels or tones (Devanagari, Thai, …) and
 * the Japanese sound marks stay, because without them it would be a different word.
 */
const REMOVED =
  /[[[\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}]&&\p{M}]--[\u3099\u309A]]|[\p{Default_Ignorable_Code_Point}\u0640\u07FA\u180A\uFE73\uFFF9-\uFFFB\u{13430}-\u{1345F}]/gv;

/** Letters that Unicode doesn't decompose, with what people type instead, and the case foldings of `ß` and `ς`. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ς: 'σ',
  ı: 'i',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  æ: 'ae',
  œ: 'oe',
  ð: 'd',
  þ: 'th',
};
const REPLACED = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

/** White space, and the blank Braille pattern, which people use as a space that platforms don't trim. */
const SPACES = /[\s\u2800]+/g;

const PLAIN = /^[\x20-\x7E]*$/;
const EXTRA_SPACE = /^ | $| {2}/;

/**
 * Folds a text: removes differences of compatibility forms, letter case, and accents in any script, and collapses white
 * space to one space between words. Folding a folded text doesn't change it.
 */
export function foldText(text: string): string {
  // Fast path: most texts are plain ASCII.
  if (PLAIN.test(text)) {
    const lower = text.toLowerCase();
    return EXTRA_SPACE.test(lower) ? collapseSpaces(lower) : lower;
  }
  const folded = text
    .normalize('NFKD')
    .replace(REMOVED, '')
    .toLowerCase()
    .replace(REPLACED, (letter) => LETTERS[letter] ?? letter);
  return collapseSpaces(folded).normalize('NFC');
}

function collapseSpaces(text: string): string {
  return text.replace(SPACES, ' ').trim();
}
