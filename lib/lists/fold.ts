/** Text folding for searching and sorting: different spellings of a word become equal. Decision 0030 lists what is folded. */

/**
 * Marks that are left out: accents, and the points of Hebrew, Arabic and Syriac, which few people type. Not those of
 * scripts in which a mark is a vowel or a tone (Devanagari, Thai, …), nor the Japanese sound marks: without them it
 * would be another word. Left out too is what cannot be seen: joiners, direction and variation marks, soft hyphens,
 * annotation marks; and what only stretches a word: the tatweel of Arabic and its relatives.
 */
const LEFT_OUT =
  /[[[\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}]&&\p{M}]--[\u3099\u309A]]|[\p{Default_Ignorable_Code_Point}\u0640\u07FA\u180A\uFE73\uFFF9-\uFFFB\u{13430}-\u{1345F}]/gv;

/** Letters that are no base letter with a mark to Unicode, but are typed as one; and the case foldings of two letters. */
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
const WRITTEN_OUT = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

/** The blank pattern of Braille is used as a space that platforms do not trim. */
const SPACES = /[\s\u2800]+/g;

const PLAIN = /^[\x20-\x7E]*$/;
const LOOSE_SPACE = /^ | $| {2}/;

/**
 * Folds a text: compatibility forms, letter case and accents become the same, in any script; white space becomes one
 * blank between words. Folding twice is folding once.
 */
export function foldText(text: string): string {
  // Fast path: most texts are plain ASCII.
  if (PLAIN.test(text)) {
    const lower = text.toLowerCase();
    return LOOSE_SPACE.test(lower) ? tight(lower) : lower;
  }
  const folded = text
    .normalize('NFKD')
    .replace(LEFT_OUT, '')
    .toLowerCase()
    .replace(WRITTEN_OUT, (letter) => LETTERS[letter] ?? letter);
  return tight(folded).normalize('NFC');
}

function tight(text: string): string {
  return text.replace(SPACES, ' ').trim();
}
