/** Two small lists, written by hand, for rules that random lists rarely depend on. */
import { describe, expect, it } from 'vitest';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import { classifyShared, classifyUnshared, statusAt, type Pair } from '../../../lib/sets/classify.ts';
import type { ListEvidence } from '../../../lib/sets/evidence.ts';
import { IdKeysBuilder } from '../../../lib/sets/id-keys.ts';
import { positionsIn, reversed } from '../../../lib/sets/join.ts';
import { doubtsIn, statusNumbers } from '../../../lib/sets/statuses.ts';
import { packIds } from '../../../lib/store/ids.ts';

const OLDER = Date.UTC(2026, 10, 1);
const NEWER = Date.UTC(2026, 10, 20);

interface Listed {
  readonly id: string;
  /** When it followed, epoch milliseconds; NaN is unknown. */
  readonly after?: number;
  readonly before?: number;
}

function evidenceOf(rows: number, startedAt: number, rest: Partial<ListEvidence>): ListEvidence {
  return {
    rows,
    ownRows: rows,
    pages: 1,
    provider: 'sociavault',
    start: { earliest: startedAt, latest: startedAt + 1000 },
    startedAt,
    readUntil: startedAt + 1000,
    byProvider: { startedAt, readUntil: startedAt + 1000 },
    end: 'complete',
    isDated: true,
    depth: NaN,
    quickDepth: NaN,
    quickRows: rows,
    isQuick: true,
    hidden: { count: 0, upTo: -Infinity },
    ...rest,
  };
}

function keysOf(list: readonly Listed[]) {
  const builder = new IdKeysBuilder(list.length);
  builder.add(packIds(list.map(({ id }) => accountIdSchema.parse(id))));
  return builder.keys();
}

interface Given {
  readonly older: readonly Listed[];
  readonly newer: readonly Listed[];
  readonly olderEvidence?: Partial<ListEvidence>;
  readonly newerEvidence?: Partial<ListEvidence>;
  /** Pairs of positions that were found by handle: in the older list, and in the newer one. */
  readonly byHandle?: readonly (readonly [number, number])[];
}

/** What is said about each account of both lists: the status, then the doubts. */
function statements({ older, newer, olderEvidence = {}, newerEvidence = {}, byHandle = [] }: Given) {
  const [olderKeys, newerKeys] = [keysOf(older), keysOf(newer)];
  const inOlder = positionsIn(newerKeys, olderKeys);
  for (const [olderAt, newerAt] of byHandle) inOlder[newerAt] = olderAt;
  const times = (list: readonly Listed[]) => ({
    after: Float64Array.from(list, ({ after = NaN }) => after),
    before: Float64Array.from(list, ({ before = NaN }) => before),
  });
  const pair: Pair = {
    older: {
      evidence: evidenceOf(older.length, OLDER, olderEvidence),
      keys: olderKeys,
      ...times(older),
      inOther: reversed(inOlder, older.length),
    },
    newer: {
      evidence: evidenceOf(newer.length, NEWER, newerEvidence),
      keys: newerKeys,
      ...times(newer),
      inOther: inOlder,
    },
    byHandle: new Set(byHandle.map(([, newerAt]) => newerAt)),
  };
  const found = classifyUnshared(pair);
  classifyShared(found, pair, new Uint8Array(newer.length).fill(statusNumbers.unchanged));
  const said = (side: 'older' | 'newer', length: number) =>
    Array.from({ length }, (_, at) => [statusAt(found[side], at), ...doubtsIn(found[side].doubts[at] ?? 0)]);
  return { older: said('older', older.length), newer: said('newer', newer.length) };
}

const DAY = 86_400_000;
const LONG_AGO = OLDER - 100 * DAY;

