/** A list of a handle in any script, from the run to its backup and back. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Dexie } from 'dexie';
import { expect, it, vi } from 'vitest';
import { restoreBackup } from '../../../lib/backup/restore.ts';
import { writeBackup } from '../../../lib/backup/write.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import { adapters } from '../../../lib/providers/index.ts';
import { defaultPreferences as preferences } from '../../../lib/settings/preferences.ts';
import { Store } from '../../../lib/store/index.ts';
import { createTestCollector } from '../collector/test-collector.ts';

const { signal } = new AbortController();
const rest = {
  preferences,
  adapters,
  room: () => Promise.resolve(null),
  now: Date.UTC(2026, 10, 29),
  signal,
  onProgress: () => undefined,
};

async function saved(store: Store): Promise<Blob> {
  const parts: BlobPart[] = [];
  for await (const part of writeBackup({ ...rest, store, secrets: [] }).bytes)
    parts.push(new Uint8Array(part));
  return new Blob(parts);
}

it.each(['头文字M', 'ΟΔΟΣ', 'İstanbul', 'हिन्दी', 'مستخدم_١', 'Z\u030Cofie', 'a.b.', 'id.12345'])(
  '%s is saved, backed up, and restored, and is found again',
  async (spelling) => {
    const handle = handleSchema.parse(spelling);
    const source = createTestCollector({ followers: 25 });
    vi.stubGlobal('indexedDB', Dexie.dependencies.indexedDB);
    const snapshot = await source.run({ platform: 'tiktok', handle });
    expect(snapshot.handle).toBe(spelling);
    const file = await saved(source.store);
    expect(await restoreBackup({ ...rest, store: source.store, file })).toMatchObject({
      present: 1,
      added: 0,
      requests: 0,
    });

    Dexie.dependencies.indexedDB = new IDBFactory();
    Dexie.dependencies.IDBKeyRange = IDBKeyRange;
    const target = new Store('target');
    expect(await restoreBackup({ ...rest, store: target, file })).toMatchObject({ added: 1, accounts: 25 });
    expect(await target.snapshots.ofProfile('tiktok', snapshot.handleKey, 'followers')).toMatchObject([
      { handle: spelling, rows: 25 },
    ]);
    vi.unstubAllGlobals();
  },
);
