import { i18n } from '#i18n';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { Overlap } from '../../../lib/sets/overlap.ts';
import { stateName } from '../../../lib/words/names.ts';
import { count, percent } from '../../../lib/words/numbers.ts';
import { IconButton } from '../../shared/Button.tsx';
import type { ListAddress } from '../address.ts';
import { addressOfExactly, boundOfExactly, partialMask, type ComparedList } from './combinations.ts';
import { Figure, FigureButton, figureText } from './figures.tsx';
import { ScrolledTable } from '../ScrolledTable.tsx';

interface ListTotalsProps {
  readonly lists: readonly ComparedList[];
  /** `null` until it is known. */
  readonly overlap: Overlap | null;
  readonly onOpen: (id: SnapshotId) => void;
  readonly onShow: (address: ListAddress) => void;
  readonly onRemove: (id: SnapshotId) => void;
}

/** The compared lists with their numbers: how many accounts each has, and how many are in no other of them. */
export function ListTotals({ lists, overlap, onOpen, onShow, onRemove }: ListTotalsProps) {
  const ids = lists.map(({ snapshot }) => snapshot.id);
  const most = lists.reduce((largest, { snapshot }) => Math.max(largest, snapshot.rows), 1);
  const partial = partialMask(lists);
  return (
    <section aria-labelledby="totals-title">
      <h2 id="totals-title">{i18n.t('compare.totals')}</h2>
      <ScrolledTable
        name={{ headingId: 'totals-title' }}
        columns={[
          { title: i18n.t('compare.column.number'), isNumber: true },
          { title: i18n.t('compare.column.list') },
          { title: null, className: 'compare-total' },
          { title: i18n.t('compare.column.accounts'), isNumber: true },
          { title: i18n.t('compare.column.unique'), isNumber: true },
          { title: i18n.t('compare.column.unique_share'), isNumber: true },
          { title: null },
        ]}
      >
        {lists.map(({ snapshot, title, isPartial }, at) => {
          const total = overlap?.lists[at];
          const rows = total?.count ?? snapshot.rows;
          const bound = boundOfExactly(1 << at, partial);
          const only = addressOfExactly(ids, 1 << at);
          return (
            <tr key={snapshot.id}>
              <td className="number">{count(at + 1)}</td>
              <th scope="row">
                <button
                  type="button"
                  className="compare-open"
                  onClick={() => {
                    onOpen(snapshot.id);
                  }}
                >
                  <bdi>{title}</bdi>
                </button>
                {isPartial && <span className="meta"> {stateName(snapshot.state)}</span>}
              </th>
              <td className="compare-total" aria-hidden="true">
                <span style={{ inlineSize: `${String((100 * rows) / most)}%` }} />
              </td>
              <td className="number">
                <Figure n={rows} bound={isPartial ? 'atLeast' : 'exact'} />
              </td>
              <td className="number">
                {total === undefined ? (
                  '…'
                ) : (
                  <FigureButton
                    n={total.unique}
                    bound={bound}
                    label={i18n.t('compare.show_unique', {
                      n: figureText(total.unique, bound),
                      list: title,
                    })}
                    onShow={() => {
                      if (only !== null) onShow(only);
                    }}
                  />
                )}
              </td>
              <td className="number">
                {total === undefined || rows === 0 ? '' : percent(total.unique / rows)}
              </td>
              <td>
                <IconButton
                  icon="close"
                  label={i18n.t('compare.remove', { list: title })}
                  onClick={() => {
                    onRemove(snapshot.id);
                  }}
                />
              </td>
            </tr>
          );
        })}
      </ScrolledTable>
    </section>
  );
}
