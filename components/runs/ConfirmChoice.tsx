import { i18n } from '#i18n';
import { estimateRun, rowsToCollect } from '../../lib/collector/estimate.ts';
import { send } from '../../lib/messages/send.ts';
import type { Snapshot } from '../../lib/model.ts';
import { adapterById } from '../../lib/providers/index.ts';
import { bareAmount, count } from '../../lib/words/numbers.ts';
import { aboveSentence, priceSentence } from '../../lib/words/prices.ts';
import type { Act } from '../hooks/useAct.ts';
import type { AskAbove } from './provider.ts';

interface ConfirmChoiceProps {
  readonly snapshot: Snapshot;
  readonly askAbove: AskAbove;
  readonly act: Act;
}

const SMALLER = [1_000, 10_000];

/** The largest smaller number of accounts that stays within what may be spent unasked, else the smallest. */
function smaller(
  snapshot: Snapshot,
  limit: number,
): { readonly rows: number; readonly amount: number } | null {
  const adapter = adapterById(snapshot.provider);
  const wanted = rowsToCollect(snapshot.howMany, snapshot.expected);
  if (adapter === undefined || wanted === null) return null;
  const choices = SMALLER.filter((rows) => rows < wanted).map((rows) => ({
    rows,
    amount:
      estimateRun(adapter, { platform: snapshot.platform, rows, resolved: snapshot.resolvedAt !== null })
        .amount ?? 0,
  }));
  return choices.findLast(({ amount }) => amount <= limit) ?? choices[0] ?? null;
}

/** The price is above what may be spent unasked: the user decides, and sees the price of each choice. */
export function ConfirmChoice({ snapshot, askAbove, act: { act, busy } }: ConfirmChoiceProps) {
  const { id: snapshotId, unit, cap, estimate } = snapshot;
  const limit = askAbove[unit];
  const spent = snapshot.charged + snapshot.maybeCharged;
  const most = estimate?.amount ?? limit;
  const less = smaller(snapshot, limit);
  const confirm = (howMany: number | null, upTo: number) => () => {
    act(() => send('run.confirm', { snapshotId, howMany, cap: upTo }));
  };
  const why =
    snapshot.startedFrom === 'page' && cap < limit
      ? i18n.t('run.above_page', { n: bareAmount(unit, limit) })
      : aboveSentence(unit, limit);
  return (
    <>
      {estimate === null ? (
        <p className="muted">{i18n.t('run.price_unknown')}</p>
      ) : (
        <p className="muted">
          {priceSentence({
            relation: snapshot.relation,
            count: snapshot.expected,
            unit,
            estimate,
            balance: null,
          })}
        </p>
      )}
      <p id={`why-${snapshotId}`}>{why}</p>
      <div className="buttons">
        <button
          type="button"
          className="button primary"
          disabled={busy}
          aria-describedby={`why-${snapshotId}`}
          onClick={confirm(snapshot.howMany, most)}
        >
          {i18n.t('run.use_up_to', { amount: bareAmount(unit, most) })}
        </button>
        {less !== null && (
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={confirm(less.rows, less.amount + spent)}
          >
            {i18n.t('run.newest_for', {
              rows: count(less.rows),
              amount: bareAmount(unit, less.amount + spent),
            })}
          </button>
        )}
        <button
          type="button"
          className="button quiet"
          disabled={busy}
          onClick={() => {
            act(() => send('run.stop', { snapshotId }));
          }}
        >
          {i18n.t('run.cancel')}
        </button>
      </div>
    </>
  );
}
