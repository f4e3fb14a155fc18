/** Completing accounts that were received as IDs only. */
import type { Snapshot } from '../model/snapshot.ts';
import type { Adapter } from '../providers/adapter.ts';
import type { Connection } from '../providers/http.ts';
import { countWithoutDetails } from '../store/columns.ts';
import type { NewFill } from '../store/money.ts';
import type { Event } from './machine/events.ts';
import { reduce } from './machine/reduce.ts';
import { sha256, type Request } from './request.ts';

/** Requests the next accounts, and saves them. Accounts that the response leaves out stay, marked unavailable. */
export async function fill(
  request: Request,
  connection: Connection,
  adapter: Adapter,
): Promise<Snapshot | undefined> {
  const { environment, snapshot } = request;
  const { store, now } = environment;
  const page = await store.pages.pageAt(snapshot.id, snapshot.filled);
  if (page === undefined) throw new Error('A page included in the counters is missing.');
  const part = snapshot.filled - page.first;
  const idsOnly = page.accounts.slice(part, part + adapter.fillSize);
  const result = await adapter.fillIn({ ids: idsOnly.map(({ id }) => id) }, connection);
  await request.recordResent(connection);
  if (!result.ok) return request.failed(result.failure, connection);
  const { accounts, charged, unreadable, unexpected } = result.value;
  const found = new Map(accounts.map((account) => [account.id, account]));
  // Entries that could not be parsed may be any of the missing accounts, so none of these is marked.
  const missing = unreadable === 0 ? { unavailable: true } : {};
  const response = connection.lastResponse();
  const completed: NewFill = {
    snapshotId: snapshot.id,
    seq: page.seq,
    part,
    accounts: idsOnly.map((account) => found.get(account.id) ?? { ...account, ...missing }),
    receivedAt: response?.receivedAt ?? now(),
    sha256: await sha256(response?.received ?? new Uint8Array()),
  };
  const { fillSize, price } = adapter;
  const event: Event = {
    kind: 'filled',
    count: idsOnly.length,
    unreadable,
    ...(unexpected === undefined ? {} : { unexpected }),
    withoutDetails: countWithoutDetails(completed.accounts),
    charged,
    listed: price.perFill,
    fillSize,
  };
  const settlement = request.charged(charged, price.perFill);
  return request.save(() =>
    store.money.settleFill(completed, settlement, (current) => reduce(current, event, now())),
  );
}