describe('an account of the older list alone', () => {
  const gone = { id: '7', after: LONG_AGO, before: LONG_AGO + 1000 };
  const kept = { id: '8', after: LONG_AGO - DAY, before: LONG_AGO - DAY + 1000 };

  it('is no longer listed if an account below it has not moved', () => {
    expect(statements({ older: [gone, kept], newer: [kept] }).older[0]).toEqual(['noLongerListed']);
  });

  it('is unknown below the end of a partial list, and never no longer listed', () => {
    const given = { older: [kept, gone], newer: [kept], newerEvidence: { end: 'open' } } as const;
    expect(statements(given).older[1]).toEqual(['notCovered']);
  });

  it('is only likely at the very end of a complete list', () => {
    expect(statements({ older: [kept, gone], newer: [kept] }).older[1]).toEqual(['noLongerListed', 'tail']);
  });

  it('is only likely without follow times, and both reasons are stated', () => {
    const given = { older: [gone, kept], newer: [kept], newerEvidence: { isDated: false } } as const;
    expect(statements(given).older[0]).toEqual(['noLongerListed', 'tail', 'noTimes']);
  });

  it('is not proved to be gone by an account below it that was found by its handle', () => {
    const given = {
      older: [gone, { id: '100200300', after: LONG_AGO - DAY, before: LONG_AGO }],
      newer: [{ id: '900800700', after: LONG_AGO - DAY, before: LONG_AGO }],
      newerEvidence: { end: 'open' },
      byHandle: [[1, 0]],
    } as const;
    expect(statements(given).older[0]).toEqual(['notCovered']);
  });

  it('is covered by the time of the last cursor only if it followed in a later second', () => {
    const at = (after: number) =>
      statements({
        older: [{ id: '7', after, before: after }],
        newer: [{ id: '9', after: NEWER - DAY, before: NEWER - DAY }],
        newerEvidence: { end: 'open', depth: LONG_AGO, quickDepth: LONG_AGO },
      }).older[0];
    // Everyone of the cursor's second can be on the next page.
    expect(at(LONG_AGO + 999)).toEqual(['notCovered']);
    expect(at(LONG_AGO + 1000)).toEqual(['notCovered']);
    expect(at(LONG_AGO + 1001)).toEqual(['noLongerListed']);
  });

  it('is only likely if the clocks do not prove that the older list was read first', () => {
    const given = { older: [gone, kept], newer: [kept] };
    const overlaps = (olderEvidence: Partial<ListEvidence>) =>
      statements({ ...given, olderEvidence }).older[0]?.includes('overlap');
    expect(overlaps({})).toBe(false);
    expect(overlaps({ readUntil: NEWER + 1 })).toBe(true);
    expect(overlaps({ byProvider: { startedAt: NEWER - DAY, readUntil: NEWER + 1 } })).toBe(true);
    // Without the provider's time, this computer's clock may be off by a day.
    expect(overlaps({ byProvider: null, readUntil: NEWER - DAY - 1 })).toBe(false);
    expect(overlaps({ byProvider: null, readUntil: NEWER - DAY + 1 })).toBe(true);
  });
});

describe('an account of the newer list alone', () => {
  const kept = { id: '8', after: LONG_AGO, before: LONG_AGO + 1000 };
  const statusOf = (after: number, before: number, rest: Partial<Given> = {}) =>
    statements({ older: [kept], newer: [{ id: '7', after, before }, kept], ...rest }).newer[0];

  it('is certainly new if it followed well after the older list was started', () => {
    // The start is known to a second, and either clock may be off by five.
    expect(statusOf(OLDER + 6000, OLDER + 9000)).toEqual(['new']);
    expect(statusOf(OLDER + 5999, OLDER + 9000)).toEqual(['new', 'hiddenThen']);
  });

  it('is listed again if it followed well before', () => {
    expect(statusOf(OLDER - 9000, OLDER - 5000)).toEqual(['appeared']);
    expect(statusOf(OLDER - 9000, OLDER - 4999)).toEqual(['new', 'hiddenThen']);
  });

  it('may be among the unreadable entries of the older list, unless it followed after all of them', () => {
    const hidden = (upTo: number) =>
      statusOf(OLDER - 9000, OLDER - 5000, { olderEvidence: { hidden: { count: 1, upTo } } });
    expect(hidden(OLDER)).toEqual(['appeared', 'unreadable']);
    expect(hidden(OLDER - 10_000)).toEqual(['appeared', 'unreadable']);
    expect(hidden(OLDER - 10_001)).toEqual(['appeared']);
  });
});
