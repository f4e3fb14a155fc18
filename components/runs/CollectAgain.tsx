import { i18n } from '#i18n';
import { estimateRun, rowsToCollect } from '../../lib/collector/estimate.ts';
import { send } from '../../lib/messages/send.ts';
import { hasEnded, isSample, isWorthOpening, type Snapshot } from '../../lib/model/snapshot.ts';
import { adapterOf } from '../../lib/providers/index.ts';
import { priced } from '../../lib/words/numbers.ts';
import type { Action } from '../hooks/useAction.ts';
import { useCreditPrice } from '../hooks/usePreferences.ts';
import { openSettings } from './open-extension-page.ts';
import { Button } from '../shared/Button.tsx';

/** How to collect a list again as it is today: the words, with the price. `null` if it can't be collected again. */
export function useCollectAgain(
  snapshot: Snapshot,
): { readonly text: string; readonly start: () => Promise<void> } | null {
  const creditPrice = useCreditPrice(snapshot.provider);
  const { platform, handle, relation, provider, howMany, expected, state } = snapshot;
  const adapter = adapterOf(snapshot);
  if (adapter === undefined || isSample(snapshot) || !hasEnded(state) || !isWorthOpening(snapshot))
    return null;
  const rows = rowsToCollect(howMany, expected);
  const { amount } = estimateRun(adapter, { platform, rows, listed: expected, resolved: false });
  const text = i18n.t('popup.collect_again');
  async function start(): Promise<void> {
    const request = { platform, handle, relation, provider, howMany, cap: null, again: true };
    const response = await send('run.start', request);
    if (response.kind === 'no-key') await openSettings(provider);
    else location.assign(`?list=${response.snapshotId}`);
  }
  return {
    text:
      amount === null
        ? text
        : i18n.t('run.with_price', {
            action: text,
            amount: priced(adapter.price.unit, amount, creditPrice),
          }),
    start,
  };
}

interface CollectAgainProps {
  readonly snapshot: Snapshot;
  readonly action: Action;
}

/** Shown below an existing list, which is free to read: collects the same list as it is today, for a price. */
export function CollectAgain({ snapshot, action: { run, busy } }: CollectAgainProps) {
  const again = useCollectAgain(snapshot);
  if (again === null) return null;
  return (
    <div className="buttons">
      <Button
        disabled={busy}
        onClick={() => {
          run(again.start);
        }}
      >
        {again.text}
      </Button>
    </div>
  );
}
