import { useEffect, useState } from 'react';
import { i18n } from '#i18n';
import type { Reader } from '../../lib/lists/reader.ts';
import type { Elsewhere } from '../../lib/sets/elsewhere.ts';
import { count } from '../../lib/words/numbers.ts';
import { useSnapshots } from '../hooks/useDatabase.ts';
import { useNow } from '../hooks/useNow.ts';
import { referenceTo } from './list-reference.ts';

/** How many lists are named until all are requested. */
const FIRST = 5;
/** How long an account stays open before other lists are searched for it, in milliseconds. */
const SETTLED = 150;

interface AlsoInProps {
  readonly reader: Reader;
  readonly position: number;
}

/** The other lists with the account at a position; `null` until they are known. */
function useElsewhere(reader: Reader, position: number): readonly Elsewhere[] | null {
  const [found, setFound] = useState<{
    readonly position: number;
    readonly lists: readonly Elsewhere[];
  } | null>(null);
  useEffect(() => {
    const ending = new AbortController();
    const timer = setTimeout(() => {
      reader.elsewhere(position, ending.signal).then(
        (lists) => {
          if (!ending.signal.aborted) setFound({ position, lists });
        },
        (error: unknown) => {
          console.error(error);
        },
      );
    }, SETTLED);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [reader, position]);
  return found?.position === position ? found.lists : null;
}

/** In which other lists an account is, newest first. Each is a link to the account there. */
export function AlsoIn({ reader, position }: AlsoInProps) {
  const lists = useElsewhere(reader, position);
  const snapshots = useSnapshots();
  const now = useNow(60_000);
  // A popup would show the page in itself.
  const target = location.pathname.endsWith('/dashboard.html') ? undefined : '_blank';
  const links = (lists ?? []).flatMap(({ id, position: at }) => {
    const snapshot = snapshots?.find((one) => one.id === id);
    if (snapshot === undefined) return [];
    return (
      <li key={id}>
        <a href={`/dashboard.html?list=${id}&account=${String(at + 1)}`} target={target}>
          <bdi>{referenceTo(snapshot, now)}</bdi>
        </a>
      </li>
    );
  });
  if (links.length === 0) return null;
  return (
    <div className="also-in">
      <h3>{i18n.t('sets.also_in')}</h3>
      <ul>{links.slice(0, FIRST)}</ul>
      {links.length > FIRST && (
        <details>
          <summary>{i18n.t('sets.more_lists', { n: count(links.length - FIRST) })}</summary>
          <ul>{links.slice(FIRST)}</ul>
        </details>
      )}
    </div>
  );
}
