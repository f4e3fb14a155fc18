import { beforeEach, describe, expect, it } from 'vitest';
import { receiptSchema } from '../../../lib/export/receipt/shape.ts';
import { receiptOf, type ReceiptInput } from '../../../lib/export/receipt/receipt.ts';
import { receiptBytes, receiptName } from '../../../lib/export/receipt/receipt-file.ts';
import { accountIdSchema, providerIdSchema, snapshotIdSchema } from '../../../lib/model/ids.ts';
import { handleSchema, unknownFacts } from '../../../lib/model/profile.ts';
import type { Outcome, Snapshot, State } from '../../../lib/model/snapshot.ts';
import { speakEnglish } from '../words/english.ts';

const AT = Date.UTC(2026, 10, 14, 9, 31, 7);

const snapshot: Snapshot = {
  id: snapshotIdSchema.parse('00000000-0000-4000-8000-000000000001'),
  platform: 'x',
  handle: handleSchema.parse('ada_research'),
  handleKey: 'ada_research',
  profileId: accountIdSchema.parse('935125269261766657'),
  resolvedAt: AT,
  relation: 'followers',
  provider: providerIdSchema.parse('sociavault'),
  startedFrom: 'own',
  createdAt: AT - 2000,
  startedAt: AT,
  updatedAt: AT + 60_000,
  endedAt: AT + 60_000,
  pace: null,
  openedAt: null,
  state: { kind: 'ended', outcome: { kind: 'complete' } },
  facts: { ...unknownFacts, name: 'Ada', followers: 84_210, createdAt: Number.NaN },
  hinted: false,
  expected: 84_210,
  howMany: null,
  unit: 'credits',
  cap: 1300,
  confirmed: true,
  estimate: { rows: 84_210, requests: 1204, amount: 1204, seconds: 1500 },
  pages: 1200,
  rows: 83_904,
  duplicates: 3,
  unreadable: 1,
  charged: 1201,
  maybeCharged: 2,
  pagesWithoutNew: 0,
  losses: 0,
  attempt: 0,
  filled: 83_904,
  ending: null,
};

const input: ReceiptInput = {
  snapshot,
  spent: { requests: 1203, charged: 1201, listed: 1200, maybeCharged: 2 },
  provider: { name: 'SociaVault', origin: 'https://api.sociavault.com' },
  creditPrice: { currency: 'EUR', perThousand: 2_000_000 },
  file: {
    name: 'followledger_x_ada_research_followers_2026-11-14.csv',
    format: 'csv',
    rows: 83_904,
    bytes: 12_345,
    sha256: 'a'.repeat(64),
    columns: ['position', 'id'],
    filter: null,
    sort: null,
    guarded: 4,
    idsOnly: 3,
    unavailable: 2,
    cut: 0,
  },
  appVersion: '0.1.0',
  writtenAt: AT + 90_000,
};

const of = (over: Partial<Snapshot>, rest: Partial<ReceiptInput> = {}) =>
  receiptOf({ ...input, ...rest, snapshot: { ...snapshot, ...over } });

beforeEach(speakEnglish);

