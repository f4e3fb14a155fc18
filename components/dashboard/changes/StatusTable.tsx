import { i18n } from '#i18n';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { Status } from '../../../lib/sets/statuses.ts';
import type { Changes, StatusCount } from '../../../lib/sets/summary.ts';
import { count } from '../../../lib/words/numbers.ts';
import { createdDay } from '../../../lib/words/times.ts';
import { ExportChanges } from './ExportChanges.tsx';
import { doubtText, statusMeaning, statusTitle } from '../../lists/changes-text.ts';
import { ScrolledTable } from '../ScrolledTable.tsx';

interface StatusTableProps {
  readonly changes: Changes;
  /** Shows the accounts of a list with a status: certain ones, likely ones, or both. */
  readonly onShow: (list: SnapshotId, status: Status, certain: boolean | null) => void;
}

/** What can be said about the accounts of two lists, how many there are of each, and how certain that is. */
export function StatusTable({ changes, onShow }: StatusTableProps) {
  return (
    <section className="changes-statuses" aria-labelledby="changes-title">
      <header className="line">
        <h2 id="changes-title" className="grow">
          {i18n.t('changes.title')}
        </h2>
        <ExportChanges changes={changes} />
      </header>
      <ScrolledTable
        name={{ headingId: 'changes-title' }}
        columns={[
          { title: i18n.t('changes.column.status') },
          { title: i18n.t('changes.column.list') },
          { title: i18n.t('changes.column.accounts'), isNumber: true },
          { title: i18n.t('changes.column.certain'), isNumber: true },
          { title: i18n.t('changes.column.likely'), isNumber: true },
        ]}
      >
        {changes.counts.map((counted) => (
          <StatusRow
            key={`${counted.status} ${counted.list}`}
            counted={counted}
            onShow={(certain) => {
              onShow(changes[counted.list].id, counted.status, certain);
            }}
          />
        ))}
      </ScrolledTable>
      <Basis changes={changes} />
    </section>
  );
}

interface StatusRowProps {
  readonly counted: StatusCount;
  readonly onShow: (certain: boolean | null) => void;
}

/** In which of the two lists the accounts of a status are. */
function listText({ status, list }: StatusCount): string {
  const isInBoth = ['renamed', 'changed', 'unchanged', 'withoutDetails'].includes(status);
  return i18n.t(isInBoth ? 'changes.in_both' : list === 'older' ? 'changes.in_older' : 'changes.in_newer');
}

function StatusRow({ counted, onShow }: StatusRowProps) {
  const { status, certain, doubts } = counted;
  const likely = counted.count - certain;
  const title = statusTitle(status);
  // Nothing is claimed about accounts that are not covered, so nothing is certain or likely.
  const isClaim = status !== 'notCovered' && status !== 'withoutDetails';
  const figure = (n: number, label: string, value: boolean | null) =>
    n === 0 ? (
      <span className="muted">0</span>
    ) : (
      <button
        type="button"
        className="changes-show"
        aria-label={label}
        onClick={() => {
          onShow(value);
        }}
      >
        {count(n)}
      </button>
    );
  const show = { status: title, list: listText(counted) };
  return (
    <tr>
      <th scope="row">
        {title}
        <p className="meta">{statusMeaning(status)}</p>
        {doubts.length > 0 && (
          <details>
            <summary className="meta">{i18n.t('changes.why_likely')}</summary>
            <ul className="meta">
              {doubts.map(({ doubt, count: n }) => (
                <li key={doubt}>{doubtText(doubt, count(n))}</li>
              ))}
            </ul>
          </details>
        )}
      </th>
      <td>{listText(counted)}</td>
      <td className="number">
        {figure(counted.count, i18n.t('changes.show', { ...show, n: count(counted.count) }), null)}
      </td>
      <td className="number">
        {isClaim && figure(certain, i18n.t('changes.show_certain', { ...show, n: count(certain) }), true)}
      </td>
      <td className="number">
        {isClaim && figure(likely, i18n.t('changes.show_likely', { ...show, n: count(likely) }), false)}
      </td>
    </tr>
  );
}

/** What the two lists cover, and what they may hide. */
function Basis({ changes }: { readonly changes: Changes }) {
  const lines = (['older', 'newer'] as const).flatMap((name) => {
    const { end, depth, hidden, isDated } = changes[name];
    const list = i18n.t(`changes.the_${name}`);
    const reach =
      end === 'open'
        ? depth === null
          ? i18n.t('changes.basis_partial', { list })
          : i18n.t('changes.basis_depth', { list, day: createdDay(depth) })
        : end === 'unconfirmed'
          ? i18n.t('changes.basis_unconfirmed', { list })
          : i18n.t('changes.basis_complete', { list });
    return [
      reach,
      ...(isDated ? [] : [i18n.t('changes.basis_undated', { list })]),
      ...(hidden === 0 ? [] : [i18n.t('changes.basis_hidden', { list, n: count(hidden) })]),
    ];
  });
  const { byHandle } = changes;
  return (
    <ul className="meta changes-basis">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
      {byHandle > 0 && <li>{i18n.t('changes.basis_handles', { n: count(byHandle) })}</li>}
    </ul>
  );
}
