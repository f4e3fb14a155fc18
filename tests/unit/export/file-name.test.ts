import { expect, it } from 'vitest';
import { fileName } from '../../../lib/export/files/file-name.ts';
import { receiptName } from '../../../lib/export/receipt/receipt.ts';
import { handleSchema } from '../../../lib/model/profile.ts';

function named(handle: string): string {
  const list = {
    platform: 'tiktok',
    handle: handleSchema.parse(handle),
    relation: 'followers',
    state: { kind: 'paused' },
    startedAt: Date.UTC(2026, 10, 29),
    createdAt: 0,
  } as const;
  return fileName(list, { extension: 'parquet', filtered: true });
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
