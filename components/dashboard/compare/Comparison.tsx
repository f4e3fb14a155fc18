import { useLayoutEffect, useRef } from 'react';
import { i18n } from '#i18n';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { Overlap } from '../../../lib/sets/overlap.ts';
import { accountsText } from '../../../lib/words/lists.ts';
import { count } from '../../../lib/words/numbers.ts';
import { useOverlap, type KnownOverlap, type OverlapControl } from '../../hooks/useOverlap.ts';
import { Button } from '../../shared/Button.tsx';
import { focusHeadingIfLost } from '../../shared/focus-heading.ts';
import type { ListAddress } from '../address.ts';
import { partialMask, type ComparedList } from './combinations.ts';
import { Combinations } from './Combinations.tsx';
import { figureText } from './figures.tsx';
import { ListTotals } from './ListTotals.tsx';
import { PairTable } from './PairTable.tsx';

interface ComparisonProps {
  readonly lists: readonly ComparedList[];
  readonly onOpen: (id: SnapshotId) => void;
  readonly onShow: (address: ListAddress) => void;
  readonly onRemove: (id: SnapshotId) => void;
}

/** What some lists of one platform share: the lists, their combinations, and their pairs. */
export function Comparison({ lists, onOpen, onShow, onRemove }: ComparisonProps) {
  const control = useOverlap(lists.map(({ snapshot }) => snapshot.id));
  const { known } = control;
  const overlap = known.kind === 'found' ? known.overlap : null;
  return (
    <>
      {known.kind !== 'found' && <ReadingState control={control} of={lists.length} />}
      {overlap !== null && <Basis lists={lists} overlap={overlap} />}
      <ListTotals lists={lists} overlap={overlap} onOpen={onOpen} onShow={onShow} onRemove={onRemove} />
      {overlap !== null && (
        <>
          <Combinations lists={lists} overlap={overlap} onShow={onShow} />
          <PairTable lists={lists} overlap={overlap} onShow={onShow} />
        </>
      )}
    </>
  );
}

/** How far the comparison is, why it failed, or that it was cancelled. */
function ReadingState({ control, of }: { readonly control: OverlapControl; readonly of: number }) {
  const { known, cancel, again } = control;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const shown = box.current;
    return () => {
      if (shown?.contains(document.activeElement) === true) requestAnimationFrame(focusHeadingIfLost);
    };
  }, []);
  const read = known.kind === 'reading' ? known.read : null;
  return (
    // One button for both, so that it keeps the focus.
    <div className="compare-reading" ref={box}>
      {read !== null && (
        <div
          className="progress"
          role="progressbar"
          aria-label={i18n.t('compare.comparing')}
          aria-valuemin={0}
          aria-valuemax={of}
          aria-valuenow={read}
        >
          <span style={{ inlineSize: `${String((100 * read) / of)}%` }} />
        </div>
      )}
      <p
        role={known.kind === 'failed' ? 'alert' : 'status'}
        className={known.kind === 'failed' ? 'tone-error grow' : 'grow'}
      >
        {stateText(known, of)}
      </p>
      <Button size="small" onClick={read === null ? again : cancel}>
        {i18n.t(read === null ? 'compare.again' : 'compare.cancel')}
      </Button>
    </div>
  );
}

function stateText(known: KnownOverlap, of: number): string {
  switch (known.kind) {
    case 'reading':
      return known.read < of
        ? i18n.t('compare.reading', { n: count(known.read + 1), of: count(of) })
        : i18n.t('compare.counting');
    case 'failed':
      return i18n.t('compare.failed', { why: known.why });
    case 'cancelled':
      return i18n.t('compare.cancelled');
    case 'found':
      return '';
  }
}

/** What the figures rest on, and how far they hold. */
function Basis({ lists, overlap }: { readonly lists: readonly ComparedList[]; readonly overlap: Overlap }) {
  const { union, byHandle, apart } = overlap;
  const partial = lists.filter(({ isPartial }) => isPartial).map(({ title }) => title);
  const bound = partialMask(lists) === 0 ? 'exact' : 'atLeast';
  return (
    <div className="compare-basis">
      <p role="status">
        {bound === 'exact'
          ? i18n.t('compare.union', { accounts: accountsText(union) })
          : i18n.t('compare.union', {
              accounts: i18n.t('compare.accounts', { n: figureText(union, bound) }),
            })}
      </p>
      {partial.length > 0 && (
        <p>
          {i18n.t('compare.partial', partial.length, { lists: new Intl.ListFormat().format(partial) })}{' '}
          {i18n.t('compare.partial_means')}
        </p>
      )}
      {byHandle > 0 && (
        <p className="meta">{i18n.t('compare.by_handle', byHandle, { n: count(byHandle) })}</p>
      )}
      {apart > 0 && <p className="meta">{i18n.t('compare.apart', apart, { n: count(apart) })}</p>}
    </div>
  );
}
