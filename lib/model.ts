/**
 * The words of Followledger (docs/words.md) as schemas and types. Everything below the interface speaks these.
 * Times are epoch milliseconds, money is whole credits, whole requests or whole micro-dollars, ids are strings.
 */
import { HANDLE_PATTERN } from './handles.ts';
import { wellFormed } from './well-formed.ts';
import { z } from './zod.ts';

export { handleKey } from './handles.ts';

export const platformSchema = z.enum(['x', 'tiktok']);
export type Platform = z.infer<typeof platformSchema>;
export const PLATFORMS: readonly Platform[] = platformSchema.options;

function isWellFormed(text: string): boolean {
  return wellFormed(text) === text;
}

export const relationSchema = z.enum(['followers', 'following']);
export type Relation = z.infer<typeof relationSchema>;

/** A provider's id, as its adapter states it. Branded, so that no other string is taken for one. */
export const providerIdSchema = z
  .string()
  .check(z.regex(/^[a-z0-9.-]{1,40}$/))
  .brand<'ProviderId'>();
export type ProviderId = z.infer<typeof providerIdSchema>;

/** Stands as provider of the sample list, whose accounts are made up: no adapter has this id, so nothing can be asked or paid. */
export const SAMPLE_PROVIDER = providerIdSchema.parse('sample');

/**
 * A platform's id of an account: decimal digits on X and TikTok, never a JavaScript number. Where a provider does not
 * give TikTok's number, it is TikTok's other stable id, of 76 characters, or the handle.
 */
export const accountIdSchema = z
  .string()
  .check(z.minLength(1), z.maxLength(128), z.refine(isWellFormed))
  .brand<'AccountId'>();
export type AccountId = z.infer<typeof accountIdSchema>;

/** A provider's opaque answer to "where does the next page begin". One that no file could carry could not be sent back. */
export const cursorSchema = z
  .string()
  .check(z.minLength(1), z.maxLength(8192), z.refine(isWellFormed))
  .brand<'Cursor'>();
export type Cursor = z.infer<typeof cursorSchema>;

export const snapshotIdSchema = z
  .string()
  .check(z.regex(/^[0-9a-f-]{36}$/))
  .brand<'SnapshotId'>();
export type SnapshotId = z.infer<typeof snapshotIdSchema>;

/** A handle in the spelling received, without `@`. Handles compare by {@link handleKey}. */
export const handleSchema = z.string().check(z.regex(HANDLE_PATTERN)).brand<'Handle'>();
export type Handle = z.infer<typeof handleSchema>;

/** The account whose list is wanted. */
export interface Profile {
  readonly platform: Platform;
  readonly handle: Handle;
  /** The platform's id, once known. */
  readonly id: AccountId | null;
}

/** One row of a list. What the provider did not say is `null`; it is never 0, '' or false in its place. */
export interface Account {
  readonly id: AccountId;
  readonly handle: string | null;
  readonly name: string | null;
  readonly bio: string | null;
  readonly location: string | null;
  readonly website: string | null;
  readonly followers: number | null;
  readonly following: number | null;
  readonly posts: number | null;
  readonly likes: number | null;
  readonly listed: number | null;
  readonly verified: boolean | null;
  readonly verifiedType: string | null;
  readonly private: boolean | null;
  readonly createdAt: number | null;
  readonly language: string | null;
  readonly region: string | null;
  readonly avatarUrl: string | null;
  /** Listed by id, but a later look-up left it out: suspended or deleted since. */
  readonly unavailable: boolean | null;
}

/** An account of which nothing is known but its id. */
export function unknownAccount(id: AccountId): Account {
  return {
    id,
    handle: null,
    name: null,
    bio: null,
    location: null,
    website: null,
    followers: null,
    following: null,
    posts: null,
    likes: null,
    listed: null,
    verified: null,
    verifiedType: null,
    private: null,
    createdAt: null,
    language: null,
    region: null,
    avatarUrl: null,
    unavailable: null,
  };
}

export const unitSchema = z.enum(['credits', 'usd', 'requests']);
/** `usd` amounts are whole micro-dollars: 1,000,000 is one dollar. */
export type Unit = z.infer<typeof unitSchema>;

export const amountSchema = z.int().check(z.nonnegative());

/** The most bytes of an answer that are read: the largest real ones (1,000 accounts) have about a megabyte. */
export const MOST_ANSWER = 32 * 1024 * 1024;

/**
 * The most that one request is believed to cost, in its unit, whatever its answer claims: beyond all price lists, enough
 * to end any run, and little enough that sums of many stay exact.
 */
export const MOST_CLAIMED = 1_000_000_000;

