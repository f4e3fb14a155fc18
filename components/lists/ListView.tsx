import { useEffect, type ReactNode } from 'react';
import { hasEnded, type Snapshot } from '../../lib/model/snapshot.ts';
import { noFilters } from '../../lib/lists/query.ts';
import { send } from '../../lib/messages/send.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import { RunCard } from '../runs/RunCard.tsx';
import { ErrorBoundary } from '../shared/ErrorBoundary.tsx';
import { AccountDetails } from './AccountDetails.tsx';
import { CountBar } from './CountLine.tsx';
import { EmptyList } from './EmptyList.tsx';
import type { Field } from './fields.ts';
import { ListHeader } from './ListHeader.tsx';
import { ListTools } from './ListTools.tsx';
import { Receipt } from './Receipt.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { useHeaderScroll } from './useHeaderScroll.ts';
import { useListState, type AccountsProps, type ListPlace, type ListState } from './useListState.ts';

interface ListViewProps {
  readonly snapshot: Snapshot;
  readonly preferences: Preferences;
  readonly initial: ListPlace;
  /** Called when the query or the scroll position changes, so that both can be restored later. */
  readonly onPlace: (place: Partial<ListPlace>) => void;
  readonly back: ReactNode;
  readonly draw: (accounts: AccountsProps) => ReactNode;
  /** The fields to copy, in addition to the ID. */
  readonly fields: readonly Pick<Field, 'key'>[];
  /** Shown beside the count. */
  readonly tools: (tools: Pick<AccountsProps, 'query' | 'onQuery'>) => ReactNode;
}

/** One list: its status, its accounts, search, filters, selection, export and receipt. */
export function ListView(props: ListViewProps) {
  const { snapshot, preferences, initial, onPlace, draw, back, tools } = props;
  const state = useListState(props);
  const scrolled = useHeaderScroll();
  useReportOpened(snapshot);
  return (
    <div className="list-view" ref={scrolled}>
      <div className="list-about">
        <ListHeader snapshot={snapshot} back={back} />
        <RunCard snapshot={snapshot} />
        <Receipt snapshot={snapshot} />
      </div>
      <div className="list-body">
        <ListAccounts
          snapshot={snapshot}
          preferences={preferences}
          state={state}
          initial={initial}
          onPlace={onPlace}
          draw={draw}
          toolbar={
            <>
              <ListTools snapshot={snapshot} state={state} />
              <CountBar state={state} more={tools(state)} />
            </>
          }
        />
      </div>
    </div>
  );
}

interface ListAccountsProps extends Pick<
  ListViewProps,
  'snapshot' | 'preferences' | 'initial' | 'onPlace' | 'draw'
> {
  readonly state: ListState;
  /** Shown above the accounts: search, filters, and how many accounts are shown. */
  readonly toolbar: ReactNode;
}

/** The accounts of a list, with its tools, selection, and the details of one account. */
export function ListAccounts(props: ListAccountsProps) {
  const { snapshot, state, toolbar } = props;
  const { query, onQuery, opened, view, searching, searchField } = state;
  return (
    <>
      {toolbar}
      {opened !== null && view !== null && view.count > 0 ? (
        <AccountsAndDetails {...props} opened={opened} view={view} />
      ) : (
        !searching &&
        opened !== null && (
          <EmptyList
            query={query}
            isEmpty={snapshot.rows === 0}
            onClear={() => {
              onQuery({ ...query, text: '', filters: noFilters });
              searchField.current?.focus();
            }}
          />
        )
      )}
    </>
  );
}

interface AccountsAndDetailsProps extends ListAccountsProps, Pick<AccountsProps, 'opened' | 'view'> {}

function AccountsAndDetails(props: AccountsAndDetailsProps) {
  const { snapshot, preferences, initial, onPlace, draw, opened, view, state } = props;
  const { query, details } = state;
  return (
    <div className="table-and-details">
      {draw({
        opened,
        view,
        query,
        onQuery: state.onQuery,
        rowSelection: state.rowSelection,
        onOpen: details.openAt,
        onCopy: state.copy,
        onLeave: details.close,
        scroller: state.scroller,
        initialOffset: query === initial.query ? initial.scroll : 0,
        onScroll: (scroll) => {
          onPlace({ scroll });
        },
      })}
      {state.rowSelection.selection.size > 0 && <SelectionBar snapshot={snapshot} state={state} />}
      {details.shown !== null && details.shown.position < opened.count && (
        <ErrorBoundary>
          <AccountDetails
            opened={opened}
            snapshot={snapshot}
            position={details.shown.position}
            pictures={preferences.pictures}
            focused={details.shown.focused}
            onStep={details.step}
            onClose={details.close}
          />
        </ErrorBoundary>
      )}
    </div>
  );
}

/** Reports that the user has seen how the list ended, so that the badge no longer shows it. */
export function useReportOpened({ id, state, openedAt }: Snapshot): void {
  const unseen = hasEnded(state) && openedAt === null;
  useEffect(() => {
    if (!unseen) return;
    send('list.opened', { snapshotId: id }).catch(console.error);
  }, [id, unseen]);
}
