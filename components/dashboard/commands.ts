/** What the command palette offers on the dashboard. */
import { useMemo } from 'react';
import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { hasEnded, type Snapshot } from '../../lib/model/snapshot.ts';
import { platformName, profileName, relationTitle, stateName } from '../../lib/words/names.ts';
import { day } from '../../lib/words/times.ts';
import { useNow } from '../hooks/useNow.ts';
import { openSettings } from '../runs/open-extension-page.ts';
import { useCommands, type Command, type Entry } from '../shared/commands/registry.ts';
import { showFailure } from '../shared/page-message.ts';
import { PAGES } from './pages/index.ts';
import { TABS } from './tabs/index.ts';

interface Navigation {
  readonly snapshots: readonly Snapshot[] | undefined;
  readonly onOpen: (id: SnapshotId) => void;
  readonly onHome: () => void;
  readonly onPage: (key: string) => void;
}

function listCommand(list: Snapshot, now: number, onOpen: Navigation['onOpen']): Command {
  const { id, platform, handle, relation, facts, createdAt, state } = list;
  const profile = profileName(platform, handle);
  // The user's own name for the list wins.
  const name = list.name ?? facts?.name ?? null;
  return {
    kind: 'command',
    id: `list ${id}`,
    group: 'lists',
    title: name === null ? profile : `${name} ${profile}`,
    detail: [relationTitle(relation), platformName(platform), day(createdAt, now)].join(' · '),
    words: `${stateName(state)} ${facts?.name ?? ''}`,
    run: () => {
      onOpen(id);
    },
  };
}

/** The lists, the pages, and the settings. */
export function useNavigationCommands({ snapshots, onOpen, onHome, onPage }: Navigation): void {
  const pages = useMemo(
    (): readonly Entry[] => [
      { kind: 'command', id: 'new', group: 'actions', title: i18n.t('dashboard.new_list'), run: onHome },
      ...PAGES.map(({ key, title }): Entry => ({
        kind: 'command',
        id: `page ${key}`,
        group: 'actions',
        title: title(),
        run: () => {
          onPage(key);
        },
      })),
      {
        kind: 'command',
        id: 'settings',
        group: 'actions',
        title: i18n.t('popup.settings'),
        run: () => {
          openSettings(null).catch(showFailure);
        },
      },
    ],
    [onHome, onPage],
  );
  // Names a list's day, so hours don't matter.
  const now = useNow(3_600_000);
  const lists = useMemo(
    () => (snapshots ?? []).map((list) => listCommand(list, now, onOpen)),
    [snapshots, now, onOpen],
  );
  useCommands(pages);
  useCommands(lists);
}

/** What the run of a list can do now. */
function runCommands({ id: snapshotId, state }: Snapshot): readonly Command[] {
  const action = (id: string, title: string, run: () => Promise<unknown>): Command => ({
    kind: 'command',
    id,
    group: 'actions',
    title,
    run: () => {
      run().catch(showFailure);
    },
  });
  if (hasEnded(state)) {
    return [action('delete', i18n.t('list.delete'), () => send('list.delete', { snapshotId }))];
  }
  const stop = action('stop', i18n.t('run.stop'), () => send('run.stop', { snapshotId }));
  switch (state.kind) {
    case 'paused':
      return [action('resume', i18n.t('run.resume'), () => send('run.resume', { snapshotId })), stop];
    case 'queued':
    case 'resolving':
    case 'running':
    case 'waiting':
      return [action('pause', i18n.t('run.pause'), () => send('run.pause', { snapshotId })), stop];
    case 'blocked':
      return [stop];
    case 'confirming':
      return [];
  }
}

/** Keys that a list's accounts handle themselves. */
function accountKeys(): readonly Entry[] {
  const note = (id: string, title: string, ...keys: readonly string[]): Entry => ({
    kind: 'key',
    id,
    title,
    keys,
  });
  return [
    note('search', i18n.t('list.search'), '/'),
    note('move', i18n.t('command.move'), '↑ ↓', 'Page Up', 'Page Down', 'Home', 'End'),
    note('details', i18n.t('command.details'), 'Enter'),
    note('select', i18n.t('command.select'), 'Space'),
    note('extend', i18n.t('command.extend'), 'Shift ↑ ↓'),
    note('select-all', i18n.t('list.select_all'), 'Ctrl A', '⌘ A'),
    note('copy', i18n.t('command.copy'), 'Ctrl C', '⌘ C'),
  ];
}

/** The tabs and the actions of the open list. */
export function useListCommands(snapshot: Snapshot, onTab: (key: string) => void): void {
  const { id, state } = snapshot;
  const tabs = useMemo(
    (): readonly Entry[] => [
      ...TABS.map(({ key, title }): Entry => ({
        kind: 'command',
        id: `tab ${key}`,
        group: 'actions',
        title: i18n.t('command.tab', { tab: title() }),
        run: () => {
          onTab(key);
        },
      })),
      ...accountKeys(),
    ],
    [onTab],
  );
  // Only the state matters: a list that is being collected changes every second.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const actions = useMemo(() => runCommands(snapshot), [id, state.kind]);
  useCommands(tabs);
  useCommands(actions);
}