/** What the user pays for a provider's credits or requests. */
export const creditPriceSchema = z.object({
  /** ISO 4217. */
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  /** For 1,000 of them, in millionths of the currency: 2,000,000 is 2.00. */
  perThousand: amountSchema,
});
export type CreditPrice = z.infer<typeof creditPriceSchema>;

/** What an amount of credits or requests comes to, in millionths of the price's currency. */
export function moneyFor(amount: number, { perThousand }: CreditPrice): number {
  return Math.round((amount / 1000) * perThousand);
}

/** A provider's price list, in its own unit. */
export interface Price {
  readonly unit: Unit;
  /** For one page, whatever it holds. */
  readonly perRequest: number;
  /** For each account a page returns. */
  readonly perRow: number;
  /** For turning a handle into an id; 0 where no request is needed. */
  readonly resolve: number;
  /** For one call that fills in accounts of a page of ids; 0 where pages are whole. */
  readonly perFill: number;
  /** For testing a key; absent where that is free. */
  readonly keyCheck?: number;
}

/** What a profile said of itself on the day of the snapshot. It cannot be got back later. */
export const profileFactsSchema = z.object({
  name: z.nullable(z.string()),
  bio: z.nullable(z.string()),
  location: z.nullable(z.string()),
  website: z.nullable(z.string()),
  avatarUrl: z.nullable(z.string()),
  followers: z.nullable(amountSchema),
  following: z.nullable(amountSchema),
  posts: z.nullable(amountSchema),
  verified: z.nullable(z.boolean()),
  private: z.nullable(z.boolean()),
  createdAt: z.nullable(z.number()),
});
export type ProfileFacts = z.infer<typeof profileFactsSchema>;

/** Of a profile of which nothing is known. */
export const unknownFacts: ProfileFacts = {
  name: null,
  bio: null,
  location: null,
  website: null,
  avatarUrl: null,
  followers: null,
  following: null,
  posts: null,
  verified: null,
  private: null,
  createdAt: null,
};

/** What is kept with a snapshot of the profile's own account. */
export function profileFacts(account: Account): ProfileFacts {
  const { name, bio, location, website, avatarUrl, followers, following, posts, verified, createdAt } =
    account;
  return {
    name,
    bio,
    location,
    website,
    avatarUrl,
    followers,
    following,
    posts,
    verified,
    private: account.private,
    createdAt,
  };
}

/**
 * What can be wrong with the storage as a whole: no room; an older version open in another tab; this version replaced
 * by a newer one meanwhile; a database that a newer version wrote; an upgrade that failed; a connection that the
 * browser closed; anything else that the browser cannot read or write.
 */
export const storageTroubles = [
  'full',
  'older-tab',
  'outdated',
  'newer',
  'upgrade',
  'closed',
  'broken',
] as const;
export type StorageTrouble = (typeof storageTroubles)[number];

/**
 * Why a run waits, is blocked or failed. `said` is the provider's own sentence, cleaned of keys and cut short.
 * Each kind has its own words on the screen, because each asks something else of the user.
 */
export type Trouble =
  | { readonly kind: 'no-key' }
  | { readonly kind: 'locked' }
  | { readonly kind: 'no-permission'; readonly origin: string }
  | { readonly kind: 'bad-key'; readonly said: string | null }
  | {
      readonly kind: 'no-credit';
      readonly required: number | null;
      readonly available: number | null;
      readonly said: string | null;
    }
  | { readonly kind: 'not-allowed'; readonly said: string | null }
  /** `suspended` where the provider says so; otherwise nobody knows why there is no such profile. */
  | { readonly kind: 'no-such-profile'; readonly said: string | null; readonly suspended?: boolean }
  | { readonly kind: 'private-profile'; readonly said: string | null }
  | { readonly kind: 'hidden-list'; readonly said: string | null }
  | { readonly kind: 'too-fast'; readonly said: string | null }
  | { readonly kind: 'provider-broken'; readonly status: number; readonly said: string | null }
  | { readonly kind: 'refused-request'; readonly status: number; readonly said: string | null }
  | { readonly kind: 'redirect-refused' }
  | { readonly kind: 'unreadable'; readonly status: number; readonly why: string }
  /** The answer was not read on beyond so many megabytes, and is not kept. */
  | { readonly kind: 'too-large'; readonly megabytes: number }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'offline' }
  /** `price` is the most that another try can cost, in the provider's unit; early versions did not keep it. */
  | { readonly kind: 'lost-answers'; readonly times: number; readonly price?: number }
  /** This version has no adapter that can continue the list: its provider, or what is asked of it, is not known here. */
  | { readonly kind: 'unknown-provider' }
  /** The look-up of a restored list's handle gave another account than the one that the list was collected from. */
  | { readonly kind: 'other-profile' }
  /** `name` is a {@link StorageTrouble}, or the name of an error that has no sentence of its own. */
  | { readonly kind: 'storage'; readonly name: string };
