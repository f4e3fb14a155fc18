/**
 * The interface of a provider: a plain object without state. The collector and the user interface use providers only
 * through it.
 */
import type { Account } from '../model/account.ts';
import type { AccountId, Cursor, ProviderId } from '../model/ids.ts';
import type { Price } from '../model/money.ts';
import type { Platform, Relation } from '../model/platform.ts';
import type { Profile, ProfileFacts } from '../model/profile.ts';
import type { UnexpectedEntries } from '../model/unexpected.ts';
import type { Result } from './failure.ts';
import type { Connection } from './http.ts';
import type { KeyFormat } from './key-format.ts';

/** A handle that was looked up. */
export interface Resolved {
  /** `null` if the provider lists by handle and states no ID. */
  readonly id: AccountId | null;
  /** In the platform's spelling. */
  readonly handle: string;
  readonly facts: ProfileFacts;
  /** In the provider's unit. The provider's own figure is used if there is one. */
  readonly charged: number;
}

/** One response of a provider: accounts, and the cursor of the next page. */
export interface Page {
  readonly accounts: readonly Account[];
  /** Entries of the list that could not be read as an account. */
  readonly unreadable: number;
  /** Entries that differ from the provider's documentation, by kind; absent if there are none. */
  readonly unexpected?: UnexpectedEntries;
  /** The cursor of the next page; `null` at the end of the list. */
  readonly next: Cursor | null;
  /** The profile's count, if the response states it. */
  readonly expected: number | null;
  /** In the provider's unit. The provider's own figure is used if there is one. */
  readonly charged: number;
  /**
   * The most that the page may have cost, where the provider leaves open whether it charges for such a page; absent
   * where the cost is certain. `charged` is 0 then.
   */
  readonly maybeCharged?: number;
}

export interface PageRequest {
  readonly profile: Profile;
  readonly relation: Relation;
  /** `null` requests the first page. */
  readonly cursor: Cursor | null;
  /** The page size, at most {@link PageRules.most}. Providers with a fixed page size ignore it. */
  readonly limit: number;
}

export interface FillRequest {
  readonly ids: readonly AccountId[];
}

/** Accounts completed by a lookup. IDs that the response omits are not in `accounts`. */
export interface Fill {
  readonly accounts: readonly Account[];
  readonly unreadable: number;
  readonly unexpected?: UnexpectedEntries;
  readonly charged: number;
}

export interface KeyCheck {
  /** The account's balance, in the provider's unit; `null` if the provider does not state it. */
  readonly balance: number | null;
  /** What the check cost, in the provider's unit; absent if it is free, `null` if it may have been charged. */
  readonly charged?: number | null;
}

export interface PageRules {
  /** The number of accounts in a full page, as far as is known; also the most that may be requested. */
  readonly most: number;
  /** Whether a smaller page can be requested. */
  readonly adjustable: boolean;
  /** The smallest page that can be requested, if it is more than one account. Only for adjustable pages. */
  readonly least?: number;
  /** The accounts of a usual page, if they are fewer than {@link most}. Used only for estimates. */
  readonly usual?: number;
  /** Average seconds per page, rate limits included. Used only for estimates. */
  readonly seconds: number;
  /** After this many consecutive pages without a new ID, a list is stalled even if its cursor changes. */
  readonly withoutNewUntilStalled: number;
}

/** The most accounts that the smallest possible request can return. */
export function smallestPage({ most, adjustable, least = 1 }: PageRules): number {
  return adjustable ? least : most;
}

/** What a provider offers on one platform. */
export interface PlatformSupport {
  /** The lists of a profile that it offers. */
  readonly relations: readonly Relation[];
  readonly pages: PageRules;
  /**
   * Turns the handle into an ID. {@link Price.resolve} is the price of the call. `null` if lists are requested by handle,
   * which needs no lookup.
   */
  readonly resolve: ((profile: Profile, connection: Connection) => Promise<Result<Resolved>>) | null;
  readonly fetchPage: (request: PageRequest, connection: Connection) => Promise<Result<Page>>;
}

