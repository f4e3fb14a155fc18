/** Tests, saves, and removes keys. Keys are passed only from the field to the provider and the database. */
import { checkKey } from '../../lib/collector/key-check.ts';
import type { Adapter } from '../../lib/providers/adapter.ts';
import { connect } from '../../lib/providers/http.ts';
import { connectionMemory } from '../../lib/settings/connection-memory.ts';
import { send } from '../../lib/messages/send.ts';
import { removeHostPermission, hostPattern } from '../../lib/permissions/hosts.ts';
import { readingTraces, rememberKey, rememberKeys } from '../../lib/keys/traces.ts';
import { readPreferences } from '../../lib/settings/move-from-local-storage.ts';
import { monthlyLimitOf } from '../../lib/settings/preferences.ts';
import { lockState, readSecret, secretFor } from '../../lib/keys/storage.ts';
import type { KeyRow } from '../../lib/store/database.ts';
import { exclusively } from '../../lib/store/exclusive.ts';
import { store } from '../hooks/store.ts';
import type { ProviderFailure } from '../../lib/providers/failure.ts';

export interface KeyAttempt {
  readonly adapter: Adapter;
  /** The entered key; `''` means the saved one. */
  readonly typed: string;
  readonly baseUrl: string;
}

export type Tested =
  | {
      readonly kind: 'works';
      readonly balance: number | null;
      /** The balance by our own count, if the provider reports a different one. */
      readonly reckoned: number | null;
      /** Whether the tested key is the one that was already saved. */
      readonly ofSaved: boolean;
      /** Whether the key was saved after the test. */
      readonly saved: boolean;
    }
  | { readonly kind: 'refused'; readonly failure: ProviderFailure }
  /** The host permission was denied by the user or the browser. */
  | { readonly kind: 'denied' }
  /** Keys are locked. No request was sent, and nothing was saved. */
  | { readonly kind: 'locked' }
  /** The test has a price that could exceed the monthly limit. No request was sent. */
  | { readonly kind: 'limit' }
  /** The user started deleting everything in the meantime: nothing was saved. */
  | { readonly kind: 'interrupted' };

async function keyToUse({ adapter, typed }: KeyAttempt): Promise<string | null> {
  if (typed !== '') return typed;
  const row = await store.keys.get(adapter.id);
  return row === undefined ? null : readSecret(store.keys, row);
}

/** Sends the key to the provider to test it. `allowed` is the result of our permission request. */
export async function testKey(attempt: KeyAttempt, allowed: Promise<boolean>): Promise<Tested> {
  if (!(await allowed)) return { kind: 'denied' };
  return exclusively((interrupted) => unlessInterrupted(interrupted, () => tested(attempt, interrupted)));
}

/**
 * Runs one step of the work. If it is aborted during the step, the result is `interrupted`, even if the step finished.
 */
async function unlessInterrupted(interrupted: AbortSignal, work: () => Promise<Tested>): Promise<Tested> {
  try {
    const result = await work();
    return interrupted.aborted ? { kind: 'interrupted' } : result;
  } catch (error) {
    if (interrupted.aborted) return { kind: 'interrupted' };
    throw error;
  }
}

/** Call it only while holding the lock. */
async function tested(attempt: KeyAttempt, signal: AbortSignal): Promise<Tested> {
  const { adapter, baseUrl, typed } = attempt;
  const key = await keyToUse(attempt);
  if (key === null) return { kind: 'locked' };
  await rememberKey(store, key);
  const result = await checkKey({
    money: store.money,
    adapter,
    connection: connect({
      adapter,
      key,
      baseUrl,
      signal,
      memory: connectionMemory,
      traces: readingTraces(store.keys),
    }),
    monthlyLimit: monthlyLimitOf(await readPreferences(store), adapter.id),
    now: Date.now,
    newId: () => crypto.randomUUID(),
  });
  if (result === null) return { kind: 'limit' };
  if (!result.ok) return { kind: 'refused', failure: result.failure };
  const saved = await store.keys.get(adapter.id);
  const { balance } = result.value;
  if (typed !== '' || saved?.baseUrl !== baseUrl) {
    return { kind: 'works', balance, reckoned: null, ofSaved: false, saved: false };
  }
  await store.keys.setBalance(adapter.id, balance, Date.now());
  const reckoned = balance === null || saved.balance === balance ? null : saved.balance;
  return { kind: 'works', balance, reckoned, ofSaved: true, saved: false };
}

/** Saves the key untested, and notifies the background, which may have been waiting for it. */
export async function saveKey(attempt: KeyAttempt): Promise<void> {
  const replaced = await exclusively(() => keep(attempt, null));
  await keyChanged(attempt, replaced);
}

/** Notifies the background of the saved key, and removes the host permission that only the previous key needed. */
async function keyChanged({ adapter, baseUrl }: KeyAttempt, replaced: KeyRow | undefined): Promise<void> {
  await send('keys.changed', { provider: adapter.id });
  if (replaced !== undefined && replaced.baseUrl !== baseUrl) await giveBackIfUnused(replaced.baseUrl);
}

/** Call it only while holding the lock. @returns the previous key */
async function keep(
  attempt: KeyAttempt,
  tested: { readonly balance: number | null } | null,
): Promise<KeyRow | undefined> {
  const { adapter, baseUrl } = attempt;
  const text = await keyToUse(attempt);
  const secret = text === null ? null : await secretFor(store.keys, { provider: adapter.id, baseUrl }, text);
  // The caller has checked that keys are not locked.
  if (text === null || secret === null) throw new Error('Keys are locked.');
  await rememberKey(store, text);
  const before = await store.keys.get(adapter.id);
  const now = Date.now();
  await store.keys.save({
    provider: adapter.id,
    key: secret.kind === 'open' ? secret.key : secret,
    baseUrl,
    savedAt: now,
    checkedAt: tested === null ? null : now,
    balance: tested?.balance ?? null,
  });
  return before;
}

/** Tests the key, and saves it if it works. */
export async function testAndSave(attempt: KeyAttempt, allowed: Promise<boolean>): Promise<Tested> {
  if ((await lockState(store.keys)) === 'locked') return { kind: 'locked' };
  if (!(await allowed)) return { kind: 'denied' };
  let replaced: KeyRow | undefined;
  const result = await exclusively((interrupted) =>
    unlessInterrupted(interrupted, async () => {
      const good = await tested(attempt, interrupted);
      if (good.kind !== 'works') return good;
      interrupted.throwIfAborted();
      replaced = await keep(attempt, good);
      return { ...good, saved: true };
    }),
  );
  if (result.kind === 'works') await keyChanged(attempt, replaced);
  return result;
}

/** Deletes the key, and removes its host permission unless another key needs it. */
export async function removeKey(adapter: Adapter): Promise<void> {
  const before = await exclusively(async () => {
    const row = await store.keys.get(adapter.id);
    await rememberKeys(store);
    await store.keys.remove(adapter.id);
    return row;
  });
  await send('keys.changed', { provider: adapter.id });
  if (before !== undefined) await giveBackIfUnused(before.baseUrl);
}

async function giveBackIfUnused(baseUrl: string): Promise<void> {
  const pattern = hostPattern(baseUrl);
  const others = await store.keys.infos();
  if (others.some((other) => hostPattern(other.baseUrl) === pattern)) return;
  try {
    await removeHostPermission(baseUrl, { isLast: others.length === 0 });
  } catch (error) {
    // The key is deleted in any case. Permissions granted by an administrator or the manifest cannot be removed.
    console.warn(
      'The browser did not remove a host permission.',
      error instanceof Error ? error.message : '',
    );
  }
}
