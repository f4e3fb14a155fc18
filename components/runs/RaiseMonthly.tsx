import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import { countedSpending, type Snapshot } from '../../lib/model/snapshot.ts';
import { monthlyLimitOf } from '../../lib/settings/preferences.ts';
import { monthOf } from '../../lib/store/spending.ts';
import { priced } from '../../lib/words/numbers.ts';
import type { Action } from '../hooks/useAction.ts';
import { store } from '../hooks/store.ts';
import { changePreferences, useCreditPrice } from '../hooks/usePreferences.ts';
import { Button } from '../shared/Button.tsx';

/** Raises the monthly limit by the amount needed, if there is a limit. */
async function raiseLimit({ provider }: Snapshot, price: number): Promise<void> {
  const now = Date.now();
  const needed = price + (await store.money.spentSince(provider, monthOf(now), now));
  await changePreferences((preferences) => {
    const limit = monthlyLimitOf(preferences, provider);
    if (limit === null || limit >= needed) return {};
    return { monthlyLimit: { ...preferences.monthlyLimit, [provider]: needed } };
  });
}

interface RaiseMonthlyProps {
  readonly snapshot: Snapshot;
  /** The cost of the rest of the list. */
  readonly price: number;
  /** The approval threshold. Above it, the background asks for approval first. */
  readonly withoutApproval: number;
  readonly action: Action;
}

/** For a list that the monthly limit ended: one click raises the limit by the price of the rest and continues. */
export function RaiseMonthly({ snapshot, price, withoutApproval, action: { run, busy } }: RaiseMonthlyProps) {
  const creditPrice = useCreditPrice(snapshot.provider);
  const { id: snapshotId, unit } = snapshot;
  return (
    <Button
      disabled={busy}
      onClick={() => {
        run(async () => {
          await raiseLimit(snapshot, price);
          const cap = price > withoutApproval ? null : countedSpending(snapshot) + price;
          await send('run.continue', { snapshotId, howMany: null, cap });
        });
      }}
    >
      {i18n.t('run.with_price', {
        action: i18n.t('remedy.raise_monthly'),
        amount: priced(unit, price, creditPrice),
      })}
    </Button>
  );
}
