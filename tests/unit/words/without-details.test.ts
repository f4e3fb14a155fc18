/** What a list and a row say where details are missing. */
import { beforeEach, describe, expect, it } from 'vitest';
import { reduce } from '../../../lib/collector/machine/reduce.ts';
import { receiptOf } from '../../../lib/export/receipt/receipt.ts';
import { receiptSchema } from '../../../lib/export/receipt/shape.ts';
import { unknownAccount, type Account } from '../../../lib/model/account.ts';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import type { Outcome, Snapshot } from '../../../lib/model/snapshot.ts';
import { isSnapshot } from '../../../lib/store/readable.ts';
import { snapshotRule } from '../../../lib/store/rules/snapshot.ts';
import { accountLines, accountName, missingRemark } from '../../../lib/words/account.ts';
import { factsOf } from '../../../lib/words/run-facts.ts';
import { receiptLines } from '../../../lib/words/receipt.ts';
import { statusMessage } from '../../../lib/words/status.ts';
import { newSnapshot } from '../lists/stored-lists.ts';
import { speakEnglish } from './english.ts';

beforeEach(speakEnglish);

const EARLY: Snapshot = {
  ...newSnapshot(),
  state: { kind: 'ended', outcome: { kind: 'complete' } },
  rows: 1000,
  filled: 1000,
};

function counted(idsOnly: number, unavailable: number, over: Partial<Snapshot> = {}): Snapshot {
  return { ...EARLY, withoutDetails: { idsOnly, unavailable }, ...over };
}

function sentence(snapshot: Snapshot): string {
  return statusMessage(factsOf(snapshot, 'X API v1.1', null), 1);
}

function ended(outcome: Outcome): Partial<Snapshot> {
  return { state: { kind: 'ended', outcome } };
}

describe('the sentence of a list', () => {
  it.each([
    [counted(0, 0), 'Complete: 1,000 accounts.'],
    [counted(1000, 1000), 'Complete: 1,000 accounts, 1,000 no longer available.'],
    [counted(40, 0), 'Complete: 1,000 accounts, 40 without details.'],
    [counted(352, 312), 'Complete: 1,000 accounts, 312 no longer available, 40 without details.'],
    [counted(1, 1, { rows: 1, filled: 1 }), 'Complete: 1 account, 1 no longer available.'],
    [EARLY, 'Complete: 1,000 accounts.'],
  ])('says what is missing (%#)', (snapshot, expected) => {
    expect(sentence(snapshot)).toBe(expected);
  });

  it('says it in sentences of their own where the list did not come to its end', () => {
    const stopped = ended({ kind: 'stopped' });
    expect(sentence(counted(3, 2, { ...stopped, rows: 1000, filled: 600 }))).toBe(
      'Stopped by you: the newest 1,000. 2 accounts are no longer available. 401 accounts have only an ID.',
    );
    // Of an early version's list, those that were never looked up are known.
    expect(sentence({ ...EARLY, ...stopped, filled: 600 })).toBe(
      'Stopped by you: the newest 1,000. 400 accounts have only an ID.',
    );
  });
});

describe('the receipt', () => {
  const line = (snapshot: Snapshot, key: string): string | undefined =>
    receiptLines(snapshot, 'X API v1.1', 1, { creditPrice: null, spent: null }).find(
      (each) => each.key === key,
    )?.value;

  it('counts accounts without details, and does not know them of a list of an early version', () => {
    expect([line(counted(352, 312), 'ids-only'), line(counted(352, 312), 'gone')]).toEqual(['352', '312']);
    expect([line(counted(0, 0), 'ids-only'), line(counted(0, 0), 'gone')]).toEqual(['0', undefined]);
    expect([line(EARLY, 'ids-only'), line(EARLY, 'gone')]).toEqual(['—', undefined]);
  });

  it('says the same beside a file', () => {
    const beside = (snapshot: Snapshot) => {
      const receipt = receiptOf({
        snapshot,
        spent: { requests: 0, charged: 0, listed: 0, maybeCharged: 0 },
        provider: { name: 'X API v1.1', origin: null },
        creditPrice: null,
        file: {
          name: 'f.csv',
          format: 'csv',
          rows: 1000,
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
        writtenAt: 1,
      });
      return receiptSchema.parse(receipt);
    };
    expect(beside(counted(352, 312))).toMatchObject({ rows_by_id_alone: 352, rows_unavailable: 312 });
    expect(beside(counted(3, 2, { filled: 600 }))).toMatchObject({
      rows_by_id_alone: 403,
      rows_unavailable: 2,
    });
    expect(beside(EARLY)).toMatchObject({ rows_by_id_alone: null, rows_unavailable: null });
  });
});

describe('a row', () => {
  const idsOnly = unknownAccount(accountIdSchema.parse('12345'));
  const removed: Account = { ...idsOnly, unavailable: true };

  it('is called by its name, else by its handle, else by its ID', () => {
    expect(accountName({ ...idsOnly, name: 'Ada', handle: 'ada' })).toBe('Ada');
    expect(accountName({ ...idsOnly, name: ' ', handle: 'ada' })).toBe('ada');
    expect(accountName(idsOnly)).toBe('ID 12345');
  });

  it('says why there is nothing else', () => {
    expect(missingRemark(removed)).toBe('No longer available');
    expect(missingRemark(idsOnly)).toBe('No details');
    expect(missingRemark({ ...idsOnly, followers: 0 })).toBeNull();
  });

  it('has no lines of dashes in the details', () => {
    expect(accountLines(removed, 6).map(({ label, value }) => [label, value])).toEqual([
      ['ID', '12345'],
      ['Position', '7'],
      ['Available', 'No'],
    ]);
    expect(accountLines({ ...idsOnly, followers: 0 }, 6).length).toBeGreaterThan(10);
  });
});

describe('a stored count', () => {
  it('of a list of an early version stays unknown when the list continues', () => {
    const event = {
      kind: 'filled',
      count: 10,
      unreadable: 0,
      charged: 1,
      listed: 1,
      fillSize: 10,
      withoutDetails: { idsOnly: 1, unavailable: 1 },
    } as const;
    const running: Snapshot = { ...EARLY, state: { kind: 'running' }, filled: 600 };
    expect(reduce(running, event, 2).withoutDetails).toBeUndefined();
    expect(reduce({ ...running, filled: 0 }, event, 2).withoutDetails).toEqual({
      idsOnly: 1,
      unavailable: 1,
    });
  });

  it('is never more than there are accounts', () => {
    const { schema, clean } = snapshotRule;
    expect(schema().safeParse(counted(352, 312)).success).toBe(true);
    expect(schema().safeParse(EARLY).success).toBe(true);
    for (const wrong of [counted(1001, 0), counted(2, 3)]) {
      expect(schema().safeParse(wrong).success).toBe(false);
      expect(schema().safeParse(clean(wrong)).success).toBe(true);
    }
    expect(isSnapshot(counted(352, 312))).toBe(true);
    expect(isSnapshot({ ...EARLY, withoutDetails: 7 })).toBe(false);
  });
});
