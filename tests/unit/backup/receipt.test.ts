/** A receipt's money is that of the spending history, also after an older backup was restored. */
import { beforeEach, describe, expect, it } from 'vitest';
import { receiptOf } from '../../../lib/export/receipt/receipt.ts';
import { receiptSchema, type Receipt } from '../../../lib/export/receipt/shape.ts';
import type { Store } from '../../../lib/store/index.ts';
import { receiptLines, receiptSummary, type ReceiptExtras } from '../../../lib/words/receipt.ts';
import { speakEnglish } from '../words/english.ts';
import { freshDatabases, grow, LIST, listOf, NOW, restore, save } from './backup-files.ts';

freshDatabases();
beforeEach(speakEnglish);

/** What everything that states a list's cost says of it. */
async function figures(store: Store) {
  const statement = await store.ledger.statementOf(LIST);
  if (statement === undefined) throw new Error('The list is gone.');
  const { snapshot, spent } = statement;
  const extras: ReceiptExtras = { creditPrice: null, spent };
  const lines = receiptLines(snapshot, 'Bench', NOW, extras);
  const line = (key: string): string | undefined => lines.find((each) => each.key === key)?.value;
  const file: Receipt = receiptSchema.parse(
    receiptOf({
      snapshot,
      spent: await store.ledger.spentOn(LIST),
      provider: { name: 'Bench', origin: null },
      creditPrice: null,
      file: {
        name: 'f.csv',
        format: 'csv',
        rows: snapshot.rows,
        bytes: 1,
        sha256: 'a'.repeat(64),
        columns: ['id'],
        filter: null,
        sort: null,
        guarded: 0,
        cut: 0,
        idsOnly: 0,
        unavailable: 0,
      },
      appVersion: '0.1.0',
      writtenAt: NOW,
    }),
  );
  const history = await store.ledger.byMonth();
  return {
    history: history.reduce((sum, { charged }) => sum + charged, 0),
    file,
    rows: snapshot.rows,
    spent: line('spent'),
    own: line('own'),
    requests: line('requests'),
    summary: receiptSummary(snapshot, extras),
  };
}

describe('after collecting, a backup, more collecting, and deleting', () => {
  it('the restored older backup has a receipt with the figures of the spending history', async () => {
    const store = await listOf('here', 3);
    const backup = await save(store);
    await grow(store, LIST, 8, 3);
    const before = await figures(store);
    expect(before).toMatchObject({ history: 8, rows: 80, spent: '8 credits', requests: '8' });
    expect(before.own).toBeUndefined();
    expect(before.file).toMatchObject({ spend_charged: 8, spend_charged_by_list: 8, requests: 8 });

    await store.snapshots.delete(LIST);
    await restore(store, backup);

    const after = await figures(store);
    expect(after).toMatchObject({ history: 8, rows: 30, spent: '8 credits', requests: '8' });
    expect(after.file).toMatchObject({ spend_charged: 8, spend_charged_by_list: 3, requests: 8 });
    expect(after.summary).toMatch(/\b8 of about\b|\b8 credits\b/);
    // The list and the history differ, and the receipt says so.
    expect(after.own).toBe(
      'The spending history has 8 credits for this list; the list itself counts 3. That happens if an older backup of a list is restored.',
    );
  });

  it('what may have been charged comes from the history too', async () => {
    const store = await listOf('here', 2);
    const backup = await save(store);
    await grow(store, LIST, 4, 2);
    const [last] = (await store.ledger.ofSnapshot(LIST)).toReversed();
    const { id = '', provider } = last ?? {};
    if (provider === undefined) throw new Error('The list has requests.');
    await store.money.settle(
      LIST,
      { entry: id, provider, at: NOW, status: 'maybe', amount: 1, listed: null },
      (now) => ({ ...now, charged: now.charged - 1, maybeCharged: now.maybeCharged + 1 }),
      null,
    );
    await store.snapshots.delete(LIST);
    await restore(store, backup);
    expect((await figures(store)).file).toMatchObject({
      spend_charged: 3,
      spend_maybe_charged: 1,
      spend_charged_by_list: 2,
      spend_maybe_charged_by_list: 0,
    });
  });
});

it('a request in progress is counted, but not yet as paid', async () => {
  const store = await listOf('here', 2);
  const [entry] = await store.ledger.ofSnapshot(LIST);
  if (entry?.snapshotId !== LIST) throw new Error('The list has requests.');
  await store.money.addResent(
    { ...entry, id: 'under-way', status: 'sent', amount: 0, settledAt: null },
    (now) => now,
  );
  expect((await store.ledger.statementOf(LIST))?.spent).toEqual({
    requests: 3,
    charged: 2,
    listed: 2,
    maybeCharged: 0,
  });
});
