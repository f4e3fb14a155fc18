import { afterEach, describe, expect, it } from 'vitest';
import { noFilters, wholeList, type ListQuery } from '../../../lib/lists/query.ts';
import { openReader, type Reader, type ReaderPort, type View } from '../../../lib/lists/reader.ts';
import { createPreparation } from '../../../lib/lists/prepare.ts';
import { createListServer } from '../../../lib/lists/serve.ts';
import { unknownAccount, type Account } from '../../../lib/model/account.ts';
import { accountIdSchema, cursorSchema, providerIdSchema, snapshotIdSchema } from '../../../lib/model/ids.ts';
import type { Store } from '../../../lib/store/index.ts';
import { writtenList, type WrittenList } from './stored-lists.ts';

function accountOf(index: number): Account {
  return {
    ...unknownAccount(accountIdSchema.parse(String(index + 1))),
    handle: `h${String(index)}`,
    name: index % 2 === 0 ? 'Even' : 'Odd',
    followers: 1000 - index,
  };
}

function accountsFrom(from: number, count: number): readonly Account[] {
  return Array.from({ length: count }, (_, at) => accountOf(from + at));
}

/** A worker without a thread: messages are copied in both directions, and arrive asynchronously, as with a real one. */
function portTo(store: Store): ReaderPort & { readonly ended: () => boolean } {
  const target = new EventTarget();
  let ended = false;
  const server = createListServer(store, (response, transfer) => {
    const data = structuredClone(response, { transfer: [...transfer] });
    queueMicrotask(() => {
      if (!ended) target.dispatchEvent(new MessageEvent('message', { data }));
    });
  });
  return {
    postMessage: (message: unknown) => {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => {
        if (!ended) server.receive(copy);
      });
    },
    addEventListener: target.addEventListener.bind(target),
    terminate: () => {
      ended = true;
    },
    ended: () => ended,
  };
}

const opened: Reader[] = [];
afterEach(() => {
  for (const reader of opened.splice(0)) reader.close();
});

async function open(list: WrittenList): Promise<{ reader: Reader; port: ReturnType<typeof portTo> }> {
  const port = portTo(list.store);
  const reader = openReader(list.store, (await list.snapshot()).id, () => port);
  opened.push(reader);
  await reader.refresh();
  return { reader, port };
}

/** Sends a query, and waits for the complete result. */
function whole(reader: Reader, query: ListQuery, signal = new AbortController().signal): Promise<View> {
  return new Promise((resolve, reject) => {
    const onChange = (view: View): void => {
      if (view.done) resolve(view);
    };
    reader.query(query, { signal, onChange, onError: reject });
  });
}

const odd: ListQuery = { ...wholeList, text: 'ODD' };
const fewest: ListQuery = { ...wholeList, sort: { column: 'followers', descending: false } };