/** Details of accounts that the lists of some providers don't have. */
export type Lack = 'dates' | 'follow-times' | 'certain-follow-times' | 'private';

/** What a provider's file defines; {@link defineAdapter} creates the adapter from it. */
export interface AdapterDefinition {
  readonly id: ProviderId;
  /** The display name. */
  readonly name: string;
  /** The default base URL of its API; the user may configure another one. */
  readonly origin: string;
  readonly key: KeyFormat;
  readonly price: Price;
  /** What users should know before they get a key. The user interface has the text. */
  readonly note: 'x-policy' | 'old-contract' | 'limited-access' | null;
  /**
   * The documentation that it was written from: its month, `YYYY-MM`, if that is known, and whether a live key has
   * confirmed what it says. The settings mention it as long as none has.
   */
  readonly documentation: { readonly month: string | null; readonly confirmed: boolean };
  /** What its lists don't state about accounts, or not for certain. Shown where providers are compared. */
  readonly lacks: readonly Lack[];
  /** The page where the user can buy more, if there is one. */
  readonly topUpUrl: string | null;

  /** What it offers on each platform; `null` if it does not support the platform. */
  readonly platforms: Readonly<Record<Platform, PlatformSupport | null>>;
  /**
   * What its lists are requested by. `id`: a handle is looked up first, and an ID alone is enough. `handle`: nothing is
   * looked up, and a profile whose handle is unknown cannot be listed. `looked-up-handle`: the same, but the handle is
   * looked up first, because lists state neither the profile's ID nor its count.
   */
  readonly listsBy: 'id' | 'handle' | 'looked-up-handle';
  /** Checks whether the key is valid. {@link Price.keyCheck} is the price: free if the provider offers a free call. */
  checkKey(connection: Connection): Promise<Result<KeyCheck>>;
  /** Whether `next` is further along the list than `previous`, as far as cursors show it. */
  advances(previous: Cursor | null, next: Cursor): boolean;
  /**
   * When the last account of the page before this cursor followed (or followed again), epoch milliseconds, if the cursor
   * states it; else `null`. Pure. The decoders are in `follow-times.ts`; readers of lists find them in `cursor-times.ts`; a cursor whose meaning is only assumed must
   * return `null`.
   */
  followTime(cursor: Cursor): number | null;
  /** The most IDs that one {@link fillIn} accepts; 0 if pages contain complete accounts. */
  readonly fillSize: number;
  /** Completes accounts of pages that contain only IDs. Never called if `fillSize` is 0. */
  fillIn(request: FillRequest, connection: Connection): Promise<Result<Fill>>;
}

export interface Adapter extends Omit<AdapterDefinition, 'platforms'> {
  supports(platform: Platform, relation: Relation): boolean;
  /** @throws RangeError if the platform is not supported, as the methods below do */
  pages(platform: Platform): PageRules;
  /** Not for providers that list by handle without a lookup. */
  resolve(profile: Profile, connection: Connection): Promise<Result<Resolved>>;
  fetchPage(request: PageRequest, connection: Connection): Promise<Result<Page>>;
}

/** Creates an adapter that dispatches to the definition of each platform. */
export function defineAdapter({ platforms, ...definition }: AdapterDefinition): Adapter {
  const supportFor = (platform: Platform): PlatformSupport => {
    const support = platforms[platform];
    if (support === null) throw new RangeError(`${definition.name} does not support ${platform}.`);
    return support;
  };
  return {
    ...definition,
    supports: (platform, relation) => platforms[platform]?.relations.includes(relation) === true,
    pages: (platform) => supportFor(platform).pages,
    async resolve(profile, connection) {
      const { resolve } = supportFor(profile.platform);
      if (resolve === null) throw new RangeError(`${definition.name} needs no lookup.`);
      return resolve(profile, connection);
    },
    fetchPage: async (request, connection) =>
      supportFor(request.profile.platform).fetchPage(request, connection),
  };
}
