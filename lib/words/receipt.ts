/** The receipt of a list: what was requested, what was received, and what it cost. Times are UTC. */
import { idInHandle } from '../model/handles.ts';
import type { CreditPrice } from '../model/money.ts';
import { isSample, type Snapshot } from '../model/snapshot.ts';
import type { Spent } from '../store/spending.ts';
import { i18n } from '#i18n';
import { factsOf } from './run-facts.ts';
import { outcomeName, platformName, stateName } from './names.ts';
import { amount, amountWithoutUnit, count, percent, priced, withMoney } from './numbers.ts';
import { differenceMessage, ownCountMessage } from './prices.ts';
import { statusMessage } from './status.ts';
import { utc } from './times.ts';
import { unexpectedText } from './unexpected.ts';
import { withoutDetails } from './without-details.ts';

export interface ReceiptLine {
  readonly key: string;
  readonly label: string;
  readonly value: string;
}

const coverageOf = (snapshot: Snapshot): number | null => {
  if (snapshot.expected === null) return null;
  return snapshot.expected === 0 ? 1 : snapshot.rows / snapshot.expected;
};

/** The share of the platform's count that the list contains, in percent; `null` if there is no count. */
export function coverageText(snapshot: Snapshot): string | null {
  const share = coverageOf(snapshot);
  return share === null ? null : percent(share);
}

/** What the receipt contains besides the list. */
export interface ReceiptExtras {
  readonly creditPrice: CreditPrice | null;
  /** The list's ledger entries, summed. `null` until they are read; until then, the list's own counts are shown. */
  readonly spent: Spent | null;
}

/** Coverage and spending in one line: `99.6% · 1,201 of about 1,204 credits · about $2.40`. */
export function receiptSummary(snapshot: Snapshot, { creditPrice, spent: paid }: ReceiptExtras): string {
  const { unit, estimate } = snapshot;
  const { charged } = paid ?? snapshot;
  if (isSample(snapshot)) return i18n.t('sample.mark');
  const covered = coverageText(snapshot);
  const spent =
    estimate?.amount == null
      ? amount(unit, charged)
      : i18n.t('receipt.summary', {
          spent: amountWithoutUnit(unit, charged),
          estimate: amount(unit, estimate.amount),
        });
  const text = withMoney(spent, unit, charged, creditPrice);
  return covered === null ? text : `${covered} · ${text}`;
}

/** Unexpected entries by kind, if there were any. */
function unexpectedLine({ unexpected }: Snapshot): readonly ReceiptLine[] {
  const value = unexpectedText(unexpected);
  return value === null ? [] : [{ key: 'unexpected', label: i18n.t('receipt.unexpected'), value }];
}

/** How many accounts have only an ID, and how many of these no longer exist. Early versions didn't count them. */
function withoutDetailsLines(snapshot: Snapshot): readonly ReceiptLine[] {
  const counts = withoutDetails(snapshot);
  const label = i18n.t('receipt.without_details');
  if (counts === null) return [{ key: 'ids-only', label, value: i18n.t('amount.unknown') }];
  return [
    { key: 'ids-only', label, value: count(counts.idsOnly) },
    ...(counts.unavailable === 0
      ? []
      : [{ key: 'gone', label: i18n.t('receipt.no_longer_available'), value: count(counts.unavailable) }]),
  ];
}

function resultLines(snapshot: Snapshot, providerName: string, now: number): readonly ReceiptLine[] {
  const unknown = i18n.t('amount.unknown');
  const { state } = snapshot;
  return [
    {
      key: 'expected',
      label: i18n.t('receipt.expected', { platform: platformName(snapshot.platform) }),
      value: snapshot.expected === null ? unknown : count(snapshot.expected),
    },
    { key: 'rows', label: i18n.t('receipt.rows'), value: count(snapshot.rows) },
    ...withoutDetailsLines(snapshot),
    { key: 'coverage', label: i18n.t('receipt.coverage'), value: coverageText(snapshot) ?? unknown },
    { key: 'duplicates', label: i18n.t('receipt.duplicates'), value: count(snapshot.duplicates) },
    { key: 'unreadable', label: i18n.t('receipt.unreadable'), value: count(snapshot.unreadable) },
    ...unexpectedLine(snapshot),
    {
      key: 'outcome',
      label: i18n.t('receipt.outcome'),
      value: state.kind === 'ended' ? outcomeName(state.outcome) : stateName(state),
    },
    {
      key: 'reason',
      label: i18n.t('receipt.reason'),
      value: statusMessage({ ...factsOf(snapshot, providerName, null), sample: isSample(snapshot) }, now),
    },
  ];
}

