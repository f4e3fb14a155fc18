import { i18n } from '#i18n';
import { degreeOf } from '../../../lib/sets/overlap.ts';
import { count, percent } from '../../../lib/words/numbers.ts';
import { FigureButton, figureText } from './figures.tsx';
import { namesOf, type UpsetProps } from './UpsetRows.tsx';
import { ScrolledTable } from '../ScrolledTable.tsx';

/** The figures of the plot. */
export function UpsetTable({ lists, combinations, union, onShow }: UpsetProps) {
  return (
    <ScrolledTable
      name={{ text: i18n.t('compare.combinations') }}
      columns={[
        { title: i18n.t('compare.column.exactly') },
        { title: i18n.t('compare.column.degree'), isNumber: true },
        { title: i18n.t('compare.column.accounts'), isNumber: true },
        { title: i18n.t('compare.column.of_all'), isNumber: true },
      ]}
    >
      {combinations.map((combination) => (
        <tr key={combination.mask}>
          <th scope="row">
            <bdi>{namesOf(lists, combination)}</bdi>
          </th>
          <td className="number">{count(degreeOf(combination.mask))}</td>
          <td className="number">
            <FigureButton
              n={combination.count}
              bound={combination.bound}
              label={i18n.t('compare.show_exactly', {
                n: figureText(combination.count, combination.bound),
                lists: namesOf(lists, combination),
              })}
              onShow={() => {
                onShow(combination);
              }}
            />
          </td>
          <td className="number">{union === 0 ? '' : percent(combination.count / union)}</td>
        </tr>
      ))}
    </ScrolledTable>
  );
}