describe('the receipt of a file', () => {
  it('states what was requested, what was received, what it cost, and what the file contains', () => {
    const receipt = receiptOf(input);
    expect(receiptSchema.parse(receipt)).toEqual(receipt);
    expect(receipt).toMatchObject({
      receipt: 'followledger',
      version: 1,
      file_rows: 83_904,
      profile_url: 'https://x.com/ada_research',
      profile_facts_by: 'provider',
      profile_name: 'Ada',
      profile_created_at: null,
      provider_origin: null,
      coverage: 83_904 / 84_210,
      complete: true,
      outcome: 'complete',
      spend_unit: 'credits',
      spend_charged: 1201,
      spend_by_price_list: 1200,
      spend_maybe_charged: 2,
      money_currency: 'EUR',
      money_charged: 2.402,
      money_maybe_charged: 0.004,
      requests: 1203,
      first_page_at: '2026-11-14T09:31:07.000Z',
    });
    expect(receipt.reason).toMatch(/^Complete: 83.904 accounts\. X reports 84.210;/);
  });

  it('counts unexpected entries by kind: 0 if there were none, and null if they were not counted', () => {
    expect(of({ unexpected: { 'no-account': 7, 'list-for-object': 2 } })).toMatchObject({
      unexpected_unavailable: 0,
      unexpected_without_account: 7,
      unexpected_of_unknown_type: 0,
      unexpected_list_for_object: 2,
    });
    expect(of({ unexpected: {} })).toMatchObject({ unexpected_unavailable: 0 });
    expect(of({})).toMatchObject({ unexpected_unavailable: null, unexpected_list_for_object: null });
    const odd = of({ rows: 980, filled: 980, duplicates: 0, unreadable: 0, unexpected: { unavailable: 20 } });
    expect(odd.reason).toMatch(/^Complete: .* 2% of the entries were skipped or weren't as expected; /);
  });

  it('can be parsed from its bytes, which are one JSON value', () => {
    const bytes = new TextDecoder().decode(receiptBytes(receiptOf(input)));
    expect(receiptSchema.parse(JSON.parse(bytes))).toEqual(receiptOf(input));
    expect(bytes.endsWith('}\n')).toBe(true);
  });

  it('is flat except for its columns', () => {
    const nested = Object.entries(receiptOf(input)).filter(([, value]) => typeof value === 'object' && value);
    expect(nested.map(([name]) => name)).toEqual(['file_columns']);
  });

  it('gives dollars as dollars, and as money without a configured price', () => {
    const dollars = of(
      { unit: 'usd', cap: 5_000_000, charged: 990_000, maybeCharged: 10_000, estimate: null },
      { creditPrice: null, spent: { requests: 1, charged: 990_000, listed: 990_000, maybeCharged: 0 } },
    );
    expect(dollars).toMatchObject({
      spend_cap: 5,
      spend_charged: 0.99,
      spend_estimate: null,
      money_currency: 'USD',
      money_charged: 0.99,
    });
  });

  it('omits money if the price of a credit is unknown', () => {
    expect(of({}, { creditPrice: null })).toMatchObject({ money_currency: null, money_charged: null });
  });

  it('lists the origins used during the collection if one is not the provider’s own', () => {
    const [ownValue, other] = ['https://api.sociavault.com', 'https://proxy.example:8443'];
    expect(of({ origins: [ownValue] }).provider_origin).toBeNull();
    expect(of({ origins: [other] }).provider_origin).toBe(other);
    expect(of({ origins: [ownValue, other] }).provider_origin).toBe(`${ownValue} ${other}`);
  });

  it('describes every state and outcome, and calls only one of them complete', () => {
    const runError = { kind: 'lost-answers', times: 3, price: 1 } as const;
    const outcomes: readonly Outcome[] = [
      { kind: 'complete' },
      { kind: 'ended-early' },
      { kind: 'capped', by: 'monthly' },
      { kind: 'stopped' },
      { kind: 'stalled' },
      { kind: 'failed', trouble: { kind: 'hidden-list', said: null } },
    ];
    const states: readonly State[] = [
      { kind: 'queued' },
      { kind: 'confirming' },
      { kind: 'resolving' },
      { kind: 'running' },
      { kind: 'waiting', until: AT, attempt: 1, trouble: { kind: 'offline' } },
      { kind: 'blocked', trouble: runError },
      { kind: 'paused' },
      ...outcomes.map((outcome) => ({ kind: 'ended', outcome }) as const),
    ];
    const receipts = states.map((state) => receiptSchema.parse(of({ state })));
    expect(receipts.filter(({ complete }) => complete)).toHaveLength(1);
    expect(receipts.map(({ outcome }) => outcome).filter((outcome) => outcome !== null)).toEqual(
      outcomes.map(({ kind }) => kind),
    );
    expect(receipts.map(({ trouble: kind }) => kind).filter((kind) => kind !== null)).toEqual([
      'offline',
      'lost-answers',
      'hidden-list',
    ]);
    expect(receipts.find(({ outcome }) => outcome === 'capped')?.limit).toBe('monthly');
    for (const { reason } of receipts) expect(reason).not.toBe('');
  });

  it('shows unknown values as null, never as 0', () => {
    expect(of({ expected: null, facts: null })).toMatchObject({
      coverage: null,
      expected: null,
      profile_followers: null,
      profile_facts_by: null,
    });
    expect(of({ expected: 0, rows: 0 }).coverage).toBe(1);
  });

  it('has the name of its file', () => {
    expect(receiptName('followledger_x_a.b_followers_2026-11-14_partial.csv')).toBe(
      'followledger_x_a.b_followers_2026-11-14_partial.csv.receipt.json',
    );
  });
});
