/**
 * What a provider is to the rest of the project: a plain object without state. The collector and the interface
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

/** A handle turned into a platform id. */
export interface Resolved {
  /** `null` where the provider lists by handle and names no id. */
  readonly id: AccountId | null;
  /** In the platform's spelling. */
  readonly handle: string;
  readonly facts: ProfileFacts;
  /** In the provider's unit, by the provider's own figure where it gives one. */
  readonly charged: number;
}

/** One answer of a provider: accounts, and the cursor that follows. */
export interface Page {
  readonly accounts: readonly Account[];
  /** Entries of the list that could not be read as an account. */
  readonly unreadable: number;
  /** Entries that were not as the contract describes them, by kind; absent where there was none. */
  readonly unexpected?: UnexpectedEntries;
  /** The cursor of the next page; `null` when no more is offered. */
  readonly next: Cursor | null;
  /** The profile's count, where the answer states it. */
  readonly expected: number | null;
  /** In the provider's unit, by the provider's own figure where it gives one. */
  readonly charged: number;
}

export interface PageRequest {
  readonly profile: Profile;
  readonly relation: Relation;
  /** `null` asks for the first page. */
  readonly cursor: Cursor | null;
  /** The most accounts wanted: within {@link PageRules.most}; ignored by providers whose pages cannot be sized. */
  readonly limit: number;
}

export interface FillRequest {
  readonly ids: readonly AccountId[];
}

/** Accounts completed by a look-up. Ids that it left out are not in `accounts`. */
export interface Fill {
  readonly accounts: readonly Account[];
  readonly unreadable: number;
  readonly unexpected?: UnexpectedEntries;
  readonly charged: number;
}

export interface KeyCheck {
  /** What is left on the account, in the provider's unit; `null` where the provider does not say. */
  readonly balance: number | null;
  /** What asking did cost, in the provider's unit; absent where it is free. */
  readonly charged?: number;
}

/** What a provider's pages are like. */
export interface PageRules {
  /** The rows a full page holds, as far as is known; also the most that may be asked for. */
  readonly most: number;
  /** Whether a smaller page can be asked for. */
  readonly adjustable: boolean;
  /** Seconds a page takes in the long run, rate limits included: for estimates only. */
  readonly seconds: number;
  /** Pages in a row without a new id after which a list counts as stalled, even though its cursor changes. */
  readonly withoutNewUntilStalled: number;
}

export interface Adapter {
  readonly id: ProviderId;
  /** Exactly as it is named in the options. */
  readonly name: string;
  /** Where its API is served; the user may configure another base URL. */
  readonly origin: string;
  readonly key: KeyFormat;
  readonly price: Price;
  /** What its users should know before they get a key; its words are the interface's. */
  readonly note: 'x-policy' | 'old-contract' | null;
  /** Where the user can buy more, where that is a page. */
  readonly topUpUrl: string | null;

  supports(platform: Platform, relation: Relation): boolean;
  /**
   * What its lists are requested by. `id`: a handle is looked up first, and an id alone is enough. `handle`: there is
   * no look-up, so no request is made and {@link resolve} is never called; a profile of which only the id is known
   * cannot be listed.
   */
  readonly listsBy: 'id' | 'handle';
  /** What its pages are like on a platform that it supports. */
  pages(platform: Platform): PageRules;
  /** Turns the handle into an id. The call is priced by {@link Price.resolve}. Only where lists go by id. */
  resolve(profile: Profile, connection: Connection): Promise<Result<Resolved>>;
  fetchPage(request: PageRequest, connection: Connection): Promise<Result<Page>>;
  /** Whether the key is good. The call is priced by {@link Price.keyCheck}: free, if the provider offers such a call. */
  checkKey(connection: Connection): Promise<Result<KeyCheck>>;
  /** Whether `next` is further along the list than `previous`, as far as a cursor can tell. Pure. */
  advances(previous: Cursor | null, next: Cursor): boolean;
  /** The most ids one {@link fillIn} takes; 0 where pages are whole. */
  readonly fillSize: number;
  /** Completes accounts of pages that carry ids alone. Never called where `fillSize` is 0. */
  fillIn(request: FillRequest, connection: Connection): Promise<Result<Fill>>;
}
