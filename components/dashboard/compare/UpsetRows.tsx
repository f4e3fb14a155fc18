import type { CSSProperties } from 'react';
import { i18n } from '#i18n';
import { listsIn } from '../../../lib/sets/overlap.ts';
import { count, percent } from '../../../lib/words/numbers.ts';
import type { Combination, ComparedList } from './combinations.ts';
import { figureText, ShortFigure } from './figures.tsx';

export interface UpsetProps {
  readonly lists: readonly ComparedList[];
  readonly combinations: readonly Combination[];
  /** How many accounts all lists have together. */
  readonly union: number;
  readonly onShow: (combination: Combination) => void;
}

/** The names of the lists of a combination, in one line. */
export function namesOf(lists: readonly ComparedList[], { mask }: Combination): string {
  const names = listsIn(mask).flatMap((at) => lists[at]?.title ?? []);
  return new Intl.ListFormat().format(names);
}

/**
 * An UpSet plot (Lex and others, 2014) with a row for each combination: a dot for each list that it has, and a bar. Each
 * row is a button that shows its accounts.
 */
export function UpsetRows({ lists, combinations, union, onShow }: UpsetProps) {
  const most = combinations.reduce((largest, one) => Math.max(largest, one.count), 1);
  const style: CSSProperties & Record<'--lists', number> = { '--lists': lists.length };
  return (
    <div className="upset" style={style}>
      <div className="upset-row upset-head" aria-hidden="true">
        <span className="upset-matrix">
          {lists.map(({ snapshot, title }, at) => (
            <span key={snapshot.id} title={title}>
              {count(at + 1)}
            </span>
          ))}
        </span>
      </div>
      <ul>
        {combinations.map((combination) => {
          const label = i18n.t('compare.show_exactly', {
            n: figureText(combination.count, combination.bound),
            lists: namesOf(lists, combination),
          });
          return (
            <li key={combination.mask}>
              <button
                type="button"
                className="upset-row"
                title={label}
                onClick={() => {
                  onShow(combination);
                }}
              >
                <Dots size={lists.length} mask={combination.mask} />
                <span className="upset-track" aria-hidden="true">
                  <span
                    className="upset-bar"
                    style={{ inlineSize: `${String((100 * combination.count) / most)}%` }}
                  />
                </span>
                <span className="visually-hidden">{label}</span>
                <span className="number">
                  <ShortFigure n={combination.count} bound={combination.bound} />
                </span>
                <span className="number meta" aria-hidden="true">
                  {union === 0 ? '' : percent(combination.count / union)}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Dots({ size, mask }: { readonly size: number; readonly mask: number }) {
  const lists = listsIn(mask);
  const [first, last] = [lists[0] ?? 0, lists.at(-1) ?? 0];
  const line: CSSProperties & Record<'--first' | '--steps', number> = {
    '--first': first,
    '--steps': last - first,
  };
  return (
    <span className="upset-matrix" aria-hidden="true">
      {last > first && <span className="upset-line" style={line} />}
      {Array.from({ length: size }, (_, at) => (
        <span key={at} className={(mask & (1 << at)) === 0 ? 'upset-dot' : 'upset-dot in'} />
      ))}
    </span>
  );
}
