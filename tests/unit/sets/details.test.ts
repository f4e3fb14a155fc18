import { describe, expect, it } from 'vitest';
import { flagsAt, type DetailText } from '../../../lib/lists/columns.ts';
import { DetailBuilder, detailHash } from '../../../lib/lists/pack-details.ts';
import { unknownAccount, type Account } from '../../../lib/model/account.ts';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import { toColumns } from '../../../lib/store/columns.ts';
import { UNKNOWN_WHOLE } from '../../../lib/store/derived.ts';
import { compareDetails, type Details } from '../../../lib/sets/details.ts';
import { ABSENT } from '../../../lib/sets/join.ts';
import { statuses } from '../../../lib/sets/statuses.ts';

function pageOf(stated: readonly Partial<Account>[]) {
  return toColumns(
    stated.map((some, at) => ({ ...unknownAccount(accountIdSchema.parse(String(at + 1))), ...some })),
  );
}

function detailsOf(stated: readonly Partial<Account>[]): Details {
  const page = pageOf(stated);
  const builder = new DetailBuilder();
  builder.add(page, 0, stated.length);
  const values = builder.values();
  if (values.kind !== 'details') throw new Error('There are no details.');
  const rows = stated.length;
  const texts = values.texts.map(
    (text, at) => [text as DetailText, values.hashes.subarray(at * rows, (at + 1) * rows)] as const,
  );
  return { texts: new Map(texts), flags: values.flags, omitted: new Set(['bio', 'website']) };
}

/** The status of one account with these details in the older and in the newer list. */
function statusOf(older: Partial<Account>, newer: Partial<Account>, alike: Partial<Account> = {}) {
  // A second account, so that either list states what it needs to state.
  const [status] = compareDetails(
    detailsOf([older, alike]),
    detailsOf([newer, alike]),
    Int32Array.from([0, 1]),
  );
  return statuses[status ?? 0];
}

describe('an account of two lists', () => {
  const ada = { handle: 'Ada', name: 'Ada' };

  it('is renamed if its handle differs, except for its letter case', () => {
    expect(statusOf(ada, { ...ada, handle: 'ada_b' })).toBe('renamed');
    expect(statusOf(ada, { ...ada, handle: 'aDA' })).toBe('unchanged');
    expect(statusOf(ada, { handle: 'ada_b', name: 'Bea' })).toBe('renamed');
  });

  it('is changed if any text or mark differs that both lists state', () => {
    for (const text of ['name', 'bio', 'location', 'website', 'verifiedType'] as const) {
      expect(statusOf({ ...ada, [text]: 'one' }, { ...ada, [text]: 'other' }), text).toBe('changed');
    }
    for (const mark of ['verified', 'private'] as const) {
      expect(statusOf({ ...ada, [mark]: true }, { ...ada, [mark]: false }), mark).toBe('changed');
      expect(statusOf({ ...ada, [mark]: true }, { ...ada, [mark]: null }), mark).toBe('unchanged');
    }
  });

  it('is unchanged if one list does not state what the other does', () => {
    expect(statusOf({ ...ada, location: 'Paris' }, ada, { location: 'Rome' })).toBe('unchanged');
  });

  it('has no bio if its list states others, but not this one', () => {
    expect(statusOf({ ...ada, bio: 'Hello' }, ada, { handle: 'bea', bio: 'Hi' })).toBe('changed');
    expect(statusOf({ ...ada, bio: '' }, ada, { handle: 'bea', bio: 'Hi' })).toBe('unchanged');
    // The newer list states none at all.
    expect(statusOf({ ...ada, bio: 'Hello' }, ada)).toBe('unchanged');
  });

  it('has nothing to compare if one list has only its ID', () => {
    expect(statusOf(ada, {})).toBe('withoutDetails');
    expect(statusOf({ ...ada, bio: 'Hello' }, {}, { handle: 'bea', bio: 'Hi' })).toBe('withoutDetails');
  });

  it('is compared with its own place in the older list', () => {
    const older = detailsOf([{ handle: 'bea' }, ada]);
    const newer = detailsOf([{ handle: 'new' }, ada, { handle: 'bea_c' }]);
    const shared = compareDetails(older, newer, Int32Array.from([ABSENT, 1, 0]));
    expect(Array.from(shared.subarray(1), (status) => statuses[status])).toEqual(['unchanged', 'renamed']);
  });
});

describe('the column with details', () => {
  it('has the texts that any account states, and the flags', () => {
    const stated = [{ handle: 'Ada', bio: 'Hello' }, { verified: true }, { bio: '' }];
    const builder = new DetailBuilder();
    const page = pageOf(stated);
    builder.add(page, 0, 2);
    builder.add(page, 2, 3);
    expect(builder.values()).toEqual({
      kind: 'details',
      texts: ['handle', 'bio'],
      hashes: Uint32Array.of(
        detailHash('ada'),
        UNKNOWN_WHOLE,
        UNKNOWN_WHOLE,
        detailHash('Hello'),
        UNKNOWN_WHOLE,
        detailHash(''),
      ),
      flags: Uint8Array.from([0, 1, 2], (row) => flagsAt(page, row)),
    });
  });
});
