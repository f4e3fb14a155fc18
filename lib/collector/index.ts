/**
 * The collector: turns a click into a snapshot, page by page. One loop a key, held by a Web Lock, so that neither two
 * windows nor an old worker that is still ending ask at once. Every start of the background calls {@link wake}.
 */
import { idInHandle } from '../model/handles.ts';
import type { StorageTrouble, Trouble } from '../model/error.ts';
import { handleKey } from '../model/handles.ts';
import {
  accountIdSchema,
  type AccountId,
  type ProviderId,
  type SnapshotId,
  snapshotIdSchema,
} from '../model/ids.ts';
import type { Unit } from '../model/money.ts';
import type { Platform, Relation } from '../model/platform.ts';
import { type Handle, type ProfileFacts, unknownFacts } from '../model/profile.ts';
import { type Estimate, type Snapshot, type State, countedSpending } from '../model/snapshot.ts';
import type { Adapter } from '../providers/adapter.ts';
import { listKind, monthlyLimitOf, type Preferences } from '../settings/preferences.ts';
import type { Started } from '../store/snapshots.ts';
import { monthOf } from '../store/spending.ts';
import { asStorageTrouble, mayPass, storageTroubleOf } from '../store/storage-error.ts';
import { ALLOWANCE_TIME, startOneClick } from './allowance.ts';
import { estimateOf, estimateRest } from './estimate.ts';
import { createKeeping } from './unsaved-responses.ts';
import type { Event } from './machine/events.ts';
import { waitsUntil } from './machine/plan.ts';
import { asksFirst, isOneClick, reduce } from './machine/reduce.ts';
import { Seen } from './seen-accounts.ts';
import { reread } from './reread.ts';
import { askPage, step, type Following, type StepInput, type Stepped } from './step.ts';
import type { Monthly, World } from './environment.ts';

/** Shorter waits stay in the loop; longer ones end it and leave the alarm to go on. */
const LONGEST_NAP = 25_000;
/** The next start, should the worker die now: the closest that browsers allow. */
const SAFETY = 30_000;
/** However long a wait is, the alarm looks in so often: the clock may be set meanwhile. */
const FARTHEST_ALARM = 15 * 60_000;

/** Room that the storage must have before a request is sent: more than all but the largest answers take. */
const HEADROOM = 8 * 1024 * 1024;
/** With so much room, it is not looked at again before every request. */
const PLENTY = 256 * 1024 * 1024;
const PLENTY_LASTS = 10_000;
/** When the storage does not work, it is tried again so often: it can be a background that dies which says so. */
const STORAGE_AGAIN = SAFETY;
/** Longer than a background lives whose end has begun, milliseconds. */
const DYING = 1000;

export interface CollectorOptions extends Omit<World, 'monthly' | 'unasked' | 'hasRoom' | 'keeping'> {
  readonly adapters: readonly Adapter[];
  readonly preferences: () => Promise<Preferences>;
  /** Runs the task if nobody holds the lock; resolves to whether it ran. */
  readonly withLock: (name: string, task: () => Promise<void>) => Promise<boolean>;
  /** Makes sure that the background starts at this time even if it dies; `null` when nothing is left to do. */
  readonly setAlarm: (at: number | null) => Promise<void>;
  /** Keeps the background alive until the returned function is called. */
  readonly keepAlive: () => () => void;
  /** Resolves after so many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Told of every change of a snapshot. */
  readonly changed: (snapshot: Snapshot) => void;
  /** How many bytes the storage can still take; `null` where the browser does not say. */
  readonly room: () => Promise<number | null>;
  /** Told when the storage stops working as a whole, and with `null` when it works. */
  readonly storage: (trouble: StorageTrouble | null) => void;
}

export interface ProfileHint {
  readonly id: AccountId | null;
  readonly name: string | null;
  readonly bio: string | null;
  readonly followers: number | null;
  readonly following: number | null;
}

export interface NewRun {
  readonly platform: Platform;
  readonly handle: Handle;
  readonly relation: Relation;
  /** `null` takes the preferred provider that has a key. */
  readonly provider: ProviderId | null;
  readonly howMany: number | null;
  readonly cap: number | null;
  readonly again: boolean;
  /** What the profile's own page says of it, where that is certain: an id from it saves the resolve. */
  readonly hint: ProfileHint | null;
  readonly startedFrom: Snapshot['startedFrom'];
}

