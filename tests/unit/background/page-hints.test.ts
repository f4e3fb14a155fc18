import { describe, expect, test } from 'vitest';
import { withTrustedId } from '../../../entrypoints/background/hints.ts';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';

const jack = { platform: 'x', handle: handleSchema.parse('Jack') } as const;
const hint = {
  ...jack,
  id: accountIdSchema.parse('12'),
  name: 'Jack',
  bio: null,
  followers: 84_210,
  following: 310,
};

function list(handleKey: string, profileId: string | null, more: Partial<Snapshot> = {}): Snapshot {
  const known = { platform: 'x', handleKey, profileId, hinted: false, ...more };
  // Only the members of a list that are used.
  return known as unknown as Snapshot;
}

describe('the ID that a page states', () => {
  test.each<[string, Snapshot[]]>([
    ['if nothing was collected', []],
    ['if a provider stated it too', [list('jack', '12')]],
    ['if other profiles have other IDs', [list('anna', '13'), list('boris', null)]],
    ['if another list only repeats a page', [list('jack', '13', { hinted: true })]],
    ['if another platform has that ID', [list('anna', '12', { platform: 'tiktok' })]],
  ])('is used %s', (_, lists) => {
    expect(withTrustedId(hint, jack, lists)).toEqual(hint);
  });

  test.each<[string, Snapshot[]]>([
    ['a provider stated another one for this profile', [list('jack', '13')]],
    ['a provider stated it for another profile', [list('anna', '12')]],
  ])('is not used if %s', (_, lists) => {
    expect(withTrustedId(hint, jack, lists)).toEqual({ ...hint, id: null });
  });
});