export type TroubleKind = Trouble['kind'];

/** Which limit ended a run. */
export type Limit = 'rows' | 'cap' | 'monthly';

export type Outcome =
  | { readonly kind: 'complete' }
  | { readonly kind: 'ended-early' }
  | { readonly kind: 'capped'; readonly by: Limit }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'stalled' }
  | { readonly kind: 'failed'; readonly trouble: Trouble };

export type State =
  | { readonly kind: 'queued' }
  /** The price is known and above what may be spent unasked; nothing is sent until the user decides. */
  | { readonly kind: 'confirming' }
  | { readonly kind: 'resolving' }
  | { readonly kind: 'running' }
  | { readonly kind: 'waiting'; readonly until: number; readonly attempt: number; readonly trouble: Trouble }
  /**
   * `price` is the most that another try can cost, in the provider's unit, where the tries before were charged or may
   * have been: then the user approves that price.
   */
  | { readonly kind: 'blocked'; readonly trouble: Trouble; readonly price?: number }
  | { readonly kind: 'paused' }
  | { readonly kind: 'ended'; readonly outcome: Outcome };

/** What a run is expected to cost, said before it is spent. */
export interface Estimate {
  readonly rows: number | null;
  readonly requests: number | null;
  /** In the provider's unit; `null` when the count is unknown. */
  readonly amount: number | null;
  readonly seconds: number | null;
}

/**
 * Kinds of entries in a provider's lists that are not accounts as its contract describes them: an account that the
 * platform says is unavailable; an entry without an account; an entry of a type that is not known; an entry with a list
 * where an object is expected. The last two may still be read as accounts.
 */
export const unexpectedKinds = ['unavailable', 'no-account', 'unknown-type', 'list-for-object'] as const;
export type UnexpectedKind = (typeof unexpectedKinds)[number];
/** How many entries of each kind; a kind that did not occur is absent. */
export type UnexpectedEntries = Readonly<Partial<Record<UnexpectedKind, number>>>;

/** What two parts of a list counted, together. */
export function addUnexpected(a: UnexpectedEntries, b: UnexpectedEntries): UnexpectedEntries {
  const sum: Partial<Record<UnexpectedKind, number>> = {};
  for (const kind of unexpectedKinds) {
    const n = (a[kind] ?? 0) + (b[kind] ?? 0);
    if (n > 0) sum[kind] = n;
  }
  return sum;
}

/** One collection of one relation of one profile by one provider, at one time. */
export interface Snapshot {
  readonly id: SnapshotId;
  readonly platform: Platform;
  /** In the spelling of the platform once known, of the user before. */
  readonly handle: Handle;
  readonly handleKey: string;
  readonly profileId: AccountId | null;
  /** When the provider accepted the handle; `null` until then. */
  readonly resolvedAt: number | null;
  readonly relation: Relation;
  readonly provider: ProviderId;
  readonly startedFrom: 'page' | 'own';
  readonly createdAt: number;
  /** When the first list page was asked for. */
  readonly startedAt: number | null;
  readonly updatedAt: number;
  readonly endedAt: number | null;
  /**
   * When the run last began to go on, and how many rows it had: what its pace is measured from. `wait` is the last wait
   * for a rate limit since then: when it ends, and the rows before it.
   */
  readonly pace: {
    readonly from: number;
    readonly rows: number;
    readonly wait?: { readonly until: number; readonly rows: number };
  } | null;
  /** When the user last looked at it after it ended. */
  readonly openedAt: number | null;
  readonly state: State;
  readonly facts: ProfileFacts | null;
  /** Whether id and facts are the word of the profile's own page, for which nothing was paid. */
  readonly hinted: boolean;
  readonly expected: number | null;
  /** How many accounts the user asked for; `null` is all. */
  readonly howMany: number | null;
  readonly unit: Unit;
  /** The most this run may spend, in `unit`, resolving included. */
  readonly cap: number;
  /** Whether the user chose this cap. If not, an estimate above it asks the user first. */
  readonly confirmed: boolean;
  readonly estimate: Estimate | null;
  readonly pages: number;
  readonly rows: number;
  readonly duplicates: number;
  /** Accounts in answers that could not be read. */
  readonly unreadable: number;
  /** Entries that were not as expected, by kind; lists of early versions do not know. */
  readonly unexpected?: UnexpectedEntries;
  readonly charged: number;
  /** Of requests whose answer was lost: the provider may have charged for them. */
  readonly maybeCharged: number;
  /** By how much responses claimed to cost less than the price list, summed: limits count the price list. */
  readonly undercharged?: number;
  /** Pages in a row without a new id. */
  readonly pagesWithoutNew: number;
  /** Tries in a row of the present request that failed and were charged, or may have been. */
  readonly losses: number;
  /** Retries in a row of a request that failed. */
  readonly attempt: number;
  /** Accounts whose details are known: all rows, or of a list that comes as ids those that were looked up so far. */
  readonly filled: number;
  /** The outcome that the pages came to, while accounts are still to be filled in. */
  readonly ending: Outcome | null;
  /** The origins that its requests went to, in the order of the first to each; lists of early versions do not know. */
  readonly origins?: readonly string[];
  /**
   * Of a list that came with a backup: the profile's id as the file states it, until a look-up confirms it before the
   * run goes on.
   */
  readonly idFromBackup?: AccountId;
  /** When the user deleted it. It is hidden since, and gone for good once it cannot be undone any more. */
  readonly deletedAt?: number;
}

