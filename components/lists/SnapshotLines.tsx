import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { i18n } from '#i18n';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { hasEnded, isSample, type Snapshot } from '../../lib/model/snapshot.ts';
import { platformName, relationTitle } from '../../lib/words/names.ts';
import { count } from '../../lib/words/numbers.ts';
import { missingText } from '../../lib/words/outcomes.ts';
import { coverageText } from '../../lib/words/coverage.ts';
import { bytesText } from '../../lib/words/sizes.ts';
import { rowsOfTotal } from '../../lib/words/status.ts';
import { listTime } from '../../lib/words/times.ts';
import { useListSizes } from '../hooks/useStorage.ts';
import { ErrorBoundary } from '../shared/ErrorBoundary.tsx';
import { factsAt } from '../runs/facts.ts';
import { StateText } from '../runs/StateText.tsx';
import { byProfile, type ListLine, type ProfileHeading } from './by-profile.ts';
import type { StorageReading } from '../hooks/list-sizes.ts';
import { movedTo, type KeyPress, type RowsAt } from './row-keys.ts';
import { SampleMark } from './SampleMark.tsx';
import { useRovingFocus } from './useRovingFocus.ts';

/** Estimated heights before lines are measured, in pixels. */
const LINE = 48;
const HEADING = 32;

interface SnapshotLinesProps {
  readonly snapshots: readonly Snapshot[];
  readonly now: number;
  readonly open: SnapshotId | null;
  /** The extension's storage as the browser reports it. If known, each list's size is shown. */
  readonly storage?: StorageReading | null;
  /** The element that scrolls the lines; it may contain other content, too. */
  readonly scroller: HTMLElement | null;
  readonly onOpen: (id: SnapshotId) => void;
}

/** The distance from the top of the scrolled content to the lines; it changes with the content above them. */
function useStart(list: RefObject<HTMLElement | null>, scroller: HTMLElement | null): number {
  const [start, setStart] = useState(0);
  useLayoutEffect(() => {
    const lines = list.current;
    if (lines === null || scroller === null) return undefined;
    const measure = (): void => {
      const above = lines.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      setStart(above - scroller.clientTop + scroller.scrollTop);
    };
    measure();
    const observer = new ResizeObserver(measure);
    for (const part of scroller.children) observer.observe(part);
    return () => {
      observer.disconnect();
    };
  }, [list, scroller]);
  return start;
}

/** Draws only the lines in view. */
function useVisibleLines(
  lines: readonly ListLine[],
  list: RefObject<HTMLElement | null>,
  scroller: HTMLElement | null,
) {
  const start = useStart(list, scroller);
  // The rule guards against memoization by a compiler, which this project does not use.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: lines.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => LINE + (lines[index]?.heading == null ? 0 : HEADING),
    getItemKey: (index) => lines[index]?.snapshot.id ?? index,
    scrollMargin: start,
    overscan: 4,
  });
  const items = virtualizer.getVirtualItems();
  return {
    items,
    height: virtualizer.getTotalSize(),
    top: (items[0]?.start ?? start) - start,
    measure: virtualizer.measureElement,
    scrollTo: (index: number) => {
      virtualizer.scrollToIndex(index, { align: 'auto' });
    },
  };
}

/** Scrolls the open list into view, however it was opened. @returns a function that scrolls to a line */
function useReveal(
  open: SnapshotId | null,
  openIndex: number,
  isDrawable: boolean,
  scrollTo: (index: number) => void,
): RefObject<(index: number) => void> {
  const reveal = useRef<(index: number) => void>(() => undefined);
  useLayoutEffect(() => {
    reveal.current = scrollTo;
  });
  useEffect(() => {
    if (isDrawable && openIndex >= 0) reveal.current(openIndex);
    // Only when another list is opened, not when its position changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [open, isDrawable]);
  return reveal;
}

function indexOf(lines: readonly ListLine[], id: SnapshotId | null): number {
  return id === null ? -1 : lines.findIndex(({ snapshot }) => snapshot.id === id);
}

/** About how many lines fit into the view. */
function pageOf(scroller: HTMLElement | null): number {
  return Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / (LINE + HEADING)) - 1);
}

function targetOf(press: KeyPress, rows: RowsAt): number | null {
  return press.ctrlKey || press.metaKey || press.altKey || press.shiftKey ? null : movedTo(press.key, rows);
}

/**
 * The lists, grouped by profile, each with its date, coverage, and state. Only those in view are drawn. One of them
 * takes the focus; arrow keys, Home, End, and the page keys move to the others.
 */