function spendingLines(
  snapshot: Snapshot,
  providerName: string,
  { creditPrice, spent }: ReceiptExtras,
): readonly ReceiptLine[] {
  const { unit } = snapshot;
  const { charged, maybeCharged } = spent ?? snapshot;
  const cost = (n: number | null): string => priced(unit, n, creditPrice);
  const lines: ReceiptLine[] = [
    { key: 'spent', label: i18n.t('receipt.spent'), value: cost(charged) },
    {
      key: 'estimate',
      label: i18n.t('receipt.estimate'),
      value: cost(snapshot.estimate?.amount ?? null),
    },
    { key: 'cap', label: i18n.t('receipt.cap'), value: cost(snapshot.cap) },
  ];
  if (maybeCharged > 0) {
    lines.push({ key: 'maybe', label: i18n.t('receipt.maybe'), value: cost(maybeCharged) });
  }
  if (spent === null) return lines;
  const ownCount = ownCountMessage(snapshot, spent);
  if (ownCount !== null)
    lines.push({ key: 'own', label: i18n.t('receipt.spending_history'), value: ownCount });
  const differs = differenceMessage({ unit, ...spent }, providerName);
  if (differs !== null) lines.push({ key: 'differs', label: i18n.t('receipt.price_list'), value: differs });
  return lines;
}

/** @param now epoch milliseconds */
export function receiptLines(
  snapshot: Snapshot,
  providerName: string,
  now: number,
  extras: ReceiptExtras,
): readonly ReceiptLine[] {
  const unknown = i18n.t('amount.unknown');
  const { spent } = extras;
  const time = (at: number | null): string => (at === null ? unknown : utc(at));
  return [
    ...resultLines(snapshot, providerName, now),
    ...spendingLines(snapshot, providerName, extras),
    { key: 'provider', label: i18n.t('receipt.provider'), value: providerName },
    {
      key: 'requests',
      label: i18n.t('receipt.requests'),
      value: spent === null ? unknown : count(spent.requests),
    },
    { key: 'pages', label: i18n.t('receipt.pages'), value: count(snapshot.pages) },
    { key: 'id', label: i18n.t('receipt.profile_id'), value: profileId(snapshot) ?? unknown },
    { key: 'created', label: i18n.t('receipt.created'), value: time(snapshot.createdAt) },
    { key: 'started', label: i18n.t('receipt.started'), value: time(snapshot.startedAt) },
    { key: 'ended', label: i18n.t('receipt.ended'), value: time(snapshot.endedAt) },
  ];
}

/** The profile's ID, marked if it comes from the profile's page instead of the provider or the requested address. */
function profileId({ platform, handle, profileId: id, hinted }: Snapshot): string | null {
  const isFromPage = hinted && idInHandle(platform, handle) === null;
  return id !== null && isFromPage ? i18n.t('receipt.hinted_id', { id }) : id;
}

/** What "Copy details" copies for support: kinds and numbers, never a key, the address of a list, or an account. */
export function detailsText(snapshot: Snapshot, providerName: string, version: string): string {
  return JSON.stringify(
    {
      followledger: version,
      provider: providerName,
      platform: snapshot.platform,
      relation: snapshot.relation,
      handle: snapshot.handle,
      state: snapshot.state,
      rows: snapshot.rows,
      expected: snapshot.expected,
      pages: snapshot.pages,
      duplicates: snapshot.duplicates,
      unreadable: snapshot.unreadable,
      unexpected: snapshot.unexpected,
      unit: snapshot.unit,
      charged: snapshot.charged,
      maybeCharged: snapshot.maybeCharged,
      cap: snapshot.cap,
      createdAt: utc(snapshot.createdAt),
      updatedAt: utc(snapshot.updatedAt),
    },
    null,
    2,
  );
}
