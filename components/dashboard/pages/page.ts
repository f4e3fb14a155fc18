import type { ComponentType, LazyExoticComponent } from 'react';
import type { SnapshotId } from '../../../lib/model/ids.ts';

export interface PageProps {
  /** Goes back to the lists. */
  readonly onBack: () => void;
  readonly onOpen: (id: SnapshotId) => void;
}

/** A page of the dashboard beside the lists. The sidebar links to it. */
export interface DashboardPage {
  /** In the address: `?view=KEY`. */
  readonly key: string;
  readonly title: () => string;
  /** Loaded when the page is first shown. It renders a `main` element. */
  readonly Content: LazyExoticComponent<ComponentType<PageProps>>;
}
