import { Tab, TabList, TabPanel, TabProvider } from '@ariakit/react/tab';
import { Suspense, useCallback, useMemo } from 'react';
import { i18n } from '#i18n';
import type { SnapshotId } from '../../lib/model/ids.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import { listDescription, profileTitle } from '../../lib/words/lists.ts';
import { useSnapshot, useWhenGone } from '../hooks/useDatabase.ts';
import { useNow } from '../hooks/useNow.ts';
import { useTableSettings } from '../hooks/useTableSettings.ts';
import { copiedFields, USUAL_FIELDS } from '../lists/fields.ts';
import { useReportOpened } from '../lists/ListView.tsx';
import { useListState, type ListPlace, type ListState } from '../lists/useListState.ts';
import { UpdateNote } from './UpdateNote.tsx';
import { RunCard } from '../runs/RunCard.tsx';
import { Button } from '../shared/Button.tsx';
import { addressOfList, type ListAddress } from './address.ts';
import { BackToLists } from './BackToLists.tsx';
import { MainHeading } from './MainHeading.tsx';
import { OpenListHeader } from './OpenListHeader.tsx';
import { useListCommands } from './commands.ts';
import { TABS } from './tabs/index.ts';
import type { AddressControl } from './useAddress.ts';
import { useDocumentTitle } from './useDocumentTitle.ts';

interface OpenListProps extends Pick<AddressControl, 'note' | 'go'> {
  readonly address: ListAddress;
  readonly preferences: Preferences;
  readonly onBack: () => void;
}

/** The list that the address names. */
export function OpenList(props: OpenListProps) {
  const { address, onBack } = props;
  const snapshot = useSnapshot(address.id);
  useWhenGone(snapshot, onBack);
  if (snapshot === undefined) return <main className="dashboard-list" aria-busy="true" />;
  if (snapshot === null) return <Gone text={i18n.t('list.gone')} onBack={onBack} />;
  return <Opened {...props} snapshot={snapshot} />;
}

/** Shown in place of a list that cannot be shown. */
export function Gone({ text, onBack }: { readonly text: string; readonly onBack: () => void }) {
  return (
    <main className="empty">
      <MainHeading className="visually-hidden">{i18n.t('dashboard.lists')}</MainHeading>
      <p>{text}</p>
      <Button onClick={onBack}>{i18n.t('list.to_lists')}</Button>
    </main>
  );
}

/** The scroll position of each list, for as long as the page is open. The rest of a list's place is in the address. */
const scrolled = new Map<SnapshotId, number>();

/** The place of the list as the address says, and how to record that it changed. */
function usePlace({ address, note }: Pick<OpenListProps, 'address' | 'note'>) {
  const { id, query, account } = address;
  const initial = useMemo(
    (): ListPlace => ({ query, account, scroll: scrolled.get(id) ?? 0 }),
    [id, query, account],
  );
  const onPlace = useCallback(
    ({ scroll, query: next, account: open }: Partial<ListPlace>) => {
      if (scroll !== undefined) scrolled.set(id, scroll);
      if (next !== undefined) note({ query: next });
      if (open !== undefined) note({ account: open });
    },
    [id, note],
  );
  return { initial, onPlace };
}

/** What is to be said about a list that the header has no room for. */
function ListStatus({
  snapshot,
  list,
  onTab,
}: {
  readonly snapshot: Snapshot;
  readonly list: ListState;
  readonly onTab: (key: string) => void;
}) {
  const { state, update } = snapshot;
  const outcome = state.kind === 'ended' ? state.outcome.kind : null;
  if (outcome === 'complete') return null;
  if (outcome !== 'updated' || update === undefined) return <RunCard snapshot={snapshot} />;
  return (
    <UpdateNote
      snapshot={snapshot}
      update={update}
      list={list}
      onAccounts={() => {
        onTab(TABS[0].key);
      }}
    />
  );
}

/** The list and its tab: `Ada Research · Followers from 14 Nov, 09:31 · Accounts`. */
function useTitle(snapshot: Snapshot, tab: string): string {
  const now = useNow(60_000);
  return [snapshot.name ?? `${profileTitle(snapshot)} · ${listDescription(snapshot, now)}`, tab].join(' · ');
}

interface OpenedProps extends OpenListProps {
  readonly snapshot: Snapshot;
}

function Opened({ snapshot, address, preferences, note, go, onBack }: OpenedProps) {
  const { initial, onPlace } = usePlace({ address, note });
  const [settings] = useTableSettings();
  const fields = useMemo(() => copiedFields(settings?.columns ?? USUAL_FIELDS), [settings]);
  const list = useListState({ snapshot, initial, onPlace, fields });
  const onTab = useCallback(
    (key: string) => {
      note({ tab: key === TABS[0].key ? null : key });
    },
    [note],
  );
  useReportOpened(snapshot);
  useListCommands(snapshot, onTab);
  const shown = TABS.find(({ key }) => key === address.tab) ?? TABS[0];
  useDocumentTitle(useTitle(snapshot, shown.title()));
  return (
    <main className="dashboard-list">
      <div className="list-view">
        <OpenListHeader
          snapshot={snapshot}
          pictures={preferences.pictures}
          back={<BackToLists onBack={onBack} />}
          list={list}
          onList={(id) => {
            go(addressOfList(id));
          }}
        />
        <ListStatus snapshot={snapshot} list={list} onTab={onTab} />
        <TabProvider
          selectedId={shown.key}
          setSelectedId={(key) => {
            if (key != null && key !== shown.key) onTab(key);
          }}
          // Each tab has its own code and content, so arrow keys only move the focus.
          selectOnMove={false}
        >
          <TabList className="tabs" aria-label={i18n.t('tab.label')}>
            {TABS.map(({ key, title }) => (
              <Tab key={key} id={key} className="tab">
                {title()}
              </Tab>
            ))}
          </TabList>
          {/* Named by the list, because a part of the accounts tab has the tab's name. */}
          <TabPanel tabId={shown.key} className="tab-panel" focusable={false} aria-labelledby="list-name">
            <Suspense fallback={<div aria-busy="true" />}>
              <shown.Content
                snapshot={snapshot}
                preferences={preferences}
                list={list}
                initial={{ query: list.query, scroll: scrolled.get(snapshot.id) ?? 0 }}
                onPlace={onPlace}
                onTab={onTab}
                other={address.other}
                onList={go}
              />
            </Suspense>
          </TabPanel>
        </TabProvider>
      </div>
    </main>
  );
}
