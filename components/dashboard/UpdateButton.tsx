import { useId } from 'react';
import { i18n } from '#i18n';
import { fullCollectionOf } from '../../lib/collector/new-update.ts';
import { send } from '../../lib/messages/send.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { priceRange, updateExplanation } from '../../lib/words/update.ts';
import { useAction } from '../hooks/useAction.ts';
import { useCreditPrice } from '../hooks/usePreferences.ts';
import { useUpdateOffer } from '../hooks/useUpdateOffer.ts';
import { openSettings } from '../runs/open-extension-page.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';

interface UpdateButtonProps {
  readonly snapshot: Snapshot;
  /** Opens the list that is being updated. */
  readonly onList: (id: SnapshotId) => void;
}

/** Brings a list up to date. Its price is on it, and what it does not find out is in its description. */
export function UpdateButton({ snapshot, onList }: UpdateButtonProps) {
  const offer = useUpdateOffer(snapshot);
  const creditPrice = useCreditPrice(offer?.adapter.id ?? null);
  const action = useAction();
  const id = useId();
  if (offer == null) return null;
  const price = priceRange(offer.adapter.price.unit, offer.price, creditPrice);
  const explanation = updateExplanation(price, fullCollectionOf(snapshot));
  async function update(): Promise<void> {
    const response = await send('run.update', { snapshotId: snapshot.id, cap: null });
    if (response.kind === 'no-key') await openSettings(snapshot.provider);
    else if (response.kind === 'gone') throw new Error(i18n.t('update.not_possible'));
    else onList(response.snapshotId);
  }
  return (
    <>
      <Button
        disabled={action.busy}
        title={explanation}
        aria-describedby={id}
        onClick={() => {
          action.run(update);
        }}
      >
        {i18n.t('update.with_price', { price })}
      </Button>
      <span id={id} className="visually-hidden">
        {explanation}
      </span>
      <ErrorText error={action.error} />
    </>
  );
}
