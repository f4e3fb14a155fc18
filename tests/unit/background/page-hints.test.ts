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
  // Of a list, only what is looked at.
  return known as unknown as Snapshot;
}

describe('the id that a page names', () => {
  test.each<[string, Snapshot[]]>([
    ['where nothing was collected', []],
    ['that a provider named too', [list('jack', '12')]],
    ['of other profiles with other ids', [list('anna', '13'), list('boris', null)]],
    ['where another list only repeats a page', [list('jack', '13', { hinted: true })]],
    ['where another platform has that id', [list('anna', '12', { platform: 'tiktok' })]],
  ])('is taken %s', (_, lists) => {
    expect(withTrustedId(hint, jack, lists)).toEqual(hint);
  });

  test.each<[string, Snapshot[]]>([
    ['a provider gave this profile another', [list('jack', '13')]],
    ['a provider gave it to another profile', [list('anna', '12')]],
  ])('is not taken where %s', (_, lists) => {
    expect(withTrustedId(hint, jack, lists)).toEqual({ ...hint, id: null });
  });
});
