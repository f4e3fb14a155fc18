/** Backing up and restoring from the options page. Loaded on first use. */
import { i18n } from '#i18n';
import { backupName, MIME_TYPE } from '../../lib/backup/format.ts';
import { mergedPreferences } from '../../lib/backup/preferences.ts';
import { restoreBackup, type Restored } from '../../lib/backup/restore.ts';
import { BackupError } from '../../lib/backup/restore-error.ts';
import { writeBackup } from '../../lib/backup/write.ts';
import { saveFile } from '../../lib/export/files/save.ts';
import { send } from '../../lib/messages/send.ts';
import { readSecret } from '../../lib/keys/storage.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import { adapters } from '../../lib/providers/index.ts';
import { exclusively } from '../../lib/store/exclusive.ts';
import { storageErrorOf } from '../../lib/store/storage-error.ts';
import { faultMessage, refusalMessage, restoredMessages } from '../../lib/words/backup.ts';
import { count } from '../../lib/words/numbers.ts';
import { storageMessage } from '../../lib/words/storage-error.ts';
import { store } from '../hooks/store.ts';

export interface BackupWork {
  readonly preferences: Preferences;
  readonly signal: AbortSignal;
  /** Called with the completed share, from 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** The result, as a sentence. */
export interface BackupMessage {
  readonly text: string;
  readonly failed: boolean;
}

function why(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The keys that can be read now. */
async function secrets(): Promise<string[]> {
  const found: string[] = [];
  for (const { id } of adapters) {
    const row = await store.keys.get(id);
    const secret = row === undefined ? null : await readSecret(store.keys, row);
    if (secret !== null) found.push(secret);
  }
  return found;
}

export async function save({ preferences, signal, onProgress }: BackupWork): Promise<BackupMessage> {
  const now = Date.now();
  const name = backupName(now);
  const written = writeBackup({
    store,
    preferences,
    secrets: await secrets(),
    now,
    signal,
    onProgress: ({ accounts }, all) => {
      onProgress(all === 0 ? 0 : Math.min(1, accounts / all));
    },
  });
  try {
    await saveFile({ name, mimeType: MIME_TYPE, bytes: written.bytes, signal });
  } catch (error) {
    if (signal.aborted) return { text: i18n.t('backup.cancelled_save'), failed: false };
    const storageError = storageErrorOf(error);
    const reason = storageError === null ? why(error) : storageMessage(storageError);
    return { text: i18n.t('backup.failed_save', { why: reason }), failed: true };
  }
  const { accounts } = written.counts();
  return { text: i18n.t('backup.saved', accounts, { n: count(accounts), file: name }), failed: false };
}

function failure(error: unknown, signal: AbortSignal): BackupMessage {
  if (signal.aborted) return { text: i18n.t('backup.cancelled_restore'), failed: false };
  if (error instanceof BackupError) {
    const { kind, fault, line } = error;
    const where = fault === null ? '' : `${faultMessage(fault, line)} `;
    return { text: where + refusalMessage(kind), failed: true };
  }
  const storageError = storageErrorOf(error);
  const text =
    storageError === null
      ? i18n.t('backup.failed_restore', { why: why(error) })
      : i18n.t('backup.storage', { why: storageMessage(storageError) });
  return { text, failed: true };
}

/** How many more bytes the browser lets the extension store. */
async function room(): Promise<number | null> {
  const { quota, usage = 0 } = await navigator.storage.estimate();
  return quota === undefined ? null : quota - usage;
}

/** Call it only while holding the lock. */
async function restored(
  file: File,
  { preferences, signal, onProgress }: BackupWork,
  interrupted: AbortSignal,
): Promise<Restored> {
  const either = AbortSignal.any([signal, interrupted]);
  try {
    const done = await restoreBackup({
      store,
      file,
      adapters,
      room,
      preferences,
      now: Date.now(),
      signal: either,
      onProgress,
    });
    const { preferences: merged } = done;
    // Preferences changed while the file was being read are preserved.
    if (merged !== null) await store.settings.change((now) => mergedPreferences(now, merged) ?? {});
    return done;
  } catch (error) {
    throw interrupted.aborted ? new Error(i18n.t('everything.interrupted')) : error;
  }
}

export async function restore(file: File, work: BackupWork): Promise<BackupMessage> {
  let message: BackupMessage;
  try {
    const done = await exclusively((interrupted) => restored(file, work, interrupted), work.signal);
    message = { text: restoredMessages(done), failed: false };
    if (done.preferences !== null) await send('preferences.changed', {});
  } catch (error) {
    console.warn('Could not restore the backup.', error);
    message = failure(error, work.signal);
  }
  await send('backup.restored', {});
  return message;
}
