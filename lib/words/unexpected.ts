/** Messages about unexpected entries of a list: how many there are of which kinds. */
import { unexpectedKinds, type UnexpectedEntries, type UnexpectedKind } from '../model/unexpected.ts';
import { i18n } from '#i18n';
import { count, percent } from './numbers.ts';

/** Unexpected entries are mentioned if they exceed this share of all entries. */
const MENTIONED_ABOVE = 0.01;

function kindText(kind: UnexpectedKind, n: number): string {
  const values = { n: count(n) };
  switch (kind) {
    case 'unavailable':
      return i18n.t('unexpected.unavailable', values);
    case 'no-account':
      return i18n.t('unexpected.no_account', values);
    case 'unknown-type':
      return i18n.t('unexpected.unknown_type', values);
    case 'list-for-object':
      return i18n.t('unexpected.list_for_object', values);
  }
}

/** `12 unavailable, 3 of an unknown type`; `null` if there were none. */
export function unexpectedText(unexpected: UnexpectedEntries | undefined): string | null {
  const texts = unexpectedKinds.flatMap((kind) => {
    const n = unexpected?.[kind] ?? 0;
    return n === 0 ? [] : [kindText(kind, n)];
  });
  return texts.length === 0 ? null : texts.join(', ');
}

/** A sentence about the share of unexpected entries; `null` if it is small. */
export function unexpectedMessage(share: number): string | null {
  return share > MENTIONED_ABOVE ? i18n.t('unexpected.sentence', { share: percent(share) }) : null;
}
