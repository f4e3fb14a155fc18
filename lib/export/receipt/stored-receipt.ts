/** Creates a list's receipt from the store and the settings. */
import { browser } from 'wxt/browser';
import type { Snapshot } from '../../model/snapshot.ts';
import { adapterById } from '../../providers/index.ts';
import { readPreferences } from '../../settings/move-from-local-storage.ts';
import type { Store } from '../../store/index.ts';
import type { Receipt } from './shape.ts';
import { receiptOf, type ReceiptFile } from './receipt.ts';

export async function receiptFor(store: Store, snapshot: Snapshot, file: ReceiptFile): Promise<Receipt> {
  const { provider } = snapshot;
  const [spent, preferences] = await Promise.all([store.ledger.spentOn(snapshot.id), readPreferences(store)]);
  const adapter = adapterById(provider);
  return receiptOf({
    snapshot,
    spent,
    provider: { name: adapter?.name ?? provider, origin: adapter?.origin ?? null },
    creditPrice: preferences.creditPrice[provider] ?? null,
    file,
    appVersion: browser.runtime.getManifest().version,
    writtenAt: Date.now(),
  });
}
