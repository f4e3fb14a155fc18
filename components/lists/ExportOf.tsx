import type { Snapshot } from '../../lib/model/snapshot.ts';
import type { ButtonLook } from '../shared/Button.tsx';
import { ExportButton } from './ExportButton.tsx';
import type { ListState } from './useListState.ts';

interface ExportOfProps extends Pick<ButtonLook, 'variant'> {
  readonly snapshot: Snapshot;
  readonly state: Pick<ListState, 'view' | 'rowSelection' | 'selected' | 'query' | 'searching'>;
}

/** Exports the whole list, the accounts shown, or the selected accounts. */
export function ExportOf({ snapshot, state, variant }: ExportOfProps) {
  const { view, rowSelection, selected, query, searching } = state;
  const { size } = rowSelection.selection;
  return (
    <ExportButton
      variant={variant}
      snapshot={snapshot}
      shown={view === null || view.isWhole ? null : { count: view.count, positions: () => view.positions() }}
      selection={size === 0 ? null : { count: size, positions: selected }}
      query={query}
      ready={!searching && (view?.count ?? 0) > 0}
    />
  );
}
