import { useMemo, useState } from 'react';
import { i18n } from '#i18n';
import { sharedBy, type Overlap } from '../../../lib/sets/overlap.ts';
import { count, percent } from '../../../lib/words/numbers.ts';
import { Button } from '../../shared/Button.tsx';
import type { ListAddress } from '../address.ts';
import { addressOfShared, boundOfShared, partialMask, type ComparedList } from './combinations.ts';
import { FigureButton, figureText } from './figures.tsx';
import { ScrolledTable } from '../ScrolledTable.tsx';

/** How many pairs are shown until the user asks for all. */
const FEW = 30;

interface PairTableProps {
  readonly lists: readonly ComparedList[];
  readonly overlap: Overlap;
  readonly onShow: (address: ListAddress) => void;
}

interface SharedPair {
  readonly one: number;
  readonly other: number;
  readonly shared: number;
}

function pairsOf(overlap: Overlap): readonly SharedPair[] {
  const numbers = Array.from(overlap.lists.keys());
  return numbers
    .flatMap((one) =>
      numbers.slice(one + 1).map((other) => ({ one, other, shared: sharedBy(overlap, one, other) })),
    )
    .sort((a, b) => b.shared - a.shared);
}

/** How many accounts each two of the lists share, and which share of each that is; the most first. */
export function PairTable({ lists, overlap, onShow }: PairTableProps) {
  const [isAll, setAll] = useState(false);
  const pairs = useMemo(() => pairsOf(overlap), [overlap]);
  return (
    <section aria-labelledby="pairs-title">
      <h2 id="pairs-title">{i18n.t('compare.pairs')}</h2>
      <p className="meta">{i18n.t('compare.pairs_about')}</p>
      <ScrolledTable
        name={{ headingId: 'pairs-title' }}
        columns={[
          { title: i18n.t('compare.column.first') },
          { title: i18n.t('compare.column.second') },
          { title: i18n.t('compare.column.shared'), isNumber: true },
          { title: i18n.t('compare.column.of_smaller'), isNumber: true },
          { title: i18n.t('compare.column.of_first'), isNumber: true },
          { title: i18n.t('compare.column.of_second'), isNumber: true },
          { title: i18n.t('compare.column.of_both'), isNumber: true },
        ]}
      >
        {pairs.slice(0, isAll ? pairs.length : FEW).map((pair) => (
          <PairRow
            key={`${String(pair.one)} ${String(pair.other)}`}
            pair={pair}
            lists={lists}
            overlap={overlap}
            onShow={onShow}
          />
        ))}
      </ScrolledTable>
      {pairs.length > FEW && (
        <Button
          size="small"
          variant="quiet"
          onClick={() => {
            setAll(!isAll);
          }}
        >
          {isAll ? i18n.t('compare.fewer') : i18n.t('compare.all_pairs', { n: count(pairs.length) })}
        </Button>
      )}
    </section>
  );
}

function share(n: number, of: number): string {
  return of === 0 ? '–' : percent(n / of);
}

function PairRow({ pair, lists, overlap, onShow }: PairTableProps & { readonly pair: SharedPair }) {
  const { one, other, shared } = pair;
  const [first, second] = [lists[one], lists[other]];
  const [ofFirst, ofSecond] = [overlap.lists[one]?.count ?? 0, overlap.lists[other]?.count ?? 0];
  if (first === undefined || second === undefined) return null;
  const bound = boundOfShared((1 << one) | (1 << other), partialMask(lists));
  return (
    <tr>
      <th scope="row">
        <span className="compare-number">{count(one + 1)}</span> <bdi>{first.title}</bdi>
      </th>
      <th scope="row">
        <span className="compare-number">{count(other + 1)}</span> <bdi>{second.title}</bdi>
      </th>
      <td className="number">
        <FigureButton
          n={shared}
          bound={bound}
          label={i18n.t('compare.show_shared', {
            n: figureText(shared, bound),
            first: first.title,
            second: second.title,
          })}
          onShow={() => {
            onShow(addressOfShared(first.snapshot.id, second.snapshot.id));
          }}
        />
      </td>
      <td className="number">{share(shared, Math.min(ofFirst, ofSecond))}</td>
      <td className="number">{share(shared, ofFirst)}</td>
      <td className="number">{share(shared, ofSecond)}</td>
      <td className="number">{share(shared, ofFirst + ofSecond - shared)}</td>
    </tr>
  );
}
