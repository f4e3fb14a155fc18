/** Testing a key. If that has a price, it is a request like any other: within the limit, and in the ledger. */
import type { KeyCheckEntry } from '../model/ledger.ts';
import type { Adapter, KeyCheck } from '../providers/adapter.ts';
import type { Result } from '../providers/failure.ts';
import type { Connection } from '../providers/http.ts';
import type { Money } from '../store/money.ts';
import { monthOf } from '../store/spending.ts';

export interface KeyCheckInput {
  readonly money: Pick<Money, 'writeKeyCheck' | 'settleKeyCheck'>;
  readonly adapter: Pick<Adapter, 'id' | 'price' | 'checkKey'>;
  readonly connection: Connection;
  /** In the provider's unit; `null` if there is none. */
  readonly monthlyLimit: number | null;
  readonly now: () => number;
  readonly newId: () => string;
}

/** @returns the provider's response; `null` if the test could exceed the monthly limit, and nothing was sent */
export async function checkKey(input: KeyCheckInput): Promise<Result<KeyCheck> | null> {
  const { money, adapter, connection, monthlyLimit, now } = input;
  const { id: provider, price } = adapter;
  const reserved = price.keyCheck ?? 0;
  if (reserved === 0) return adapter.checkKey(connection);
  const sentAt = now();
  const allowance = monthlyLimit === null ? null : { since: monthOf(sentAt), limit: monthlyLimit };
  const entry: KeyCheckEntry = {
    id: input.newId(),
    snapshotId: null,
    purpose: 'key-check',
    provider,
    unit: price.unit,
    sentAt,
    settledAt: null,
    status: 'sent',
    reserved,
    amount: 0,
    listed: null,
  };
  if (!(await money.writeKeyCheck(entry, allowance))) return null;
  const result = await adapter.checkKey(connection);
  const { charged = 0 } = result.ok ? result.value : result.failure;
  await money.settleKeyCheck({
    entry: entry.id,
    provider,
    at: now(),
    ...(charged === null
      ? { status: 'maybe', amount: reserved, listed: null }
      : { status: 'charged', amount: charged, listed: result.ok ? reserved : Math.min(charged, reserved) }),
  });
  return result;
}
