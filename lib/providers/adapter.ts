/**
 * What the rest of the project knows about a provider: a plain object without state. The collector and the interface
 * know providers only through this.
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
  /** `null` where the provider lists by handle and states no ID. */
  readonly id: AccountId | null;
  /** In the platform's spelling. */
  readonly handle: string;
  readonly facts: ProfileFacts;
  /** In the provider's unit, by the provider's own figure where it gives one. */
  readonly charged: number;
}

/** One response of a provider: accounts, and the cursor of the next page. */
export interface Page {
  readonly accounts: readonly Account[];
  /** Entries of the list that could not be read as an account. */
  readonly unreadable: number;
  /** Entries that were not as the provider's documentation describes them, by kind; absent where there were none. */
  readonly unexpected?: UnexpectedEntries;
  /** The cursor of the next page; `null` when no more is offered. */
  readonly next: Cursor | null;
  /** The profile's count, where the response states it. */
  readonly expected: number | null;
  /** In the provider's unit, by the provider's own figure where it gives one. */
  readonly charged: number;
}

export interface PageRequest {
  readonly profile: Profile;
  readonly relation: Relation;
  /** `null` requests the first page. */
  readonly cursor: Cursor | null;
  /** The most accounts wanted: within {@link PageRules.most}; ignored by providers whose pages cannot be sized. */
  readonly limit: number;
}

export interface FillRequest {
  readonly ids: readonly AccountId[];
}

/** Accounts completed by a lookup. IDs that it left out are not in `accounts`. */
export interface Fill {
  readonly accounts: readonly Account[];
  readonly unreadable: number;
  readonly unexpected?: UnexpectedEntries;
  readonly charged: number;
}

export interface KeyCheck {
  /** What is left on the account, in the provider's unit; `null` where the provider does not state it. */
  readonly balance: number | null;
  /** What the check cost, in the provider's unit; absent where it is free. */
  readonly charged?: number;
}

/** What a provider's pages are like. */
export interface PageRules {
  /** The accounts in a full page, as far as is known; also the most that may be requested. */
  readonly most: number;
  /** Whether a smaller page can be requested. */
  readonly adjustable: boolean;
  /** Seconds a page takes in the long run, rate limits included: for estimates only. */
  readonly seconds: number;
  /** Pages in a row without a new ID after which a list counts as stalled, even though its cursor changes. */
  readonly withoutNewUntilStalled: number;
}

/** What a provider offers on one platform. */
export interface PlatformSupport {
  /** Which of a profile's lists it has. */
  readonly relations: readonly Relation[];
  readonly pages: PageRules;
  /**
   * Turns the handle into an ID. The call is priced by {@link Price.resolve}. `null` where lists are requested by handle:
   * then there is no lookup and no request for one.
   */
  readonly resolve: ((profile: Profile, connection: Connection) => Promise<Result<Resolved>>) | null;
  readonly fetchPage: (request: PageRequest, connection: Connection) => Promise<Result<Page>>;
}

/** What a provider's file states; {@link defineAdapter} makes the adapter of it. */
export interface AdapterDefinition {
  readonly id: ProviderId;
  /** Exactly as it is named in the options. */
  readonly name: string;
  /** Where its API is served; the user may configure another base URL. */
  readonly origin: string;
  readonly key: KeyFormat;
  readonly price: Price;
  /** What its users should know before they get a key; the interface has the text. */
  readonly note: 'x-policy' | 'old-contract' | null;
  /** Where the user can buy more, where that is a page. */
  readonly topUpUrl: string | null;

  /** What it offers on each platform; `null` where it does not support the platform. */
  readonly platforms: Readonly<Record<Platform, PlatformSupport | null>>;
  /**
   * What its lists are requested by. `id`: a handle is looked up first, and an ID alone is enough. `handle`: a profile of
   * which only the ID is known cannot be listed.
   */
  readonly listsBy: 'id' | 'handle';
  /** Whether the key is good. The call is priced by {@link Price.keyCheck}: free, if the provider offers such a call. */
  checkKey(connection: Connection): Promise<Result<KeyCheck>>;
  /** Whether `next` is further along the list than `previous`, as far as cursors show it. Pure. */
  advances(previous: Cursor | null, next: Cursor): boolean;
  /** The most IDs that one {@link fillIn} takes; 0 where pages contain complete accounts. */
  readonly fillSize: number;
  /** Completes accounts of pages that contain only IDs. Never called where `fillSize` is 0. */
  fillIn(request: FillRequest, connection: Connection): Promise<Result<Fill>>;
}

export interface Adapter extends Omit<AdapterDefinition, 'platforms'> {
  supports(platform: Platform, relation: Relation): boolean;
  /** @throws RangeError for a platform that it does not support, as all that follow */
  pages(platform: Platform): PageRules;
  /** Only where lists are requested by ID. */
  resolve(profile: Profile, connection: Connection): Promise<Result<Resolved>>;
  fetchPage(request: PageRequest, connection: Connection): Promise<Result<Page>>;
}

/** Makes an adapter, which does on each platform what its definition states, and nothing on any other. */
export function defineAdapter({ platforms, ...definition }: AdapterDefinition): Adapter {
  const on = (platform: Platform): PlatformSupport => {
    const support = platforms[platform];
    if (support === null) throw new RangeError(`${definition.name} does not support ${platform}.`);
    return support;
  };
  return {
    ...definition,
    supports: (platform, relation) => platforms[platform]?.relations.includes(relation) === true,
    pages: (platform) => on(platform).pages,
    async resolve(profile, connection) {
      const { resolve } = on(profile.platform);
      if (resolve === null) throw new RangeError(`${definition.name} needs no lookup.`);
      return resolve(profile, connection);
    },
    fetchPage: async (request, connection) => on(request.profile.platform).fetchPage(request, connection),
  };
}
