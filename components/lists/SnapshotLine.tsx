import { memo } from 'react';
import { i18n } from '#i18n';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { hasEnded, isSample, shownRows, type Snapshot } from '../../lib/model/snapshot.ts';
import { coverageText } from '../../lib/words/coverage.ts';
import { listDescription } from '../../lib/words/lists.ts';
import {
  platformName,
  profileName,
  relationTitle,
  shortStateName,
  stateName,
  toneOf,
} from '../../lib/words/names.ts';
import { count } from '../../lib/words/numbers.ts';
import { missingText } from '../../lib/words/outcomes.ts';
import { bytesText } from '../../lib/words/sizes.ts';
import { rowsOfTotal } from '../../lib/words/status.ts';
import { listTime } from '../../lib/words/times.ts';
import { factsAt } from '../runs/facts.ts';
import { Icon, PlatformIcon } from '../shared/Icon.tsx';
import type { ListedProfile, ListGroup } from './list-groups.ts';
import { SampleMark } from './SampleMark.tsx';

interface GroupHeadingProps {
  readonly group: ListGroup;
  readonly isExpanded: boolean;
  /** Its index among the stops of the arrow keys; `null` if the group can't be collapsed. */
  readonly stop: number | null;
  readonly isTabbable: boolean;
  readonly onActive: (key: string) => void;
  readonly onCollapse: (key: string, isCollapsed: boolean) => void;
}

/** The heading of a group, which collapses and expands it. */
export const GroupHeading = memo(function GroupHeading(props: GroupHeadingProps) {
  const { group, isExpanded, stop, isTabbable, onActive, onCollapse } = props;
  const content = (
    <>
      {group.kind === 'profile' ? <ProfileTitle {...group.profile} /> : <StateTitle kind={group.kind} />}
      {(!isExpanded || group.kind !== 'profile') && <span className="meta">{count(group.lists.length)}</span>}
    </>
  );
  if (stop === null) return <h3 className="group-heading">{content}</h3>;
  return (
    <h3>
      <button
        type="button"
        className="group-heading"
        data-row={stop}
        tabIndex={isTabbable ? 0 : -1}
        aria-expanded={isExpanded}
        onFocus={() => {
          onActive(group.key);
        }}
        onClick={() => {
          onCollapse(group.key, isExpanded);
        }}
      >
        <Icon name={isExpanded ? 'down' : 'forward'} />
        {content}
      </button>
    </h3>
  );
});

function StateTitle({ kind }: { readonly kind: 'running' | 'attention' }) {
  return <span className="grow">{i18n.t(`groups.${kind}`)}</span>;
}

function ProfileTitle({ name, handle, platform }: ListedProfile) {
  const called = profileName(platform, handle);
  return (
    <>
      <PlatformIcon platform={platform} />
      <span className="grow ellipsis" dir="auto" title={`${name ?? called} · ${platformName(platform)}`}>
        <bdi>{name ?? called}</bdi> {name !== null && <bdi className="meta">{called}</bdi>}
      </span>
    </>
  );
}

export interface LineProps {
  readonly snapshot: Snapshot;
  /** Whose list it is, if the heading above doesn't say it. */
  readonly profile: ListedProfile | null;
  readonly now: number;
  /** Its index among the stops of the arrow keys. */
  readonly stop: number;
  readonly isTabbable: boolean;
  readonly isOpen: boolean;
  /** In bytes, if it is known. */
  readonly size: number | null;
  readonly onActive: (key: string) => void;
  readonly onOpen: (id: SnapshotId) => void;
}

/** Everything about a list that its line has no room for. */
function tooltipOf({ snapshot, profile, now, size }: LineProps): string {
  const { state, rows, name } = snapshot;
  const facts = factsAt(snapshot, now);
  const parts = [
    name ?? null,
    profile === null ? null : profileName(profile.platform, profile.handle),
    listDescription(snapshot, now),
    hasEnded(state) ? i18n.t('amount.accounts', rows, { n: count(rows) }) : rowsOfTotal(facts),
    hasEnded(state) && !isSample(snapshot) ? missingText(facts) : null,
    coverageText(snapshot),
    stateName(state),
    size === null ? null : bytesText(size),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** One list: its name or its relation and time, how many accounts, and its state unless it is complete. */
export const SnapshotLine = memo(function SnapshotLine(props: LineProps) {
  const { snapshot, profile, now, stop, isTabbable, isOpen, onActive, onOpen } = props;
  const { id, relation, createdAt, name, state } = snapshot;
  const called =
    name ?? (profile === null ? null : (profile.name ?? profileName(profile.platform, profile.handle)));
  return (
    <button
      type="button"
      className="snapshot-line"
      data-row={stop}
      tabIndex={isTabbable ? 0 : -1}
      aria-current={isOpen ? 'true' : undefined}
      title={tooltipOf(props)}
      onFocus={() => {
        onActive(id);
      }}
      onClick={() => {
        onOpen(id);
      }}
    >
      {profile !== null && <PlatformIcon platform={profile.platform} />}
      <span className="grow ellipsis" dir="auto">
        {called !== null && <bdi>{called} </bdi>}
        {name === undefined && (
          <span aria-hidden="true">
            {called === null ? (
              <>
                {relationTitle(relation)} <span className="meta">{listTime(createdAt, now)}</span>
              </>
            ) : (
              <span className="meta">{relationTitle(relation)}</span>
            )}
          </span>
        )}
        <span className="visually-hidden">{listDescription(snapshot, now)}</span>
      </span>
      <SampleMark snapshot={snapshot} />
      <span className="meta">{count(shownRows(snapshot))}</span>
      <LineState state={state} />
    </button>
  );
});

/** A dot, and the state's word unless the list is complete. Screen readers always get the whole name. */
function LineState({ state }: Pick<Snapshot, 'state'>) {
  const tone = toneOf(state);
  return (
    <span className={`state tone-${tone}`}>
      <span className="dot" />
      {tone !== 'done' && <span aria-hidden="true">{shortStateName(state)}</span>}
      <span className="visually-hidden">{stateName(state)}</span>
    </span>
  );
}
