import { i18n } from '#i18n';
import { degreeOf } from '../../../lib/sets/overlap.ts';
import { count, percent } from '../../../lib/words/numbers.ts';
import { FigureButton, figureText } from './figures.tsx';
import { namesOf, type UpsetProps } from './UpsetRows.tsx';

/** The figures of the plot. */
export function UpsetTable({ lists, combinations, union, onShow }: UpsetProps) {
  const title = i18n.t('compare.combinations');
  return (
    <div className="compare-scroll" tabIndex={0} role="group" aria-label={title}>
      <table aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{i18n.t('compare.column.exactly')}</th>
            <th scope="col" className="number">
              {i18n.t('compare.column.degree')}
            </th>
            <th scope="col" className="number">
              {i18n.t('compare.column.accounts')}
            </th>
            <th scope="col" className="number">
              {i18n.t('compare.column.of_all')}
            </th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </div>
  );
}