describe('a reader', () => {
  it('says when accounts followed, also of accounts that were collected meanwhile', async () => {
    const time = Date.UTC(2026, 4, 5);
    const list = await writtenList(providerIdSchema.parse('x-v1.1'));
    const cursor = cursorSchema.parse(String(BigInt(time) << 20n));
    await list.addPage(accountsFrom(0, 2), false, { next: cursor, receivedAt: time + 10 });
    const { reader } = await open(list);
    const newest = { followedAfter: time, followedBefore: time + 10 };
    const unknown = { followedAfter: null, followedBefore: null };
    expect(await reader.followTimes([1, 7])).toEqual({
      times: [newest, unknown],
      basis: { pages: 1, problem: null },
    });
    await list.addPage(accountsFrom(2, 1), false, { cursor, receivedAt: time + 20 });
    await reader.refresh();
    expect(await reader.followTimes([2, 0])).toEqual({
      times: [{ followedAfter: null, followedBefore: time }, newest],
      basis: { pages: 2, problem: null },
    });
    list.store.close();
  });

  it('returns accounts at any positions, in the requested order, without missing ones', async () => {
    const list = await writtenList();
    for (let from = 0; from < 100; from += 7) await list.addPage(accountsFrom(from, Math.min(7, 100 - from)));
    const { reader } = await open(list);
    expect(reader.count).toBe(100);
    const rows = await reader.rows([99, 0, 50, 51, 100, 7]);
    expect(rows.map(({ position, handle }) => [position, handle])).toEqual([
      [99, 'h99'],
      [0, 'h0'],
      [50, 'h50'],
      [51, 'h51'],
      [7, 'h7'],
    ]);
    expect(rows[0]?.collectedAt).toBe(1014);
  });

  it('shows the whole list without a worker', async () => {
    const list = await writtenList();
    await list.addPage(accountsFrom(0, 10));
    const reader = openReader(list.store, (await list.snapshot()).id, () => {
      throw new Error('No worker should be needed.');
    });
    await reader.refresh();
    const view = await whole(reader, wholeList);
    expect([view.count, view.isWhole, [...view.slice(8, 12)], view.indexOf(3), view.indexOf(10)]).toEqual([
      10,
      true,
      [8, 9],
      3,
      -1,
    ]);
  });

  it('answers the newest query, and no longer an older one', async () => {
    const list = await writtenList();
    await list.addPage(accountsFrom(0, 10));
    const { reader } = await open(list);
    const received: string[] = [];
    reader.query(fewest, {
      signal: new AbortController().signal,
      onChange: () => received.push('older'),
      onError: () => received.push('error'),
    });
    const view = await whole(reader, odd);
    expect([...view.positions()]).toEqual([1, 3, 5, 7, 9]);
    expect([view.indexOf(5), view.indexOf(4)]).toEqual([2, -1]);
    expect(received).toEqual([]);
  });

  it('reports nothing more once its query has ended', async () => {
    const list = await writtenList();
    await list.addPage(accountsFrom(0, 10));
    const { reader } = await open(list);
    const ending = new AbortController();
    const received: View[] = [];
    reader.query(odd, {
      signal: ending.signal,
      onChange: (view) => received.push(view),
      onError: () => undefined,
    });
    ending.abort();
    await whole(reader, fewest);
    expect(received).toEqual([]);
  });

  it('answers again with new accounts once they are added', async () => {
    const list = await writtenList();
    await list.addPage(accountsFrom(0, 4));
    const { reader } = await open(list);
    const counts: number[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    reader.query(odd, {
      signal: new AbortController().signal,
      onChange: ({ count, done }) => {
        if (done) counts.push(count);
        if (done && count === 5) resolve(undefined);
      },
      onError: reject,
    });
    await list.addPage(accountsFrom(4, 6));
    expect(reader.count).toBe(4);
    expect(await reader.refresh()).toBe(10);
    await promise;
    expect(counts.at(-1)).toBe(5);
  });

  it('reads accounts with only an ID again once their details are added', async () => {
    const list = await writtenList();
    await list.addPage(accountsFrom(0, 6), true);
    const { reader } = await open(list);
    expect((await reader.rows([1]))[0]?.name).toBeNull();
    await list.fill(0, accountsFrom(0, 2));
    await list.fill(2, accountsFrom(2, 4));
    await reader.refresh();
    expect((await reader.rows([1, 5])).map(({ name }) => name)).toEqual(['Odd', 'Odd']);
  });

  it('compares several lists, states how many were read, and says why it fails', async () => {
    const list = await writtenList();
    await list.addPage(accountsFrom(0, 3));
    const { reader } = await open(list);
    const { id } = await list.snapshot();
    const { signal } = new AbortController();
    const read: number[] = [];
    const onRead = (n: number): void => {
      read.push(n);
    };
    const { lists, union } = await reader.overlap([id, id], onRead, signal);
    expect([read, lists.map(({ count }) => count), union]).toEqual([[0, 1, 2], [3, 3], 3]);
    const gone = snapshotIdSchema.parse('00000000-0000-4000-8000-000000000009');
    await expect(reader.overlap([id, gone], onRead, signal)).rejects.toThrow('was deleted');
    list.store.close();
  });

  it('reports errors, and ends its worker when it is closed', async () => {
    const list = await writtenList();
    await list.addPage(accountsFrom(0, 4));
    const { reader, port } = await open(list);
    list.store.close();
    await expect(whole(reader, odd)).rejects.toThrow();
    reader.close();
    expect(port.ended()).toBe(true);
  });
});

describe('derived columns', () => {
  const flags: ListQuery = { ...wholeList, filters: { ...noFilters, hasBio: true } };

  it('exist when a run has ended, and are built again if they are missing', async () => {
    const list = await writtenList();
    const preparation = createPreparation(list.store);
    const { id } = await list.snapshot();
    const marks = async () => list.store.derived.read(id, ['set:common'], 0, 10);
    await list.addPage(accountsFrom(0, 10));
    preparation.changed(await list.snapshot());
    await preparation.settled();
    // Columns of a growing list are not worth storing.
    expect(await marks()).toEqual([]);
    await list.end();
    preparation.changed(await list.snapshot());
    await preparation.settled();
    expect((await marks()).map(({ count }) => count)).toEqual([10]);
    const { reader } = await open(list);
    expect((await whole(reader, odd)).count).toBe(5);
    expect((await whole(reader, flags)).count).toBe(0);
  });

  it('are deleted with their list, and not written for a list deleted in the meantime', async () => {
    const list = await writtenList();
    const preparation = createPreparation(list.store);
    await list.addPage(accountsFrom(0, 10));
    await list.end();
    const snapshot = await list.snapshot();
    preparation.changed(snapshot);
    await preparation.settled();
    await list.store.snapshots.delete(snapshot.id);
    expect(await list.store.derived.read(snapshot.id, ['set:common', 'bio', 'flags'], 0, 10)).toEqual([]);
    await list.store.derived.put(snapshot.id, [
      {
        snapshotId: snapshot.id,
        column: 'bio',
        segment: 0,
        version: 1,
        count: 10,
        filled: 10,
        values: { kind: 'nothing' },
      },
    ]);
    expect(await list.store.derived.read(snapshot.id, ['bio'], 0, 10)).toEqual([]);
  });
});
