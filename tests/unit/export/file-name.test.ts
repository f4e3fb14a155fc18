import { expect, it } from 'vitest';
import { fileName } from '../../../lib/export/files/file-name.ts';
import { receiptName } from '../../../lib/export/receipt/receipt-file.ts';
import { handleSchema } from '../../../lib/model/profile.ts';

const time = Date.UTC(2026, 10, 29, 14, 5, 7);

function named(handle: string, others: readonly number[] = []): string {
  const list = {
    platform: 'tiktok',
    handle: handleSchema.parse(handle),
    relation: 'followers',
    state: { kind: 'paused' },
    startedAt: time,
    createdAt: 0,
  } as const;
  return fileName(list, {
    extension: 'parquet',
    filtered: true,
    others: others.map((startedAt) => ({ startedAt, createdAt: 0 })),
  });
}

it('contains the handle unchanged, in any script', () => {
  expect(named('头文字m')).toBe('followledger_tiktok_头文字m_followers_2026-11-29_partial_filtered.parquet');
});

it('is short enough for every file system, even with the longest possible handle', () => {
  const name = receiptName(named('𠮷'.repeat(64)));
  expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255);
});

it.each(['.', '..', 'a..b', 'مستخدم_١'])('does not lead to another folder: %s', (handle) => {
  expect(named(handle)).toContain(`_${handle}_`);
  expect(named(handle)).not.toMatch(/[\\/:*?"<>|\p{Cc}]/u);
});

it.each([
  ['no other list', [], '2026-11-29'],
  ['a list of another day', [time - 86_400_000], '2026-11-29'],
  ['a list of the same day', [time + 3_600_000], '2026-11-29_1405'],
  ['a list of the same minute', [time + 1_000], '2026-11-29_140507'],
] as const)('tells lists apart where needed, with %s', (_, others, stamp) => {
  expect(named('ada', others)).toBe(`followledger_tiktok_ada_followers_${stamp}_partial_filtered.parquet`);
});
