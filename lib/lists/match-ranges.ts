/** Where a search matches in a text, in the text as it is displayed. Pure. */
import { foldText } from './fold.ts';

/** Part of a text: from `start` up to, but not including, `end`, in UTF-16 code units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Printable ASCII without two spaces in a row, which are folded to one. */
const PLAIN = /^(?!.* {2})[\x20-\x7E]*$/;
const SPACE = /^[\s\u2800]+$/;

/** The folded text, and for each of its code units the range of the text that it comes from. */
interface Folded {
  readonly text: string;
  readonly from: readonly TextRange[];
}

/** Folds letter by letter, as seen by the user, so that every folded letter is traced back to its origin. */
function foldByGrapheme(text: string): Folded {
  let folded = '';
  const from: TextRange[] = [];
  for (const { segment, index } of graphemes.segment(text)) {
    const range = { start: index, end: index + segment.length };
    if (SPACE.test(segment)) {
      if (folded.endsWith(' ') || folded === '') continue;
      folded += ' ';
      from.push(range);
      continue;
    }
    const letters = foldText(segment);
    folded += letters;
    from.push(...Array.from(letters.split(''), () => range));
  }
  return { text: folded, from };
}

function positionsOf(needle: string, text: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) found.push(at);
  return found;
}

/**
 * The parts of a text that match a search, in order and without overlaps. Whole letters match, accents included.
 * @param needle the search, folded by `foldText`; empty matches nothing
 */
export function matchRanges(text: string, needle: string): readonly TextRange[] {
  if (needle === '') return [];
  // Fast path: most texts are plain ASCII, where folding changes no position.
  if (PLAIN.test(text)) {
    return positionsOf(needle, text.toLowerCase()).map((start) => ({ start, end: start + needle.length }));
  }
  const { text: folded, from } = foldByGrapheme(text);
  const ranges: TextRange[] = [];
  for (const at of positionsOf(needle, folded)) {
    const start = from[at]?.start ?? 0;
    const end = from[at + needle.length - 1]?.end ?? text.length;
    const last = ranges.at(-1);
    // A letter can fold to several, of which two matches can contain one each.
    if (last !== undefined && start < last.end) ranges[ranges.length - 1] = { start: last.start, end };
    else ranges.push({ start, end });
  }
  return ranges;
}
