import { i18n } from '#i18n';
import { count as asText } from '../../lib/words/numbers.ts';

/** Shows that some stored lists cannot be read; renders nothing if all can. */
export function UnreadableLists({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return <p className="tone-error">{i18n.t('list.unreadable', count, { n: asText(count) })}</p>;
}
