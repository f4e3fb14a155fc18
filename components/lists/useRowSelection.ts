import { useCallback, useMemo, useState } from 'react';
import type { View } from '../../lib/lists/reader.ts';
import { Selection } from './selection.ts';

interface State {
  /** The list position of the active row, used by keys and details. */
  readonly active: number | null;
  /** Where a range begins: the row that was last chosen without Shift. */
  readonly anchor: number | null;
  readonly selection: Selection;
}

const nothing: State = { active: null, anchor: null, selection: Selection.nothing };

/** The active row, and the rows selected for copying or exporting. */
export interface RowSelection {
  readonly active: number | null;
  /** The index in the view; -1 if it is not shown. */
  readonly activeIndex: number;
  readonly selection: Selection;
  /** Whether a row is drawn as selected. This includes a row that was only clicked. */
  readonly isSelected: (position: number) => boolean;
  /** Makes a row active and clears the selection, as a click does. */
  readonly choose: (index: number) => void;
  /** Makes a row active without changing the selection, as the arrow keys do. */
  readonly move: (index: number) => void;
  /** Selects from the start of the range to a row. */
  readonly extend: (index: number) => void;
  /** Toggles a row's selection, as Ctrl does. With `andActive`, a row that was clicked before is selected as well. */
  readonly toggle: (index: number, andActive: boolean) => void;
  /** Makes the row at a list position active, shown or not, and clears the selection. */
  readonly activate: (position: number | null) => void;
  readonly all: () => void;
  readonly clear: () => void;
}

/** @param initial the list position of the row that is active at first */
export function useRowSelection(view: View | null, initial: number | null = null): RowSelection {
  const [state, setState] = useState<State>({ ...nothing, active: initial, anchor: initial });
  const { active, selection } = state;
  const activeIndex = useMemo(
    () => (active === null || view === null ? -1 : view.indexOf(active)),
    [active, view],
  );
  const at = useCallback((index: number) => view?.slice(index, index + 1)[0] ?? null, [view]);

  return {
    active,
    activeIndex,
    selection,
    isSelected: (position) => (selection.size === 0 ? position === active : selection.has(position)),
    choose: (index) => {
      const position = at(index);
      setState({ active: position, anchor: position, selection: Selection.nothing });
    },
    move: (index) => {
      const position = at(index);
      setState((before) => ({ ...before, active: position, anchor: position }));
    },
    extend: (index) => {
      if (view === null) return;
      const anchor = state.anchor === null ? index : Math.max(0, view.indexOf(state.anchor));
      const range = view.slice(Math.min(anchor, index), Math.max(anchor, index) + 1);
      setState((before) => ({
        active: at(index),
        anchor: before.anchor ?? at(index),
        selection: Selection.nothing.with(range),
      }));
    },
    toggle: (index, andActive) => {
      const position = at(index);
      if (position === null) return;
      setState((before) => {
        const clicked = andActive && before.selection.size === 0 && before.active !== null;
        const base = clicked ? Selection.nothing.with(Uint32Array.of(before.active)) : before.selection;
        return { active: position, anchor: position, selection: base.toggled(position) };
      });
    },
    activate: useCallback((position) => {
      setState({ active: position, anchor: position, selection: Selection.nothing });
    }, []),
    all: () => {
      if (view === null) return;
      const everything = Selection.nothing.with(view.positions());
      setState((before) => ({ ...before, selection: everything }));
    },
    clear: useCallback(() => {
      setState((before) =>
        before.selection.size === 0 ? before : { ...before, selection: Selection.nothing },
      );
    }, []),
  };
}
