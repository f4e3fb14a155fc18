import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { i18n } from '#i18n';
import type { SnapshotId } from '../../lib/model/ids.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import type { StorageReading } from '../hooks/list-sizes.ts';
import { useCollapsedGroups } from '../hooks/useCollapsedGroups.ts';
import { useListSizes } from '../hooks/useStorage.ts';
import { ErrorBoundary } from '../shared/ErrorBoundary.tsx';
import {
  linesOf,
  listGroups,
  profileKey,
  profilesOf,
  type ListLine,
  type Lines,
  type Stop,
} from './list-groups.ts';
import { movedTo } from './row-keys.ts';
import { GroupHeading, SnapshotLine, type LineProps } from './SnapshotLine.tsx';
import { useReveal, useVisibleLines } from './useVisibleLines.ts';
import { useRovingFocus } from './useRovingFocus.ts';

const NOTHING: Lines = { lines: [], stops: [] };

interface SnapshotLinesProps {
  readonly snapshots: readonly Snapshot[];
  /** The lists that a search found; `null` without a search. */
  readonly found: readonly Snapshot[] | null;
  readonly now: number;
  readonly open: SnapshotId | null;
  /** The extension's storage as the browser reports it. If known, each list's tooltip says its size. */
  readonly space?: StorageReading | null;
  /** The element that scrolls the lines; it may contain other content, too. */
  readonly scroller: HTMLElement | null;
  readonly onOpen: (id: SnapshotId) => void;
}

