import { i18n } from '#i18n';
import { estimateRest, rowsToCollect } from '../../lib/collector/estimate.ts';
import { send } from '../../lib/messages/send.ts';
import type { CreditPrice } from '../../lib/model/money.ts';
import { countedSpending, type Snapshot } from '../../lib/model/snapshot.ts';
import { adapterById, adapterOf } from '../../lib/providers/index.ts';
import { amountWithoutUnit, briefly, count } from '../../lib/words/numbers.ts';
import { aboveMessage, priceMessage } from '../../lib/words/prices.ts';
import type { Action } from '../hooks/useAction.ts';
import { useCreditPrice } from '../hooks/usePreferences.ts';
import type { AskAbove } from './provider.ts';
import { Button } from '../shared/Button.tsx';

interface ConfirmChoiceProps {
  readonly snapshot: Snapshot;
  readonly askAbove: AskAbove;
  readonly action: Action;
}

const SMALLER = [1_000, 10_000];

/** What it costs to continue up to this many accounts; `null` if the count is not known. */
function rest(snapshot: Snapshot, howMany: number | null): number | null {
  const adapter = adapterOf(snapshot);
  return adapter === undefined ? null : estimateRest(adapter, snapshot, howMany).amount;
}

/** The largest smaller number of accounts within the approval threshold; otherwise the smallest. */
function smaller(
  snapshot: Snapshot,
  limit: number,
): { readonly rows: number; readonly amount: number } | null {
  const wanted = rowsToCollect(snapshot.howMany, snapshot.expected);
  if (wanted === null) return null;
  const choices = SMALLER.filter((rows) => rows < wanted && rows > snapshot.rows).map((rows) => ({
    rows,
    amount: rest(snapshot, rows) ?? 0,
  }));
  return choices.findLast(({ amount }) => amount <= limit) ?? choices[0] ?? null;
}

/** Shown if the price is unknown: the cost of the next request, after which more is known. */
function nextRequest(snapshot: Snapshot): number {
  const { platform, resolvedAt } = snapshot;
  const adapter = adapterOf(snapshot);
  if (adapter === undefined) return 0;
  const { price } = adapter;
  const page = price.perRequest + price.perRow * adapter.pages(platform).most;
  return resolvedAt === null && price.resolve > 0 ? price.resolve : page;
}

/** The cost of looking up the profile, if that has not been done yet. */
function lookUpOf({ provider, resolvedAt }: Snapshot): number {
  return resolvedAt === null ? (adapterById(provider)?.price.resolve ?? 0) : 0;
}

function priceText(snapshot: Snapshot, creditPrice: CreditPrice | null): string {
  const { relation, expected, unit, estimate } = snapshot;
  if (estimate === null) return i18n.t('run.price_unknown');
  return priceMessage({
    relation,
    count: expected,
    unit,
    estimate,
    balance: null,
    lookUp: lookUpOf(snapshot),
    creditPrice,
  });
}

/** The price is above the approval threshold. The user decides, and sees the price of each choice. */
export function ConfirmChoice({ snapshot, askAbove, action: { run, busy } }: ConfirmChoiceProps) {
  const { id: snapshotId, unit, cap } = snapshot;
  const creditPrice = useCreditPrice(snapshot.provider);
  const limit = askAbove[unit];
  const spent = countedSpending(snapshot);
  const most = spent + (rest(snapshot, snapshot.howMany) ?? nextRequest(snapshot));
  const less = smaller(snapshot, limit);
  const confirm = (howMany: number | null, upTo: number) => () => {
    run(() => send('run.confirm', { snapshotId, howMany, cap: upTo }));
  };
  const why =
    snapshot.startedFrom === 'page' && cap < limit
      ? i18n.t('run.above_page', { n: amountWithoutUnit(unit, limit) })
      : aboveMessage(unit, limit);
  return (
    <>
      <p className="muted">{priceText(snapshot, creditPrice)}</p>
      <p id={`why-${snapshotId}`}>{why}</p>
      <div className="buttons">
        <Button
          variant="primary"
          disabled={busy}
          aria-describedby={`why-${snapshotId}`}
          onClick={confirm(snapshot.howMany, most)}
        >
          {i18n.t('run.use_up_to', { amount: briefly(unit, most, creditPrice) })}
        </Button>
        {less !== null && (
          <Button disabled={busy} onClick={confirm(less.rows, less.amount + spent)}>
            {i18n.t('run.newest_for', {
              rows: count(less.rows),
              amount: briefly(unit, less.amount + spent, creditPrice),
            })}
          </Button>
        )}
        <Button
          variant="quiet"
          disabled={busy}
          onClick={() => {
            run(() => send('run.stop', { snapshotId }));
          }}
        >
          {i18n.t('run.cancel')}
        </Button>
      </div>
    </>
  );
}
