import type { ComponentType, LazyExoticComponent } from 'react';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import type { Preferences } from '../../../lib/settings/preferences.ts';
import type { ListAddress } from '../address.ts';
import type { ListPlace, ListState } from '../../lists/useListState.ts';

/** What each tab of a list gets. The list's state is shared by all tabs, so that a query holds in each of them. */
export interface TabProps {
  readonly snapshot: Snapshot;
  readonly preferences: Preferences;
  readonly list: ListState;
  /** The query and the scroll position with which the list was opened. */
  readonly initial: ListPlace;
  /** Called when the scroll position changes, so that it can be restored. */
  readonly onPlace: (place: Partial<ListPlace>) => void;
  /** Shows another tab, for example the accounts that a filter selects. */
  readonly onTab: (key: string) => void;
  /** The list with which the address compares this one. */
  readonly other: SnapshotId | null;
  /** Goes to a list: another one, or this one with another query. */
  readonly onList: (address: ListAddress) => void;
}

export interface Tab {
  /** In the address. */
  readonly key: string;
  readonly title: () => string;
  /** Loaded when the tab is first shown. */
  readonly Content: LazyExoticComponent<ComponentType<TabProps>>;
}