/** What a request of a run is for. */
export type Purpose = 'resolve' | 'page' | 'fill';

interface Entry {
  readonly id: string;
  readonly provider: ProviderId;
  readonly unit: Unit;
  readonly sentAt: number;
  readonly settledAt: number | null;
  readonly status: 'sent' | 'charged' | 'maybe';
  /** The most the request could cost when it was sent. */
  readonly reserved: number;
  /** What it did cost (`charged`), or may have (`maybe`); 0 while `sent`. */
  readonly amount: number;
  /**
   * What our price list says that it costs, to be compared with `amount`; `null` where that is not known: while it is
   * under way, where its answer was lost, and in entries older than this field.
   */
  readonly listed: number | null;
}

/** A request of a run. */
export interface RunEntry extends Entry {
  readonly snapshotId: SnapshotId;
  readonly purpose: Purpose;
}

/** The test of a key, where that costs something. */
export interface KeyCheckEntry extends Entry {
  readonly snapshotId: null;
  readonly purpose: 'key-check';
}

/**
 * One request, written before it is sent. `sent` that is found at a start was interrupted and becomes `maybe`:
 * the provider may have charged for it.
 */
export type LedgerEntry = RunEntry | KeyCheckEntry;

/**
 * An answer that was paid for but could not be understood, kept as it came but for keys in it: a later version may read
 * it.
 */
export interface RawAnswer {
  readonly snapshotId: SnapshotId;
  readonly seq: number;
  readonly purpose: Purpose;
  /** The ledger entry that stands for it. */
  readonly entry: string;
  readonly cursor: Cursor | null;
  readonly status: number;
  readonly receivedAt: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of the bytes as they came, in hex; early versions kept these. */
  readonly sha256?: string;
}

/** A key behind a passphrase. No part of it is readable, its end included. */
export interface LockedSecret {
  readonly kind: 'locked';
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** A provider's key as it is stored. */
export type Secret = { readonly kind: 'open'; readonly key: string } | LockedSecret;

/** What a passphrase is checked against, and turned into a key with. */
export interface KeyLock {
  readonly salt: Uint8Array<ArrayBuffer>;
  /** Of PBKDF2-SHA-256. */
  readonly rounds: number;
  readonly check: LockedSecret;
}

/** Whether nothing more will happen to the snapshot by itself or by a resume. */
export function hasEnded(state: State): state is Extract<State, { kind: 'ended' }> {
  return state.kind === 'ended';
}

/**
 * What limits are checked against, in the run's unit: what was charged and what may have been, and where responses
 * claimed to cost less than the price list, the price list.
 */
export function countedSpending({
  charged,
  maybeCharged,
  undercharged = 0,
}: Pick<Snapshot, 'charged' | 'maybeCharged' | 'undercharged'>): number {
  return charged + maybeCharged + undercharged;
}

/** What a limit counts for a request: at least the price list, at least what was charged; its reserve under way. */
export function countedAmount({
  status,
  amount,
  reserved,
  listed,
}: Pick<LedgerEntry, 'status' | 'amount' | 'reserved' | 'listed'>): number {
  return status === 'sent' ? reserved : Math.max(amount, listed ?? 0);
}

/** How many accounts to speak of: while a list of ids is being filled in, those whose details are known. */
export function shownRows({ rows, filled, state }: Pick<Snapshot, 'rows' | 'filled' | 'state'>): number {
  return hasEnded(state) ? rows : filled;
}

/** Whether a list that has ended is there to be opened instead of being paid for again: not one that holds nothing. */
export function isWorthOpening({ state, rows }: Pick<Snapshot, 'state' | 'rows'>): boolean {
  return hasEnded(state) && (rows > 0 || state.outcome.kind === 'complete');
}

/** Whether a list is the sample, whose accounts are made up. */
export function isSample({ provider }: Pick<Snapshot, 'provider'>): boolean {
  return provider === SAMPLE_PROVIDER;
}

/** How long the deletion of a list can be undone, milliseconds. */
export const UNDO_TIME = 10_000;
