import { useId, useMemo, useState } from 'react';
import { i18n } from '#i18n';
import { saveFile } from '../../../lib/export/files/save.ts';
import { yieldToEvents } from '../../../lib/lists/yield-to-events.ts';
import type { Mask } from '../../../lib/sets/id-masks.ts';
import type { Overlap } from '../../../lib/sets/overlap.ts';
import { count } from '../../../lib/words/numbers.ts';
import { Choice } from '../../audience/Choice.tsx';
import { PlotTools } from '../../audience/PlotTools.tsx';
import { currentLook } from '../../audience/save-plot.ts';
import { Button } from '../../shared/Button.tsx';
import { showFailure } from '../../shared/page-message.ts';
import type { ListAddress } from '../address.ts';
import {
  addressOfExactly,
  combinationsAt,
  orderOf,
  orders,
  partialMask,
  type Combination,
  type CombinationOrder,
  type ComparedList,
} from './combinations.ts';
import { shortFigure } from './figures.tsx';
import { overlapCsv, upsetSvg } from './upset-files.ts';
import { UpsetRows } from './UpsetRows.tsx';
import { UpsetTable } from './UpsetTable.tsx';

/** How many combinations are added at a time. */
const STEP = 30;

interface CombinationsProps {
  readonly lists: readonly ComparedList[];
  readonly overlap: Overlap;
  readonly onShow: (address: ListAddress) => void;
}

/** How many combinations are written to a file before the page handles events again. */
const PER_PART = 2000;

/** Saves the combinations with these indexes, however many there are, without blocking the page. */
async function saveCsv(
  { lists, overlap }: Pick<CombinationsProps, 'lists' | 'overlap'>,
  all: Uint32Array,
  partial: Mask,
  name: string,
): Promise<void> {
  function* parts(): Generator<readonly Combination[]> {
    for (let from = 0; from < all.length; from += PER_PART)
      yield combinationsAt(overlap, all.subarray(from, from + PER_PART), partial);
  }
  async function* bytes(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const encoder = new TextEncoder();
    for (const text of overlapCsv(lists, parts())) {
      yield encoder.encode(text);
      await yieldToEvents();
    }
  }
  await saveFile({ name, mimeType: 'text/csv', bytes: bytes(), signal: new AbortController().signal });
}

/** How many accounts are in exactly which lists: a plot, the same as a table, and files of it. */
export function Combinations({ lists, overlap, onShow }: CombinationsProps) {
  const id = useId();
  const [isTable, setTable] = useState(false);
  const [order, setOrder] = useState<CombinationOrder>('size');
  const [atLeast, setAtLeast] = useState('1');
  const [most, setMost] = useState(STEP);
  const partial = partialMask(lists);
  const fewest = Math.max(1, Math.floor(Number(atLeast)) || 1);
  const all = useMemo(() => orderOf(overlap, order, fewest), [overlap, order, fewest]);
  const shown = combinationsAt(overlap, all.subarray(0, most), partial);
  const title = i18n.t('compare.combinations');
  const file = `followledger_overlap_${new Date().toISOString().slice(0, 10)}`;
  const { union } = overlap;
  const counted = i18n.t('compare.counted', all.length, { n: count(all.length) });
  const svg = (): string =>
    upsetSvg(
      { lists, combinations: shown, write: (one) => shortFigure(one.count, one.bound) },
      {
        title,
        known: partial === 0 ? counted : `${counted} · ${i18n.t('compare.marks')}`,
        source: i18n.t('compare.source', { day: new Date().toISOString().slice(0, 10) }),
      },
      currentLook(),
    );
  const props = {
    lists,
    combinations: shown,
    union,
    onShow: ({ mask }: { readonly mask: number }) => {
      const ids = lists.map(({ snapshot }) => snapshot.id);
      const address = addressOfExactly(ids, mask);
      if (address !== null) onShow(address);
    },
  };
  return (
    <section aria-labelledby={id}>
      <header className="compare-head">
        <h2 id={id} className="grow">
          {title}
        </h2>
        <PlotTools title={title} isTable={isTable} onTable={setTable} svg={svg} file={file} />
        <Button
          size="small"
          variant="quiet"
          aria-label={i18n.t('audience.save_as', { title, format: 'CSV' })}
          onClick={() => {
            saveCsv({ lists, overlap }, all, partial, `${file}.csv`).catch(showFailure);
          }}
        >
          CSV
        </Button>
      </header>
      <p className="meta">{i18n.t('compare.combinations_about')}</p>
      <div className="compare-tools">
        <Choice
          label={i18n.t('compare.order.label')}
          of={orders}
          text={(one) => i18n.t(`compare.order.${one}`)}
          chosen={order}
          onChosen={setOrder}
        />
        <label className="compare-fewest">
          {i18n.t('compare.fewest')}
          <input
            type="number"
            className="input"
            min={1}
            step={1}
            value={atLeast}
            onChange={({ target }) => {
              setAtLeast(target.value);
              setMost(STEP);
            }}
          />
        </label>
        <p className="meta" role="status">
          {counted}
        </p>
      </div>
      {isTable ? <UpsetTable {...props} /> : <UpsetRows {...props} />}
      {all.length > shown.length && (
        <Button
          size="small"
          onClick={() => {
            setMost(most + STEP);
          }}
        >
          {i18n.t('compare.more', { n: count(Math.min(STEP, all.length - shown.length)) })}
        </Button>
      )}
    </section>
  );
}
