import { useMemo, useState } from 'react';
import { i18n } from '#i18n';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import type { FoundAccount } from '../../../lib/sets/find-account.ts';
import { count } from '../../../lib/words/numbers.ts';
import { useSnapshots } from '../../hooks/useDatabase.ts';
import { useFoundAccounts, type FoundAccounts } from '../../hooks/useFoundAccounts.ts';
import { useNow } from '../../hooks/useNow.ts';
import { referenceTo } from '../../lists/list-reference.ts';
import { Button } from '../../shared/Button.tsx';
import { addressOfList } from '../address.ts';
import { BackToLists } from '../BackToLists.tsx';
import { MainHeading } from '../MainHeading.tsx';
import type { PageProps } from './page.ts';
import { readWantedAccount } from './wanted-account.ts';

const NONE: readonly Snapshot[] = [];

/** In which lists an account is: found by its handle, and in the other lists by the IDs that this handle has. */
export default function FindPage({ onBack, onShow, text, onText }: PageProps) {
  const snapshots = useSnapshots();
  const lists = snapshots ?? NONE;
  const [typed, setTyped] = useState(text);
  const [searched, setSearched] = useState(text);
  // Going back shows the former search.
  if (searched !== text) {
    setSearched(text);
    setTyped(text);
  }
  const wanted = useMemo(() => readWantedAccount(text), [text]);
  const any = lists.find(({ rows }) => rows > 0)?.id ?? null;
  const result = useFoundAccounts(any, wanted);
  return (
    <main className="page find-account" aria-busy={snapshots === undefined}>
      <header className="list-header">
        <BackToLists onBack={onBack} />
        <MainHeading>{i18n.t('find.title')}</MainHeading>
      </header>
      <p className="muted">{i18n.t('find.intro')}</p>
      <form
        role="search"
        className="line"
        onSubmit={(event) => {
          event.preventDefault();
          onText(typed.trim());
        }}
      >
        <label className="field grow">
          <span className="label">{i18n.t('find.field')}</span>
          <input
            type="search"
            className="input"
            value={typed}
            dir="auto"
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => {
              setTyped(target.value);
            }}
          />
        </label>
        <Button variant="primary" type="submit" disabled={typed.trim() === ''}>
          {i18n.t('find.find')}
        </Button>
      </form>
      {text !== '' && wanted === null && <p role="alert">{i18n.t('find.not_an_account')}</p>}
      {wanted !== null && snapshots !== undefined && (
        <Results
          result={any === null ? { ...result, state: 'done' } : result}
          text={text}
          lists={lists}
          onShow={onShow}
        />
      )}
    </main>
  );
}

interface ResultsProps extends Pick<PageProps, 'onShow'> {
  readonly result: FoundAccounts;
  readonly text: string;
  readonly lists: readonly Snapshot[];
}

function statusOf({ found, read, of, state }: FoundAccounts, text: string): string {
  if (state === 'reading') return i18n.t('find.reading', { read: count(read), of: count(of) });
  if (state !== 'done') return i18n.t('list.reading_failed', { why: state.why });
  if (found.length === 0) return i18n.t('find.none', { text });
  const lists = new Set(found.map(({ list }) => list)).size;
  return i18n.t('find.found', lists, { n: count(lists) });
}

function Results({ result, text, lists, onShow }: ResultsProps) {
  const now = useNow(60_000);
  const { found, state } = result;
  const entries = found.flatMap((account) => {
    const snapshot = lists.find(({ id }) => id === account.list);
    return snapshot === undefined ? [] : [{ account, title: referenceTo(snapshot, now) }];
  });
  return (
    <>
      <p role={typeof state === 'object' ? 'alert' : 'status'}>
        <bdi>{statusOf(result, text)}</bdi>
      </p>
      {entries.length > 0 && (
        <ul className="found-lists" aria-label={i18n.t('find.lists')}>
          {entries.map(({ account, title }) => (
            <li key={`${account.list} ${String(account.position)}`}>
              <Entry
                account={account}
                title={title}
                onOpen={() => {
                  onShow({ ...addressOfList(account.list), account: account.position });
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface EntryProps {
  readonly account: FoundAccount;
  readonly title: string;
  readonly onOpen: () => void;
}

/** A list with the account, and under which handle and name it is there. */
function Entry({ account: { handle, name, position }, title, onOpen }: EntryProps) {
  return (
    <>
      <Button variant="quiet" onClick={onOpen}>
        <bdi>{title}</bdi>
      </Button>
      <span className="meta">
        {name !== null && (
          <>
            <bdi>{name}</bdi>{' '}
          </>
        )}
        {handle !== null && <bdi>@{handle}</bdi>} · {i18n.t('find.position', { n: count(position + 1) })}
      </span>
    </>
  );
}
