import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { i18n } from '#i18n';
import { hasEnded, type Snapshot } from '../../lib/model.ts';
import { wholeList } from '../../lib/lists/query.ts';
import type { Reader, View } from '../../lib/lists/reader.ts';
import { send } from '../../lib/messages/send.ts';
import { profileUrl } from '../../lib/platforms/index.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import { platformName, relationTitle } from '../../lib/words/names.ts';
import { count } from '../../lib/words/numbers.ts';
import { day } from '../../lib/words/times.ts';
import { useNow } from '../hooks/useNow.ts';
import { useReader } from '../hooks/useReader.ts';
import { useView } from '../hooks/useView.ts';
import { Icon } from '../look/Icon.tsx';
import { nameOfProvider } from '../runs/provider.ts';
import { RunCard } from '../runs/RunCard.tsx';
import { ExportButton } from './ExportButton.tsx';
import { Receipt } from './Receipt.tsx';

/** What draws the accounts: two-line rows in the popup, a table in the dashboard. */
export interface DrawAccounts {
  readonly reader: Reader;
  /** Changes when rows read before are stale. */
  readonly version: number;
  readonly view: View;
  readonly initialOffset: number;
  readonly onScroll: (offset: number) => void;
}

export interface ListPlace {
  readonly search: string;
  readonly scroll: number;
}

interface ListViewProps {
  readonly snapshot: Snapshot;
  readonly preferences: Preferences;
  readonly initial: ListPlace;
  /** Told where the reader is, to come back to. */
  readonly onPlace: (place: Partial<ListPlace>) => void;
  readonly back: ReactNode;
  readonly draw: (accounts: DrawAccounts) => ReactNode;
  /** Beside search and export. */
  readonly tools?: ReactNode;
}

/** One list: how it stands, its accounts, search, export and receipt. */
export function ListView({ snapshot, preferences, initial, onPlace, back, draw, tools }: ListViewProps) {
  const opened = useReader(snapshot, true);
  const [text, setText] = useState(initial.search);
  const asked = useMemo(() => ({ ...wholeList, text }), [text]);
  const { view, searching, trouble } = useView(opened?.reader ?? null, asked);
  const [said, setSaid] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useOpened(snapshot);

  const search = (wanted: string): void => {
    setText(wanted);
    setSaid(null);
    onPlace({ search: wanted, scroll: 0 });
  };
  const query = text.trim();
  const shown = view?.count ?? 0;

  return (
    <div className="list-view">
      <ListHeader snapshot={snapshot} back={back} />
      <RunCard snapshot={snapshot} askAbove={preferences.askAbove} />
      <Receipt snapshot={snapshot} />
      {(snapshot.rows > 0 || query !== '') && (
        <div className="tools">
          <div className="search grow">
            <Icon name="search" />
            <input
              ref={field}
              type="search"
              className="input"
              aria-label={i18n.t('list.search')}
              placeholder={i18n.t('list.search')}
              value={text}
              onChange={({ target }) => {
                search(target.value);
              }}
            />
          </div>
          {tools}
          <ExportButton
            snapshotId={snapshot.id}
            positions={view === null || view.isWhole ? null : view.positions()}
            rows={shown}
            ready={!searching && shown > 0}
            onSaid={setSaid}
          />
        </div>
      )}
      <p className="meta counted" aria-live="polite">
        {trouble ?? said ?? foundWords(view, searching)}
      </p>
      {opened !== null && view !== null && shown > 0
        ? draw({
            reader: opened.reader,
            version: opened.version,
            view,
            initialOffset: initial.search === text ? initial.scroll : 0,
            onScroll: (scroll) => {
              onPlace({ scroll });
            },
          })
        : !searching && (
            <Nothing
              query={query}
              snapshot={snapshot}
              onClear={() => {
                search('');
                field.current?.focus();
              }}
            />
          )}
    </div>
  );
}

function foundWords(view: View | null, searching: boolean): string {
  if (view === null || view.isWhole) return searching ? i18n.t('list.searching') : '';
  const found = i18n.t('list.found', view.count, { n: count(view.count) });
  return searching ? `${i18n.t('list.searching')} · ${found}` : found;
}

/** Notes that the user has seen how the list ended, so that the toolbar stops saying so. */
function useOpened({ id, state, openedAt }: Snapshot): void {
  const unseen = hasEnded(state) && openedAt === null;
  useEffect(() => {
    if (!unseen) return;
    send('list.opened', { snapshotId: id }).catch(console.error);
  }, [id, unseen]);
}

function ListHeader({ snapshot, back }: { readonly snapshot: Snapshot; readonly back: ReactNode }) {
  const now = useNow(60_000);
  const { platform, handle, relation, facts } = snapshot;
  const parts = [
    relationTitle(relation),
    i18n.t('time.list_of', { day: day(snapshot.createdAt, now) }),
    i18n.t('list.by', { provider: nameOfProvider(snapshot.provider) }),
  ];
  return (
    <header className="list-header">
      {back}
      <div className="grow">
        <h1 className="ellipsis">
          <bdi>{facts?.name ?? `@${handle}`}</bdi>{' '}
          <a
            className="handle"
            href={profileUrl(platform, handle)}
            target="_blank"
            rel="noreferrer noopener"
            aria-label={`@${handle}, ${i18n.t('list.show_profile', { platform: platformName(platform) })}`}
          >
            <bdi>{facts?.name == null ? platformName(platform) : `@${handle}`}</bdi>
          </a>
        </h1>
        <p className="meta">{parts.join(' · ')}</p>
      </div>
    </header>
  );
}

function Nothing(props: {
  readonly query: string;
  readonly snapshot: Snapshot;
  readonly onClear: () => void;
}) {
  const { query, snapshot, onClear } = props;
  if (query === '') {
    return snapshot.rows === 0 ? <p className="empty muted">{i18n.t('list.nothing')}</p> : null;
  }
  return (
    <div className="empty">
      <p>{i18n.t('list.no_match', { query })}</p>
      <button type="button" className="button" onClick={onClear}>
        {i18n.t('list.clear')}
      </button>
    </div>
  );
}
