/** Entries of a list that were not as expected: how many, of which kinds, and whether that is worth a sentence. */
import { unexpectedKinds, type UnexpectedEntries, type UnexpectedKind } from '../model/unexpected.ts';
import { i18n } from '#i18n';
import { count, percent } from './numbers.ts';

/** From this share of a list's entries on, its sentence says so. */
const SAID_ABOVE = 0.01;

function kindWords(kind: UnexpectedKind, n: number): string {
  const words = { n: count(n) };
  switch (kind) {
    case 'unavailable':
      return i18n.t('unexpected.unavailable', words);
    case 'no-account':
      return i18n.t('unexpected.no_account', words);
    case 'unknown-type':
      return i18n.t('unexpected.unknown_type', words);
    case 'list-for-object':
      return i18n.t('unexpected.list_for_object', words);
  }
}

/** `12 unavailable, 3 of an unknown type`; `null` where there were none. */
export function unexpectedWords(unexpected: UnexpectedEntries | undefined): string | null {
  const words = unexpectedKinds.flatMap((kind) => {
    const n = unexpected?.[kind] ?? 0;
    return n === 0 ? [] : [kindWords(kind, n)];
  });
  return words.length === 0 ? null : words.join(', ');
}

/** What the share is, in a sentence; `null` where it is small. */
export function unexpectedSentence(share: number): string | null {
  return share > SAID_ABOVE ? i18n.t('unexpected.sentence', { share: percent(share) }) : null;
}
