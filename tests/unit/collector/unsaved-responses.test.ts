/** Storage that fails during a run: nothing that was paid for is lost, and no further request is sent. */
import { describe, expect, it } from 'vitest';
import type { StorageError } from '../../../lib/model/error.ts';
import { storageErrorOf } from '../../../lib/store/storage-error.ts';
import { createTestCollector, newRun } from './test-collector.ts';

const FULL = new DOMException('There is no free space.', 'QuotaExceededError');

describe('a response that cannot be written', () => {
  it('is kept in memory and retried until it is saved, and is paid for once', async () => {
    const b = createTestCollector({ followers: 30 });
    const received: (StorageError | null)[] = [];
    b.environment.notified = (runError) => received.push(runError);
    const write = b.store.money.settlePage.bind(b.store.money);
    let failures = 5;
    b.store.money.settlePage = (page, settlement, change) => {
      if (page.seq === 1 && failures > 0) {
        failures -= 1;
        return Promise.reject(FULL);
      }
      return write(page, settlement, change);
    };
    const snapshot = await b.run({ cap: 100 });
    expect(snapshot).toMatchObject({
      rows: 30,
      charged: 4,
      maybeCharged: 0,
      state: { kind: 'ended', outcome: { kind: 'complete' } },
    });
    expect(b.environment.charged).toBe(4);
    expect(received.slice(0, 3)).toEqual([null, 'full', null]);
    expect(received.slice(3)).not.toContain('full');
  });

  it('is not written twice if the connection broke after the commit', async () => {
    const b = createTestCollector({ followers: 30 });
    const write = b.store.money.settlePage.bind(b.store.money);
    let broken = false;
    b.store.money.settlePage = async (page, settlement, change) => {
      const kept = await write(page, settlement, change);
      if (broken || page.seq !== 1) return kept;
      broken = true;
      throw new DOMException('The connection was closed.', 'AbortError');
    };
    const snapshot = await b.run({ cap: 100 });
    expect(snapshot).toMatchObject({ rows: 30, pages: 3, charged: 4, maybeCharged: 0 });
    expect(await b.list(snapshot.id)).toHaveLength(30);
  });

  it('stays possibly charged if no later attempt can help', async () => {
    const b = createTestCollector({ followers: 30 });
    let replaced = true;
    const write = b.store.money.settlePage.bind(b.store.money);
    b.store.money.settlePage = (page, settlement, change) =>
      replaced ? Promise.reject(new DOMException('newer', 'VersionError')) : write(page, settlement, change);
    const snapshot = await b.run({ cap: 100 });
    expect(snapshot.state).toEqual({ kind: 'blocked', trouble: { kind: 'storage', name: 'newer' } });
    expect(b.environment.requests).toBe(2);
    // Nothing resumes by itself: the user must update.
    await b.runUntilIdle();
    expect(b.environment.requests).toBe(2);
    replaced = false;
    const { collector } = b.startBackground();
    await collector.resume(snapshot.id);
    await collector.wakeAll();
    await b.runUntilIdle();
    expect(await b.store.snapshots.get(snapshot.id)).toMatchObject({
      rows: 30,
      state: { kind: 'ended', outcome: { kind: 'complete' } },
    });
  });
});

describe('without free space', () => {
  it('no request is sent, the run reports it, and resumes by itself when there is space', async () => {
    const b = createTestCollector({ followers: 30 });
    b.environment.room = 100_000;
    await b.saveKey();
    const { collector } = b.startBackground();
    const started = await collector.start(newRun({ cap: 100 }));
    if (started.kind === 'no-key') throw new Error('The bench has a key.');
    await collector.wakeAll();
    const { id } = started.snapshot;
    expect((await b.store.snapshots.get(id))?.state).toEqual({
      kind: 'blocked',
      trouble: { kind: 'storage', name: 'full' },
    });
    expect(b.environment.requests).toBe(0);
    expect(await b.store.ledger.ofSnapshot(id)).toEqual([]);
    // An alarm is set for it, and has no effect as long as there is no space.
    expect(b.environment.alarm).not.toBeNull();
    await b.startBackground().collector.wakeAll();
    expect(b.environment.requests).toBe(0);
    b.environment.room = null;
    await b.runUntilIdle();
    expect(await b.store.snapshots.get(id)).toMatchObject({
      rows: 30,
      state: { kind: 'ended', outcome: { kind: 'complete' } },
    });
  });

  it('responses that were lost in the meantime stay counted, so the run cannot pay forever', async () => {
    const b = createTestCollector({ followers: 30, disruption: () => ({ kind: 'death', charged: true }) });
    await b.saveKey();
    const first = b.startBackground();
    const started = await first.collector.start(newRun({ cap: 100 }));
    if (started.kind === 'no-key') throw new Error('The bench has a key.');
    await first.died;
    for (let starts = 0; starts < 10; starts += 1) {
      b.environment.room = 0;
      await b.startBackground().collector.wakeAll();
      b.environment.room = null;
      const { collector, died } = b.startBackground();
      await Promise.race([collector.wakeAll(), died]);
    }
    expect(b.environment.requests).toBe(2);
    expect((await b.store.snapshots.get(started.snapshot.id))?.state).toMatchObject({
      kind: 'blocked',
      trouble: { kind: 'lost-answers' },
    });
  });

  it('no request is sent if the ledger cannot be written, and the user is notified outside the database', async () => {
    const b = createTestCollector({ followers: 30 });
    const received: (StorageError | null)[] = [];
    b.environment.notified = (runError) => received.push(runError);
    const send = b.store.money.writeRequest.bind(b.store.money);
    const change = b.store.snapshots.change.bind(b.store.snapshots);
    b.store.money.writeRequest = () => Promise.reject(FULL);
    b.store.snapshots.change = () => Promise.reject(FULL);
    await b.saveKey();
    const { collector } = b.startBackground();
    const started = await collector.start(newRun({ cap: 100 }));
    if (started.kind === 'no-key') throw new Error('The bench has a key.');
    await collector.wakeAll();
    expect(received.at(-1)).toBe('full');
    expect(b.environment.requests).toBe(0);
    expect(b.environment.alarm).not.toBeNull();
    b.store.money.writeRequest = send;
    b.store.snapshots.change = change;
    await b.runUntilIdle();
    expect(await b.store.snapshots.get(started.snapshot.id)).toMatchObject({ rows: 30 });
    expect(received.at(-1)).toBeNull();
  });
});

describe('classifying a storage error', () => {
  it.each([
    [FULL, 'full'],
    [new DOMException('', 'AbortError'), 'closed'],
    [Object.assign(new Error('aborted'), { name: 'AbortError', inner: FULL }), 'full'],
    [
      Object.assign(new Error('closed'), {
        name: 'DatabaseClosedError',
        inner: new DOMException('', 'VersionError'),
      }),
      'newer',
    ],
    [new Error('wrapped', { cause: new DOMException('', 'UnknownError') }), 'broken'],
    [new TypeError('a bug'), null],
    ['no error at all', null],
  ] as const)('%s', (error, runError) => {
    expect(storageErrorOf(error)).toBe(runError);
  });
});
