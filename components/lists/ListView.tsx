import { lazy, Suspense, useEffect, useId, useRef, useState, type ReactNode, type RefObject } from 'react';
import { i18n } from '#i18n';
import { hasEnded, type Snapshot } from '../../lib/model/snapshot.ts';
import { isFiltering, noFilters, type ListQuery } from '../../lib/lists/query.ts';
import type { View } from '../../lib/lists/reader.ts';
import { send } from '../../lib/messages/send.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import { useReader, type OpenedReader } from '../hooks/useReader.ts';
import { useView } from '../hooks/useView.ts';
import { ErrorBoundary } from '../shared/ErrorBoundary.tsx';
import { Icon } from '../shared/Icon.tsx';
import { showMessage } from '../shared/page-message.ts';
import { RunCard } from '../runs/RunCard.tsx';
import { AccountDetails } from './AccountDetails.tsx';
import { CountLine, NewRows } from './CountLine.tsx';
import { ExportButton } from './ExportButton.tsx';
import type { Field } from './fields.ts';
import { filtersSet } from './filter-fields.ts';
import { ListHeader } from './ListHeader.tsx';
import { EmptyList } from './EmptyList.tsx';
import { Receipt } from './Receipt.tsx';
import { SearchField } from './SearchField.tsx';
import { copyAccounts, SelectionBar } from './SelectionBar.tsx';
import { useRowSelection, type RowSelection } from './useRowSelection.ts';
import { Button } from '../shared/Button.tsx';

// Nobody needs the filters before they are opened.
const FilterPanel = lazy(() => import('./FilterPanel.tsx'));

/** A list that has fewer accounts than this takes in new ones at once: they come below, where nobody reads yet. */
const FIRST_SCREENS = 100;

/** What draws the accounts: two-line rows in the popup, a table in the dashboard. */
export interface AccountsProps {
  readonly opened: OpenedReader;
  readonly view: View;
  readonly query: ListQuery;
  readonly onQuery: (query: ListQuery) => void;
  readonly chosen: RowSelection;
  /** Opens an account's details; `focused` when a key did. */
  readonly onOpen: (index: number, focused: boolean) => void;
  readonly onCopy: () => void;
  /** Closes what is open, else ends the selection. */
  readonly onLeave: () => void;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly initialOffset: number;
  readonly onScroll: (offset: number) => void;
}

/** Where a reader is in a list: to come back to. */
export interface ListPlace {
  readonly query: ListQuery;
  readonly scroll: number;
}

interface ListViewProps {
  readonly snapshot: Snapshot;
  readonly preferences: Preferences;
  readonly initial: ListPlace;
  /** Told where the reader is, to come back to. */
  readonly onPlace: (place: Partial<ListPlace>) => void;
  readonly back: ReactNode;
  readonly draw: (accounts: AccountsProps) => ReactNode;
  /** What a copy holds, beside the id. */
  readonly fields: readonly Pick<Field, 'key'>[];
  /** Beside search and export. */
  readonly tools?: (tools: Pick<AccountsProps, 'query' | 'onQuery'>) => ReactNode;
}

interface Open {
  readonly position: number;
  readonly focused: boolean;
}

