import type { ComponentType, LazyExoticComponent } from 'react';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { ListAddress, PageAddress } from '../address.ts';

export interface PageProps {
  /** Goes back to the lists. */
  readonly onBack: () => void;
  readonly onOpen: (id: SnapshotId) => void;
  /** Goes to a list with a query, or to another page. */
  readonly onShow: (address: ListAddress | PageAddress) => void;
  /** The lists in the address, for a page that compares some. */
  readonly lists: readonly SnapshotId[];
  /** Changes them in place of the current address. */
  readonly onLists: (lists: readonly SnapshotId[]) => void;
  /** What the address searches for; empty if nothing. */
  readonly text: string;
  /** Searches for something else. The address becomes a new entry of the history. */
  readonly onText: (text: string) => void;
}

/** A page of the dashboard beside the lists. The sidebar links to it. */
export interface DashboardPage {
  /** In the address: `?view=KEY`. */
  readonly key: string;
  readonly title: () => string;
  /** Loaded when the page is first shown. It renders a `main` element. */
  readonly Content: LazyExoticComponent<ComponentType<PageProps>>;
}