/** The lines of the groups. A group is expanded when one of its lists is opened; a search shows all that it found. */
function useLines({ snapshots, found, open }: Pick<SnapshotLinesProps, 'snapshots' | 'found' | 'open'>) {
  const { collapsed, collapse } = useCollapsedGroups();
  const profiles = useMemo(() => profilesOf(snapshots), [snapshots]);
  const groups = useMemo(() => listGroups(found ?? snapshots, profiles), [found, snapshots, profiles]);
  const isSearching = found !== null;
  const { lines, stops } = useMemo(
    () => (collapsed === undefined ? NOTHING : linesOf(groups, isSearching ? null : collapsed)),
    [groups, collapsed, isSearching],
  );
  const openGroup = groups.find(({ lists }) => lists.some(({ id }) => id === open))?.key ?? null;
  const isRead = collapsed !== undefined;
  useEffect(() => {
    if (isRead && openGroup !== null) collapse(openGroup, false);
    // Only when another list is opened: its group can be collapsed after that.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [open, openGroup === null, isRead]);
  return { profiles, lines, stops, collapse };
}

/** The stop that a key leads to, and whether the key collapses or expands its group; `null` for other keys. */
function afterKey(
  event: KeyboardEvent<HTMLElement>,
  stops: readonly Stop[],
  at: number,
  page: number,
): { readonly to: number; readonly isCollapsed: boolean | null } | null {
  const { key, currentTarget } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null;
  const stop = stops[at];
  if (stop !== undefined && (key === 'ArrowLeft' || key === 'ArrowRight')) {
    const isOutward = (key === 'ArrowLeft') === (getComputedStyle(currentTarget).direction === 'ltr');
    const heading = stops.findIndex(({ group, snapshot }) => group === stop.group && snapshot === null);
    if (at === heading) return { to: at, isCollapsed: isOutward };
    return heading >= 0 && isOutward ? { to: heading, isCollapsed: null } : null;
  }
  const to = movedTo(key, { active: at, count: stops.length, page });
  return to === null ? null : { to, isCollapsed: null };
}

/** The stop that takes the focus: where the user was, or else the open list. */
function useTabStop(
  stops: readonly Stop[],
  open: SnapshotId | null,
  drawn: readonly { readonly index: number }[],
) {
  const [active, setActive] = useState<string | null>(null);
  const openStop = stops.findIndex(({ snapshot }) => snapshot !== null && snapshot === open);
  const activeStop = stops.findIndex(({ key }) => key === active);
  const at = Math.max(0, activeStop < 0 ? openStop : activeStop);
  const isDrawn = drawn.some(({ index }) => index === stops[at]?.line);
  return { at, tabbable: isDrawn ? at : -1, openLine: stops[openStop]?.line ?? -1, setActive };
}

/**
 * The lists in groups, each on one line. Only those in view are drawn. One line takes the focus; arrow keys, Home, End,
 * and the page keys move to the others, and the left and right arrows collapse and expand the group.
 */
export function SnapshotLines({ snapshots, found, now, open, space, scroller, onOpen }: SnapshotLinesProps) {
  const { profiles, lines, stops, collapse } = useLines({ snapshots, found, open });
  const list = useRef<HTMLDivElement>(null);
  const { items, height, top, page, measure, scrollTo } = useVisibleLines(lines, list, scroller);
  const drawn = items.flatMap(({ index }) => lines[index]?.snapshot ?? []);
  const sizes = useListSizes(drawn, space ?? null);
  const { at, tabbable, openLine, setActive } = useTabStop(stops, open, items);
  const roving = useRovingFocus(list, at);
  const reveal = useReveal(open, openLine, lines.length > 0 && scroller !== null, scrollTo);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const next = afterKey(event, stops, at, page);
    const stop = next === null ? undefined : stops[next.to];
    if (next === null || stop === undefined) return;
    event.preventDefault();
    if (next.isCollapsed !== null) collapse(stop.group.key, next.isCollapsed);
    setActive(stop.key);
    reveal.current(stop.line);
  };

  return (
    <div
      ref={list}
      className="lines"
      role="list"
      aria-label={i18n.t('popup.lists')}
      tabIndex={tabbable < 0 ? 0 : -1}
      style={{ blockSize: height }}
      {...roving}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="drawn" style={{ insetBlockStart: top }}>
        {items.map(({ index }) => {
          const line = lines[index];
          return line === undefined ? null : (
            <div
              key={line.key}
              ref={measure}
              data-index={index}
              role="listitem"
              aria-posinset={index + 1}
              aria-setsize={lines.length}
            >
              <Line
                line={line}
                isCollapsible={found === null}
                profiles={profiles}
                tabbable={tabbable}
                now={now}
                open={open}
                size={line.snapshot === null ? null : (sizes.get(line.snapshot.id) ?? null)}
                onActive={setActive}
                onCollapse={collapse}
                onOpen={onOpen}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface LineAndHeadingProps extends Pick<LineProps, 'now' | 'size' | 'onActive' | 'onOpen'> {
  readonly line: ListLine;
  readonly isCollapsible: boolean;
  readonly profiles: ReturnType<typeof profilesOf>;
  /** The stop that is the tab stop. */
  readonly tabbable: number;
  readonly open: SnapshotId | null;
  readonly onCollapse: (key: string, isCollapsed: boolean) => void;
}

/** One list, below its group's heading if it is the group's first. */
function Line(props: LineAndHeadingProps) {
  const { line, isCollapsible, profiles, tabbable, now, open, size, onActive, onCollapse, onOpen } = props;
  const { group, hasHeading, snapshot, stop } = line;
  const listStop = hasHeading && isCollapsible ? stop + 1 : stop;
  return (
    <ErrorBoundary>
      {hasHeading && (
        <GroupHeading
          group={group}
          isExpanded={snapshot !== null}
          stop={isCollapsible ? stop : null}
          isTabbable={stop === tabbable}
          onActive={onActive}
          onCollapse={onCollapse}
        />
      )}
      {snapshot !== null && (
        <SnapshotLine
          snapshot={snapshot}
          profile={group.kind === 'profile' ? null : (profiles.get(profileKey(snapshot)) ?? null)}
          now={now}
          stop={listStop}
          isTabbable={listStop === tabbable}
          isOpen={snapshot.id === open}
          size={size}
          onActive={onActive}
          onOpen={onOpen}
        />
      )}
    </ErrorBoundary>
  );
}
