import { i18n } from '#i18n';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import type { Status } from '../../../lib/sets/statuses.ts';
import type { Changes } from '../../../lib/sets/summary.ts';
import { listTitle } from '../../../lib/words/lists.ts';
import { stateName } from '../../../lib/words/names.ts';
import { count } from '../../../lib/words/numbers.ts';
import type { KnownChanges } from '../../hooks/useChanges.ts';
import { useNow } from '../../hooks/useNow.ts';
import { Button } from '../../shared/Button.tsx';
import { ScrolledTable } from '../ScrolledTable.tsx';

/** How many lists the timeline compares: each pair has to be read. */
export const TIMELINE_LENGTH = 12;

interface TimelineProps {
  /** Oldest first. */
  readonly lists: readonly Snapshot[];
  /** How many older lists it leaves out. */
  readonly hidden: number;
  readonly changesOf: (one: SnapshotId, other: SnapshotId) => KnownChanges;
  readonly onPair: (open: SnapshotId, other: SnapshotId) => void;
}

/** Every list of the profile with its count, and who came and went since the list before it; the newest first. */
export function Timeline({ lists, hidden, changesOf, onPair }: TimelineProps) {
  const most = lists.reduce((largest, { rows, expected }) => Math.max(largest, rows, expected ?? 0), 1);
  const steps = lists.map((list, at) => ({ list, before: lists[at - 1] })).reverse();
  return (
    <section className="changes-timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{i18n.t('changes.timeline')}</h2>
      <ScrolledTable
        name={{ headingId: 'timeline-title' }}
        columns={[
          { title: i18n.t('changes.column.list') },
          { title: null },
          { title: i18n.t('changes.column.accounts'), isNumber: true },
          { title: i18n.t('changes.column.counted'), isNumber: true },
          { title: i18n.t('changes.status.new'), isNumber: true },
          { title: i18n.t('changes.status.noLongerListed'), isNumber: true },
          { title: null },
        ]}
      >
        {steps.map(({ list, before }) => (
          <Step
            key={list.id}
            list={list}
            before={before}
            most={most}
            known={before === undefined ? null : changesOf(before.id, list.id)}
            onPair={onPair}
          />
        ))}
      </ScrolledTable>
      {hidden > 0 && <p className="meta">{i18n.t('changes.hidden_lists', hidden, { n: count(hidden) })}</p>}
    </section>
  );
}

interface StepProps extends Pick<TimelineProps, 'onPair'> {
  readonly list: Snapshot;
  readonly before: Snapshot | undefined;
  /** The largest count of the timeline. */
  readonly most: number;
  /** `null` for the first list. */
  readonly known: KnownChanges | null;
}

function Step({ list, before, most, known, onPair }: StepProps) {
  const now = useNow(60_000);
  const title = listTitle(list, now);
  return (
    <tr>
      <th scope="row">
        <bdi>{title}</bdi> <span className="meta">{stateName(list.state)}</span>
      </th>
      <td className="changes-bar" aria-hidden="true">
        <span style={{ inlineSize: `${String((100 * list.rows) / most)}%` }} />
      </td>
      <td className="number">{count(list.rows)}</td>
      <td className="number">{list.expected === null ? '–' : count(list.expected)}</td>
      <td className="number">{stepText(known, 'new')}</td>
      <td className="number">{stepText(known, 'noLongerListed')}</td>
      <td>
        {before !== undefined && (
          <Button
            size="small"
            variant="quiet"
            aria-label={i18n.t('changes.compare_with_previous', { list: title })}
            onClick={() => {
              onPair(list.id, before.id);
            }}
          >
            {i18n.t('changes.compare')}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** How many accounts have a status; at least so many where a part of the lists is not covered. */
function stepText(known: KnownChanges | null, status: Status): string {
  if (known === null) return '';
  const { changes, error } = known;
  if (changes === null) return error === null ? '…' : '–';
  const n = count(countOf(changes, status));
  return countOf(changes, 'notCovered') === 0 ? n : i18n.t('changes.at_least', { n });
}

function countOf({ counts }: Changes, status: Status): number {
  return counts.reduce((sum, one) => sum + (one.status === status ? one.count : 0), 0);
}