export function SnapshotLines({ snapshots, now, open, storage, scroller, onOpen }: SnapshotLinesProps) {
  const lines = useMemo(() => byProfile(snapshots), [snapshots]);
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<SnapshotId | null>(null);
  const { items, height, top, measure, scrollTo } = useVisibleLines(lines, list, scroller);
  const drawn = items.flatMap(({ index }) => lines[index]?.snapshot ?? []);
  const sizes = useListSizes(drawn, storage ?? null);

  const openIndex = indexOf(lines, open);
  const activeIndex = indexOf(lines, active);
  const at = Math.max(0, activeIndex < 0 ? openIndex : activeIndex);
  const tabbable = items.some(({ index }) => index === at) ? at : -1;
  const roving = useRovingFocus(list, at);
  const reveal = useReveal(open, openIndex, lines.length > 0 && scroller !== null, scrollTo);

  return (
    <div
      ref={list}
      className="lines"
      role="list"
      aria-label={i18n.t('popup.lists')}
      tabIndex={tabbable < 0 ? 0 : -1}
      style={{ blockSize: height }}
      {...roving}
      onKeyDown={(event) => {
        const to = targetOf(event, { active: at, count: lines.length, page: pageOf(scroller) });
        const next = to === null ? undefined : lines[to]?.snapshot.id;
        if (to === null || next === undefined) return;
        event.preventDefault();
        setActive(next);
        reveal.current(to);
      }}
    >
      <div role="presentation" className="drawn" style={{ insetBlockStart: top }}>
        {items.map(({ index }) => {
          const line = lines[index];
          return line === undefined ? null : (
            <div
              key={line.snapshot.id}
              ref={measure}
              data-index={index}
              role="listitem"
              aria-posinset={index + 1}
              aria-setsize={lines.length}
            >
              <Line
                line={line}
                now={now}
                index={index}
                isOpen={line.snapshot.id === open}
                isTabbable={index === tabbable}
                size={sizes.get(line.snapshot.id) ?? null}
                onActive={setActive}
                onOpen={onOpen}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** One list, below its profile's heading if it is the profile's first. */
function Line({ line, ...props }: Omit<SnapshotLineProps, 'snapshot'> & { readonly line: ListLine }) {
  return (
    <ErrorBoundary>
      {line.heading !== null && <Heading heading={line.heading} />}
      <SnapshotLine snapshot={line.snapshot} {...props} />
    </ErrorBoundary>
  );
}

const Heading = memo(function Heading({ heading }: { readonly heading: ProfileHeading }) {
  const { name, handle, platform } = heading;
  return (
    <h3 className="ellipsis" dir="auto">
      <bdi>{name ?? `@${handle}`}</bdi>{' '}
      <span className="meta">
        {name !== null && <bdi>@{handle} · </bdi>}
        {platformName(platform)}
      </span>
    </h3>
  );
});

interface SnapshotLineProps {
  readonly snapshot: Snapshot;
  readonly now: number;
  readonly index: number;
  readonly isOpen: boolean;
  readonly isTabbable: boolean;
  readonly size: number | null;
  readonly onActive: (id: SnapshotId) => void;
  readonly onOpen: (id: SnapshotId) => void;
}

const SnapshotLine = memo(function SnapshotLine(props: SnapshotLineProps) {
  const { snapshot, now, index, isOpen, isTabbable, size, onActive, onOpen } = props;
  const covered = coverageText(snapshot);
  const facts = factsAt(snapshot, now);
  const rows = hasEnded(snapshot.state)
    ? i18n.t('amount.accounts', snapshot.rows, { n: count(snapshot.rows) })
    : rowsOfTotal(facts);
  const missing = hasEnded(snapshot.state) && !isSample(snapshot) ? missingText(facts) : null;
  return (
    <button
      type="button"
      className="snapshot-line"
      data-row={index}
      tabIndex={isTabbable ? 0 : -1}
      aria-current={isOpen ? 'true' : undefined}
      onFocus={() => {
        onActive(snapshot.id);
      }}
      onClick={() => {
        onOpen(snapshot.id);
      }}
    >
      <span className="grow">
        {snapshot.name !== undefined && (
          <span className="block" dir="auto">
            <bdi>{snapshot.name}</bdi>
          </span>
        )}
        {relationTitle(snapshot.relation)}{' '}
        <span className="muted">{i18n.t('time.list_of', { day: listTime(snapshot.createdAt, now) })}</span>{' '}
        <SampleMark snapshot={snapshot} />
        <span className="meta block">
          {rows}
          {missing !== null && ` · ${missing}`}
          {covered !== null && ` · ${covered}`}
          {size !== null && ` · ${bytesText(size)}`}
        </span>
      </span>
      <StateText state={snapshot.state} />
    </button>
  );
});