function hintWithId(hint: ProfileHint | null): ProfileHint | null {
  return hint?.id == null ? null : hint;
}

/** What is known of a profile that an address names by its id: that id, which saves the look-up. */
function idAlone(platform: Platform, handle: Handle): ProfileHint | null {
  const id = idInHandle(platform, handle);
  if (id === null) return null;
  return { id: accountIdSchema.parse(id), name: null, bio: null, followers: null, following: null };
}

/** Of the profile as it was that day, what its page said. */
function hintedFacts({ name, bio, followers, following }: ProfileHint): ProfileFacts {
  return { ...unknownFacts, name, bio, followers, following };
}

export type StartResult = Started | { readonly kind: 'no-key' };

export type Collector = ReturnType<typeof createCollector>;

/**
 * Whether it was our own house that stopped a run, and may let it go on. That goes for errors without a name of their
 * own too: they come from browsers that end the background under the run, and the next background has none.
 */
function waitsForStorage(state: State): boolean {
  if (state.kind !== 'blocked' || state.trouble.kind !== 'storage') return false;
  const trouble = asStorageTrouble(state.trouble.name);
  return trouble === null || mayPass(trouble);
}

export function createCollector(options: CollectorOptions) {
  const { store, adapters, now, preferences, changed } = options;
  const loops = new Map<ProviderId, Loop>();
  /** What the storage suffers from, as it was told last; `undefined` before anything is known. */
  let told: StorageTrouble | null | undefined;
  const keeping = createKeeping({
    sleep: options.sleep,
    standing: () => store.trouble,
    openAgain: () => {
      store.tryOpeningAgain();
    },
    tell: tellStorage,
  });
  // What opening tells is said at once: a query may wait for an older tab for ever.
  store.onTrouble((trouble) => {
    tellStorage(trouble);
    if (trouble !== null) void options.setAlarm(now() + STORAGE_AGAIN);
  });
  let plentyUntil = 0;
  const world: World = { ...options, monthly, unasked, hasRoom, keeping };

  interface Loop {
    /** Set when something happened that the running loop may have missed. */
    again: boolean;
    /** Breaks off the request that is under way. */
    readonly end: AbortController;
    /** Ends the loop's nap. */
    nudge: () => void;
    readonly done: Promise<StorageTrouble | null>;
  }

  function tellStorage(trouble: StorageTrouble | null): void {
    if (told === trouble) return;
    told = trouble;
    options.storage(trouble);
  }

  async function hasRoom(): Promise<boolean> {
    if (now() < plentyUntil) return true;
    const room = (await options.room()) ?? PLENTY;
    if (room >= PLENTY) plentyUntil = now() + PLENTY_LASTS;
    return room >= HEADROOM;
  }

  function adapterOf(id: ProviderId): Adapter | undefined {
    return adapters.find((adapter) => adapter.id === id);
  }

  async function monthly(provider: ProviderId): Promise<Monthly | null> {
    const limit = monthlyLimitOf(await preferences(), provider);
    if (limit === null) return null;
    const at = now();
    const since = monthOf(at);
    return { allowance: { since, limit }, left: limit - (await store.money.spentSince(provider, since, at)) };
  }

  /** The provider to collect with: the one named, else the preferred, else the first that has a key. */
  async function choose(run: NewRun): Promise<Adapter | undefined> {
    const { preferredProvider } = await preferences();
    const withKey = new Set((await store.keys.infos()).map((info) => info.provider));
    const isIdAlone = idInHandle(run.platform, run.handle) !== null;
    const able = adapters.filter(
      (adapter) =>
        adapter.supports(run.platform, run.relation) &&
        withKey.has(adapter.id) &&
        (!isIdAlone || adapter.listsBy === 'id'),
    );
    const wanted = run.provider ?? preferredProvider[listKind(run.platform, run.relation)];
    return able.find((adapter) => adapter.id === wanted) ?? (run.provider === null ? able[0] : undefined);
  }

  async function unasked(unit: Unit): Promise<number> {
    return (await preferences()).askAbove[unit];
  }

  /** Starts a run, joins the one that is going on, or names the finished list that is there already. */
  async function start(run: NewRun): Promise<StartResult> {
    const adapter = await choose(run);
    if (adapter === undefined) return { kind: 'no-key' };
    const at = now();
    const { platform, handle, relation, howMany, startedFrom, hint } = run;
    const known = adapter.listsBy === 'id' ? (idAlone(platform, handle) ?? hintWithId(hint)) : null;
    // The page's own count prices the run before anybody is asked; a response that states another replaces it.
    const expected = hint === null ? null : relation === 'followers' ? hint.followers : hint.following;
    const { unit } = adapter.price;
    const most = await unasked(unit);
    const fresh: Snapshot = {
      id: snapshotIdSchema.parse(options.newId()),
      platform,
      handle,
      handleKey: handleKey(handle),
      profileId: known?.id ?? null,
      resolvedAt: known === null ? null : at,
      relation,
      provider: adapter.id,
      startedFrom,
      createdAt: at,
      startedAt: null,
      updatedAt: at,
      endedAt: null,
      pace: null,
      openedAt: null,
      state: { kind: 'queued' },
      facts: known === null ? null : hintedFacts(known),
      hinted: known !== null,
      expected,
      howMany,
      unit,
      cap: run.cap ?? most,
      confirmed: run.cap !== null,
      estimate: null,
      pages: 0,
      rows: 0,
      duplicates: 0,
      unreadable: 0,
      unexpected: {},
      charged: 0,
      maybeCharged: 0,
      pagesWithoutNew: 0,
      losses: 0,
      attempt: 0,
      filled: 0,
      ending: null,
    };
    const estimate = expected === null ? null : estimateOf(adapter, fresh);
    const asks = estimate !== null && asksFirst(fresh, estimate, 0);
    const started = await store.snapshots.start(fresh, run.again, {
      since: at - ALLOWANCE_TIME,
      change: (own, recent) =>
        isOneClick(own)
          ? startOneClick(own, estimate, { most, recent })
          : { ...own, estimate, state: { kind: asks ? 'confirming' : 'queued' } },
    });
    if (started.kind === 'started') {
      changed(started.snapshot);
      // Before the first request is even planned, so that a death in between loses nothing.
      await options.setAlarm(now() + SAFETY);
      wake();
    }
    return started;
  }

  async function happens(id: SnapshotId, event: (snapshot: Snapshot) => Event): Promise<void> {
    const snapshot = await store.snapshots.change(id, (current) => reduce(current, event(current), now()));
    if (snapshot === undefined) return;
    changed(snapshot);
    wake();
  }

  function estimated(snapshot: Snapshot, howMany: number | null): Estimate {
    const adapter = adapterOf(snapshot.provider);
    return adapter === undefined
      ? { rows: null, requests: null, amount: null, seconds: null }
      : estimateOf(adapter, { ...snapshot, howMany });
  }

  /** The user's answer to what a run asked: how many accounts, for how much at most. */
  function confirm(id: SnapshotId, howMany: number | null, cap: number): Promise<void> {
    return happens(id, (snapshot) => ({
      kind: 'confirm',
      howMany,
      cap,
      estimate: estimated(snapshot, howMany),
      lookUp: snapshot.resolvedAt === null ? (adapterOf(snapshot.provider)?.price.resolve ?? 0) : 0,
    }));
  }

  /**
   * Goes on with a list that ended before its end. Without a cap, what may be spent unasked is allowed once more; where
   * the rest costs more than that, the user is asked first.
   */
  async function goOn(id: SnapshotId, howMany: number | null, cap: number | null): Promise<void> {
    const { askAbove } = await preferences();
    await happens(id, (snapshot) => {
      const unasked = askAbove[snapshot.unit];
      const adapter = adapterOf(snapshot.provider);
      const rest = adapter === undefined ? null : estimateRest(adapter, snapshot, howMany).amount;
      return {
        kind: 'continue',
        howMany,
        cap: cap ?? countedSpending(snapshot) + unasked,
        estimate: estimated(snapshot, howMany),
        asks: cap === null && rest !== null && rest > unasked,
      };
    });
  }

  /** Goes on with everything that is unfinished. Cheap when there is nothing to do; call it at every start. */
  function wake(): void {
    void wakeAll();
  }

  async function wakeAll(): Promise<void> {
    try {
      const unfinished = await store.snapshots.unfinished();
      const providers = new Set(unfinished.map((snapshot) => snapshot.provider));
      const troubles = await Promise.all(Array.from(providers, rouse));
      tellStorage(troubles.find((trouble) => trouble !== null) ?? null);
      await setNextAlarm();
    } catch (error) {
      await withoutStorage(error);
    }
  }

  /** The database cannot even be read: said outside of it, and tried again later. */
  async function withoutStorage(error: unknown): Promise<void> {
    console.error('Storage failed.', error);
    tellStorage(store.trouble ?? storageTroubleOf(error) ?? 'broken');
    store.tryOpeningAgain();
    await options.setAlarm(now() + STORAGE_AGAIN);
  }

  /** Tries again what the storage refused: when the user says that it was mended. */
  function tryStorage(): void {
    plentyUntil = 0;
    store.tryOpeningAgain();
    keeping.nudge();
    wake();
  }

  /** @returns what the storage suffered from at the end, if anything */
  function rouse(provider: ProviderId): Promise<StorageTrouble | null> {
    const running = loops.get(provider);
    if (running !== undefined) {
      running.again = true;
      running.nudge();
      return running.done;
    }
    const { promise, resolve, reject } = Promise.withResolvers<StorageTrouble | null>();
    const loop: Loop = {
      again: false,
      end: new AbortController(),
      nudge: () => undefined,
      done: promise,
    };
    loops.set(provider, loop);
    hold(provider, loop)
      .finally(() => {
        loops.delete(provider);
      })
      .then((trouble) => (loop.again ? rouse(provider) : trouble))
      .then(resolve, reject);
    return promise;
  }

  async function hold(provider: ProviderId, loop: Loop): Promise<StorageTrouble | null> {
    await options.setAlarm(now() + SAFETY);
    const letGo = options.keepAlive();
    try {
      await options.withLock(`collect:${provider}`, async () => {
        await collect(provider, loop);
      });
      return null;
    } catch (error) {
      return await trouble(provider, error);
    } finally {
      letGo();
    }
  }

  /** What went wrong in our own house, most likely in the storage: said on the runs it stopped, where it can be. */
  async function trouble(provider: ProviderId, error: unknown): Promise<StorageTrouble | null> {
    const storage = store.trouble ?? storageTroubleOf(error);
    const name = storage ?? (error instanceof Error ? error.name : 'Error');
    console.error(`A collection failed: ${name}`, error);
    if (storage !== null) tellStorage(storage);
    store.tryOpeningAgain();
    // Calls of a browser that ends the background fail before the code does: that is no trouble of the run's.
    if (storage === null) await options.sleep(DYING);
    const blocked: Trouble = { kind: 'storage', name };
    try {
      for (const snapshot of await store.snapshots.unfinished()) {
        if (snapshot.provider !== provider) continue;
        const stopped = await store.snapshots.change(snapshot.id, (current) =>
          reduce(current, { kind: 'blocked', trouble: blocked }, now()),
        );
        if (stopped !== undefined) changed(stopped);
      }
    } catch (unwritten) {
      // The runs still stand as running, so the alarm comes back for them; what is wrong was told already.
      if (storageTroubleOf(unwritten) === null) throw unwritten;
      console.warn('Could not mark the runs as blocked.', unwritten);
    }
    return storage;
  }

  /** Runs that the storage stopped go on when it works: the change itself is the proof. */
  async function goOnWhereThereIsRoom(provider: ProviderId): Promise<void> {
    for (const { id, state, provider: own } of await store.snapshots.unfinished()) {
      if (own !== provider || !waitsForStorage(state) || !(await hasRoom())) continue;
      const going = await store.snapshots.change(id, (current) => reduce(current, { kind: 'room' }, now()));
      if (going !== undefined) changed(going);
    }
  }

  /**
   * A list that came with a backup may name a provider that this version does not know, or ask what its adapter does not
   * give: the adapter alone says what can be collected, and at what price.
   */
  async function blockUnknown(provider: ProviderId, adapter: Adapter | undefined): Promise<void> {
    for (const { id, platform, relation, unit, provider: own, state } of await store.snapshots.unfinished()) {
      if (own !== provider) continue;
      const known =
        adapter !== undefined && adapter.supports(platform, relation) && adapter.price.unit === unit;
      if (known || (state.kind === 'blocked' && state.trouble.kind === 'unknown-provider')) continue;
      const blocked = await store.snapshots.change(id, (current) =>
        reduce(current, { kind: 'blocked', trouble: { kind: 'unknown-provider' } }, now()),
      );
      if (blocked !== undefined) changed(blocked);
    }
  }

  async function collect(provider: ProviderId, loop: Loop): Promise<void> {
    await store.money.settleInterrupted(
      provider,
      now(),
      (entry) => (snapshot) => reduce(snapshot, { kind: 'interrupted', reserve: entry.reserved }, now()),
    );
    const adapter = adapterOf(provider);
    await blockUnknown(provider, adapter);
    if (adapter === undefined) return;
    await goOnWhereThereIsRoom(provider);
    let seen: { readonly id: SnapshotId; readonly of: Promise<Seen> } | null = null;
    const { signal } = loop.end;
    let following: { readonly next: Following; readonly input: StepInput } | null = null;
    /** Told of once the next request is on its way: what is made of the news is not to be waited for. */
    let news: Snapshot | undefined;
    const tell = (): void => {
      if (news !== undefined) changed(news);
      news = undefined;
    };
    try {
      for (;;) {
        let input: StepInput;
        let doing: Promise<Stepped>;
        if (following === null) {
          tell();
          // What happens from here on is not in what is read now.
          loop.again = false;
          const next = await nextRun(provider);
          if (next === null) return;
          if (next.kind === 'wait') {
            if (await backOnline(provider)) continue;
            if (next.until - now() > LONGEST_NAP) return;
            await nap(next.until - now(), loop);
            continue;
          }
          const { snapshot, until } = next;
          const readSeen = (): Promise<Seen> => {
            if (seen?.id !== snapshot.id) seen = { id: snapshot.id, of: Seen.of(store.pages, snapshot.id) };
            return seen.of;
          };
          const mayFollow = (): boolean => !loop.again && now() < until;
          input = { snapshot, adapter, seen: readSeen, signal, mayFollow };
          doing = step(world, input);
        } else {
          input = following.input;
          doing = askPage(following.next, input);
          tell();
        }
        const stepped = await doing;
        // It was written, so the storage works.
        tellStorage(null);
        news = stepped.snapshot;
        following = stepped.following === null ? null : { next: stepped.following, input };
      }
    } finally {
      tell();
    }
  }

  /**
   * The oldest run of a provider that can go on, and until when it is that; or when one can go on. A provider that
   * asked for patience gets it from all runs: they share the key.
   */
  async function nextRun(
    provider: ProviderId,
  ): Promise<{ kind: 'run'; snapshot: Snapshot; until: number } | { kind: 'wait'; until: number } | null> {
    const at = now();
    const runs = (await store.snapshots.unfinished()).filter((snapshot) => snapshot.provider === provider);
    const waits = runs.flatMap((snapshot) => {
      const until = waitsUntil(snapshot, at);
      return until === null || snapshot.state.kind !== 'waiting'
        ? []
        : [{ until, ...snapshot.state.trouble }];
    });
    const asked = waits.filter(({ kind }) => kind === 'too-fast').map(({ until }) => until);
    if (asked.length > 0) return { kind: 'wait', until: Math.max(...asked) };
    const ready = runs.find(
      (snapshot) =>
        snapshot.state.kind === 'queued' ||
        snapshot.state.kind === 'resolving' ||
        snapshot.state.kind === 'running' ||
        (snapshot.state.kind === 'waiting' && waitsUntil(snapshot, at) === null),
    );
    const until = Math.min(...waits.map((wait) => wait.until));
    if (ready !== undefined) return { kind: 'run', snapshot: ready, until };
    return waits.length === 0 ? null : { kind: 'wait', until };
  }

  /** Sends on what waited for the network, if there is one. @returns whether anything did */
  async function backOnline(provider: ProviderId): Promise<boolean> {
    if (!options.online()) return false;
    let any = false;
    for (const { id, state, provider: own } of await store.snapshots.unfinished()) {
      if (own !== provider || state.kind !== 'waiting' || state.trouble.kind !== 'offline') continue;
      const going = await store.snapshots.change(id, (current) => reduce(current, { kind: 'online' }, now()));
      if (going !== undefined) changed(going);
      any = true;
    }
    return any;
  }

  /** The browser gave leave to reach hosts: what waited for that goes on. */
  async function permitted(): Promise<void> {
    for (const { id, state, provider } of await store.snapshots.unfinished()) {
      if (state.kind !== 'blocked' || state.trouble.kind !== 'no-permission') continue;
      const key = await store.keys.get(provider);
      if (key !== undefined && (await options.mayReach(key.baseUrl))) {
        await happens(id, () => ({ kind: 'permitted' }));
      }
    }
  }

  function nap(milliseconds: number, loop: Loop): Promise<void> {
    const nudged = new Promise<void>((resolve) => {
      loop.nudge = resolve;
    });
    return Promise.race([options.sleep(milliseconds), nudged]);
  }

  async function setNextAlarm(): Promise<void> {
    const unfinished = await store.snapshots.unfinished();
    const times = unfinished.flatMap(({ state }) => {
      if (state.kind === 'waiting') return [Math.min(Math.max(state.until, now()), now() + FARTHEST_ALARM)];
      if (waitsForStorage(state)) return [now() + STORAGE_AGAIN];
      return state.kind === 'queued' || state.kind === 'resolving' || state.kind === 'running'
        ? [now() + SAFETY]
        : [];
    });
    await options.setAlarm(times.length === 0 ? null : Math.min(...times));
  }

  /** Stops all runs, breaks off what is under way, and resolves when nothing more is sent or written. */
  async function endAll(): Promise<void> {
    for (const { id } of await store.snapshots.unfinished()) {
      await store.snapshots.change(id, (current) => reduce(current, { kind: 'stop' }, now()));
    }
    const running = Array.from(loops.values());
    for (const { end, nudge } of running) {
      end.abort();
      nudge();
    }
    await Promise.all(running.map(({ done }) => done));
  }

  /**
   * Reads an answer again that could not be understood when it came: for nothing, with what this version knows.
   * @returns whether it is understood now; if so the run goes on after it
   */
  async function readAgain(id: SnapshotId): Promise<boolean> {
    const snapshot = await store.snapshots.get(id);
    const adapter = snapshot === undefined ? undefined : adapterOf(snapshot.provider);
    if (snapshot === undefined || adapter === undefined) return false;
    if (snapshot.state.kind !== 'blocked' || snapshot.state.trouble.kind !== 'unreadable') return false;
    const after = await reread(world, { snapshot, adapter, seen: () => Seen.of(store.pages, id) });
    if (after === null) return false;
    changed(after);
    wake();
    return true;
  }

  /** A key came, or was replaced: what waited for one goes on. */
  async function keyChanged(provider: ProviderId): Promise<void> {
    for (const snapshot of await store.snapshots.unfinished()) {
      const { state } = snapshot;
      const waits =
        state.kind === 'blocked' &&
        ['no-key', 'bad-key', 'no-permission', 'locked'].includes(state.trouble.kind);
      if (waits && snapshot.provider === provider) await happens(snapshot.id, () => ({ kind: 'resume' }));
    }
  }

  return {
    start,
    confirm,
    keyChanged,
    readAgain,
    endAll,
    goOn,
    wake,
    /** Resolves when nothing can be done now: for tests, and for a caller that must outlive the work. */
    wakeAll,
    tryStorage,
    permitted,
    pause: (id: SnapshotId) => happens(id, () => ({ kind: 'pause' })),
    resume: (id: SnapshotId) => {
      keeping.nudge();
      return happens(id, () => ({ kind: 'resume' }));
    },
    stop: (id: SnapshotId) => happens(id, () => ({ kind: 'stop' })),
  };
}