/** One list: how it stands, its accounts, search, filters, selection, export and receipt. */
export function ListView(props: ListViewProps) {
  const { snapshot, preferences, initial, onPlace, back, draw, fields, tools } = props;
  const [query, setQuery] = useState(initial.query);
  // What a list that ended shows and exports is of all of it.
  const follows = snapshot.rows <= FIRST_SCREENS || hasEnded(snapshot.state);
  const opened = useReader(snapshot, follows);
  const { view, searching, error } = useView(opened?.reader ?? null, query);
  const chosen = useRowSelection(view);
  const [open, setOpen] = useState<Open | null>(null);
  const [filtering, setFiltering] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const filterButton = useRef<HTMLButtonElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const panelId = useId();
  useOpened(snapshot);

  const ask = (next: ListQuery): void => {
    if (next.text !== query.text || next.filters !== query.filters) chosen.clear();
    setQuery(next);
    onPlace({ query: next, scroll: 0 });
  };
  const close = (): void => {
    if (open === null) {
      chosen.clear();
      return;
    }
    setOpen(null);
    scroller.current?.focus();
  };
  const selected = (): Uint32Array => {
    if (view === null) return new Uint32Array();
    if (chosen.selection.size > 0) return chosen.selection.inOrderOf(view);
    return chosen.active === null ? new Uint32Array() : Uint32Array.of(chosen.active);
  };
  const copy = (): void => {
    const positions = selected();
    if (opened === null || positions.length === 0) return;
    copyAccounts(opened.reader, positions, fields).then(showMessage, () => {
      showMessage(i18n.t('list.copy_failed'), 'error');
    });
  };
  const openAt = (index: number, focused: boolean): void => {
    const position = view?.slice(index, index + 1)[0];
    if (position !== undefined) setOpen({ position, focused });
  };

  const step = (by: 1 | -1): void => {
    if (view === null || open === null) return;
    const at = chosen.activeIndex < 0 ? view.indexOf(open.position) : chosen.activeIndex;
    chosen.move(Math.min(Math.max(0, at + by), view.count - 1));
  };

  // Details follow the arrows.
  const shownDetails = open === null ? null : (chosen.active ?? open.position);
  const shown = view?.count ?? 0;
  const set = filtersSet(query.filters);
  return (
    <div className="list-view">
      <ListHeader snapshot={snapshot} back={back} />
      <RunCard snapshot={snapshot} askAbove={preferences.askAbove} />
      <Receipt snapshot={snapshot} />
      {(snapshot.rows > 0 || isFiltering(query)) && (
        <div className="tools">
          <SearchField
            field={field}
            text={query.text}
            onText={(text) => {
              ask({ ...query, text });
            }}
            onDone={() => {
              scroller.current?.focus();
            }}
          />
          <Button
            ref={filterButton}
            extraClass={set > 0 ? 'filtered' : undefined}
            aria-expanded={filtering}
            aria-controls={filtering ? panelId : undefined}
            onClick={() => {
              setFiltering(!filtering);
            }}
          >
            <Icon name="filter" />
            {set > 0 ? i18n.t('filter.button_set', { n: set }) : i18n.t('filter.button')}
          </Button>
          {tools?.({ query, onQuery: ask })}
          <ExportButton
            snapshot={snapshot}
            shown={
              view === null || view.isWhole ? null : { count: view.count, positions: () => view.positions() }
            }
            selection={
              chosen.selection.size === 0 ? null : { count: chosen.selection.size, positions: selected }
            }
            query={query}
            ready={!searching && shown > 0}
          />
        </div>
      )}
      {filtering && (
        <Suspense fallback={null}>
          <FilterPanel
            id={panelId}
            filters={query.filters}
            onFilters={(filters) => {
              ask({ ...query, filters });
            }}
            onClose={() => {
              setFiltering(false);
              filterButton.current?.focus();
            }}
          />
        </Suspense>
      )}
      <div className="line count-line">
        <CountLine
          of={opened?.count ?? null}
          view={view}
          isFiltering={isFiltering(query)}
          searching={searching}
          error={error === null ? null : i18n.t('list.reading_failed', { why: error })}
        />
        {opened !== null && shown > 0 && <NewRows waiting={opened.waiting} onTakeIn={opened.takeIn} />}
        {chosen.selection.size > 0 && (
          <SelectionBar
            selected={chosen.selection.size}
            onCopy={copy}
            onClear={() => {
              chosen.clear();
              scroller.current?.focus();
            }}
          />
        )}
      </div>
      {opened !== null && view !== null && shown > 0 ? (
        <div className="table-and-details">
          {draw({
            opened,
            view,
            query,
            onQuery: ask,
            chosen,
            onOpen: openAt,
            onCopy: copy,
            onLeave: close,
            scroller,
            initialOffset: query === initial.query ? initial.scroll : 0,
            onScroll: (scroll) => {
              onPlace({ scroll });
            },
          })}
          {open !== null && shownDetails !== null && (
            <ErrorBoundary>
              <AccountDetails
                opened={opened}
                snapshot={snapshot}
                position={shownDetails}
                pictures={preferences.pictures}
                focused={open.focused}
                onStep={step}
                onClose={close}
              />
            </ErrorBoundary>
          )}
        </div>
      ) : (
        !searching &&
        opened !== null && (
          <EmptyList
            query={query}
            isEmpty={snapshot.rows === 0}
            onClear={() => {
              ask({ ...query, text: '', filters: noFilters });
              field.current?.focus();
            }}
          />
        )
      )}
    </div>
  );
}

/** Notes that the user has seen how the list ended, so that the toolbar stops saying so. */
function useOpened({ id, state, openedAt }: Snapshot): void {
  const unseen = hasEnded(state) && openedAt === null;
  useEffect(() => {
    if (!unseen) return;
    send('list.opened', { snapshotId: id }).catch(console.error);
  }, [id, unseen]);
}
