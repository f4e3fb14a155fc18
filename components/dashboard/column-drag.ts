import type { PointerEvent } from 'react';
import type { SortColumn } from '../../lib/lists/query.ts';
import { clampWidth, dropIndex } from './table-columns.ts';
import type { Columns } from './useColumns.ts';

/** How far the pointer moves before a press becomes a drag, in pixels. */
const THRESHOLD = 6;

/** The header that contains an element. */
export function headOf(element: Element): HTMLElement | null {
  return element.closest<HTMLElement>('[data-column]');
}

function isRightToLeft(element: Element): boolean {
  return getComputedStyle(element).direction === 'rtl';
}

/** Calls back for each movement of the pointer until it is released; `onEnd` gets `null` if that was interrupted. */
function followPointer(
  target: HTMLElement,
  onMove: (x: number) => void,
  onEnd: (x: number | null) => void,
): void {
  const ending = new AbortController();
  const { signal } = ending;
  const end = (x: number | null): void => {
    ending.abort();
    onEnd(x);
  };
  const move = ({ clientX }: globalThis.PointerEvent): void => {
    onMove(clientX);
  };
  target.addEventListener('pointermove', move, { signal });
  // Anywhere on the page: the press may end outside before the pointer is captured.
  document.addEventListener(
    'pointerup',
    ({ clientX }) => {
      end(clientX);
    },
    { signal },
  );
  document.addEventListener(
    'pointercancel',
    () => {
      end(null);
    },
    { signal },
  );
}

/** Changes a column's width with the pointer, from a press on its edge. */
export function dragWidth(event: PointerEvent<HTMLElement>, key: SortColumn, columns: Columns): void {
  const head = headOf(event.currentTarget);
  if (head === null || event.button !== 0) return;
  event.preventDefault();
  const { width } = head.getBoundingClientRect();
  const start = event.clientX;
  const forward = isRightToLeft(head) ? -1 : 1;
  const at = (x: number): number => clampWidth(width + (x - start) * forward);
  event.currentTarget.setPointerCapture(event.pointerId);
  followPointer(
    event.currentTarget,
    (x) => {
      columns.preview({ key, width: at(x) });
    },
    (x) => {
      // A press without a movement, as in a double click, changes nothing.
      if (x === null || x === start) columns.preview(null);
      else columns.resize(key, at(x));
    },
  );
}

/** Where a dragged column would go. */
export interface Drop {
  /** The dragged column. */
  readonly key: SortColumn;
  /** The column whose place it takes. */
  readonly over: string;
  readonly side: 'before' | 'after';
}

/** Moves a column with the pointer, from a press on its header. */
export function dragColumn(
  event: PointerEvent<HTMLElement>,
  key: SortColumn,
  columns: Columns,
  onDrop: (drop: Drop | null) => void,
): void {
  const head = headOf(event.currentTarget);
  const row = head?.parentElement;
  if (head === null || row == null || event.button !== 0 || event.pointerType === 'touch') return;
  const start = event.clientX;
  const boxes = Array.from(row.querySelectorAll<HTMLElement>('[data-column][data-movable]'), (element) => {
    const { left, right } = element.getBoundingClientRect();
    return { key: element.dataset['column'] ?? '', left, right };
  });
  const from = boxes.findIndex((box) => box.key === key);
  if (from < 0) return;
  const { pointerId } = event;
  const by = (x: number): number => dropIndex(boxes, x) - from;
  let isDragging = false;
  followPointer(
    head,
    (x) => {
      if (!isDragging && Math.abs(x - start) < THRESHOLD) return;
      // From here on the header gets the events, and its button no click.
      if (!isDragging) head.setPointerCapture(pointerId);
      isDragging = true;
      const steps = by(x);
      onDrop({ key, over: boxes[from + steps]?.key ?? key, side: steps < 0 ? 'before' : 'after' });
    },
    (x) => {
      onDrop(null);
      if (isDragging && x !== null) columns.move(key, by(x));
    },
  );
}
