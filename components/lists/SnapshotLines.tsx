import { i18n } from '#i18n';
import { hasEnded, type Snapshot, type SnapshotId } from '../../lib/model.ts';
import { platformName, relationTitle } from '../../lib/words/names.ts';
import { count } from '../../lib/words/numbers.ts';
import { coverageWords } from '../../lib/words/receipt.ts';
import { bytesWords } from '../../lib/words/sizes.ts';
import { rowsOfTotal } from '../../lib/words/status.ts';
import { day } from '../../lib/words/times.ts';
import { factsAt } from '../runs/facts.ts';
import { StateWords } from '../runs/StateWords.tsx';
import { SampleMark } from './SampleMark.tsx';

interface SnapshotLinesProps {
  readonly snapshots: readonly Snapshot[];
  readonly now: number;
  readonly open: SnapshotId | null;
  /** About the bytes of each list, where that is shown. */
  readonly sizes?: ReadonlyMap<string, number>;
  readonly onOpen: (id: SnapshotId) => void;
}

/** Lists by profile: the profile touched last comes first. */
function groupByProfile(snapshots: readonly Snapshot[]): readonly (readonly Snapshot[])[] {
  const groups = new Map<string, Snapshot[]>();
  for (const snapshot of snapshots) {
    const key = `${snapshot.platform}/${snapshot.handleKey}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [snapshot]);
    else group.push(snapshot);
  }
  return Array.from(groups.values());
}

/** The lists, grouped by profile, each named by its day, with its coverage and how it stands. */
export function SnapshotLines({ snapshots, now, open, sizes, onOpen }: SnapshotLinesProps) {
  return (
    <ul className="profiles">
      {groupByProfile(snapshots).map((group) => {
        const [first] = group;
        if (first === undefined) return null;
        // The newest may have ended before the profile was looked up.
        const name = group.find(({ facts }) => facts !== null)?.facts?.name;
        return (
          <li key={`${first.platform}/${first.handleKey}`}>
            <h3 className="ellipsis" dir="auto">
              <bdi>{name ?? `@${first.handle}`}</bdi>{' '}
              <span className="meta">
                {name != null && <bdi>@{first.handle} · </bdi>}
                {platformName(first.platform)}
              </span>
            </h3>
            <ul>
              {group.map((snapshot) => (
                <SnapshotLine
                  key={snapshot.id}
                  snapshot={snapshot}
                  now={now}
                  isOpen={snapshot.id === open}
                  size={sizes?.get(snapshot.id) ?? null}
                  onOpen={onOpen}
                />
              ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}

interface SnapshotLineProps {
  readonly snapshot: Snapshot;
  readonly now: number;
  readonly isOpen: boolean;
  readonly size: number | null;
  readonly onOpen: (id: SnapshotId) => void;
}

function SnapshotLine({ snapshot, now, isOpen, size, onOpen }: SnapshotLineProps) {
  const covered = coverageWords(snapshot);
  const rows = hasEnded(snapshot.state)
    ? i18n.t('amount.accounts', snapshot.rows, { n: count(snapshot.rows) })
    : rowsOfTotal(factsAt(snapshot, now));
  return (
    <li>
      <button
        type="button"
        className="snapshot-line"
        aria-current={isOpen ? 'true' : undefined}
        onClick={() => {
          onOpen(snapshot.id);
        }}
      >
        <span className="grow">
          {relationTitle(snapshot.relation)}{' '}
          <span className="muted">{i18n.t('time.list_of', { day: day(snapshot.createdAt, now) })}</span>{' '}
          <SampleMark snapshot={snapshot} />
          <span className="meta block">
            {rows}
            {covered !== null && ` · ${covered}`}
            {size !== null && ` · ${bytesWords(size)}`}
          </span>
        </span>
        <StateWords state={snapshot.state} />
      </button>
    </li>
  );
}
