import { i18n } from '#i18n';
import { estimateRest } from '../../lib/collector/estimate.ts';
import { send } from '../../lib/messages/send.ts';
import { pagePrice } from '../../lib/model/money.ts';
import { countedSpending, neededFor, type Estimate, type Snapshot } from '../../lib/model/snapshot.ts';
import { adapterOf } from '../../lib/providers/index.ts';
import { priced } from '../../lib/words/numbers.ts';
import type { Action } from '../hooks/useAction.ts';
import { useCreditPrice, usePreferences } from '../hooks/usePreferences.ts';
import { CopyDetails } from './CopyDetails.tsx';
import { RaiseMonthly } from './RaiseMonthly.tsx';
import { Button } from '../shared/Button.tsx';

type Price = Pick<Estimate, 'amount' | 'margin'>;

const UNKNOWN: Price = { amount: null };

/** The maximum cost of one more page. */
function onePage(snapshot: Snapshot): Price {
  const adapter = adapterOf(snapshot);
  return adapter === undefined
    ? UNKNOWN
    : { amount: pagePrice(adapter.price, adapter.pages(snapshot.platform).most) };
}

/** The cost of the rest of the list. */
function theRest(snapshot: Snapshot): Price {
  const adapter = adapterOf(snapshot);
  return adapter === undefined ? UNKNOWN : estimateRest(adapter, snapshot, null);
}

/** A list that ended early can continue from its last page; the button shows the price. */
export function EndedActions({
  snapshot,
  action: whole,
}: {
  readonly snapshot: Snapshot;
  readonly action: Action;
}) {
  const { run, busy } = whole;
  const { state, unit } = snapshot;
  const creditPrice = useCreditPrice(snapshot.provider);
  const preferences = usePreferences();
  if (state.kind !== 'ended' || preferences === undefined) return null;
  const withoutApproval = preferences.askAbove[unit];
  const spent = countedSpending(snapshot);
  const capFor = (price: Price): number | null => {
    const needed = neededFor(price);
    return needed === null || needed > withoutApproval ? null : spent + needed;
  };
  const resume = (action: string, price: Price) => (
    <Button
      disabled={busy}
      onClick={() => {
        run(() =>
          send('run.continue', {
            snapshotId: snapshot.id,
            howMany: null,
            // Above the approval threshold, the background asks for approval first.
            cap: capFor(price),
          }),
        );
      }}
    >
      {price.amount === null
        ? action
        : i18n.t('run.with_price', { action, amount: priced(unit, price.amount, creditPrice) })}
    </Button>
  );
  switch (state.outcome.kind) {
    case 'complete':
    case 'updated':
    case 'ended-early':
      return null;
    case 'capped': {
      const price = theRest(snapshot);
      return (
        <div className="buttons">
          {state.outcome.by === 'monthly' ? (
            // If the price is unknown, make room for the approval threshold.
            <RaiseMonthly
              snapshot={snapshot}
              price={neededFor(price) ?? withoutApproval}
              withoutApproval={withoutApproval}
              action={whole}
            />
          ) : (
            resume(i18n.t('remedy.continue'), price)
          )}
        </div>
      );
    }
    case 'stopped':
      return <div className="buttons">{resume(i18n.t('remedy.continue'), theRest(snapshot))}</div>;
    case 'stalled':
      return <div className="buttons">{resume(i18n.t('remedy.try_once'), onePage(snapshot))}</div>;
    case 'failed':
      return (
        <div className="buttons">
          <CopyDetails snapshot={snapshot} />
        </div>
      );
  }
}
