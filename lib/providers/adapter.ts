/**
 * What a provider is to the rest of the project: a plain object without state. The collector and the interface
 * know providers only through this.
 */
import type {
  Account,
  AccountId,
  Cursor,
  Platform,
  Price,
  Profile,
  ProfileFacts,
  ProviderId,
  Relation,
  Trouble,
} from '../model.ts';
import type { Connection } from './http.ts';

/** The troubles that a provider's answer, or its absence, can mean. */
export type ProviderTrouble = Extract<
  Trouble,
  {
    kind:
      | 'bad-key'
      | 'no-credit'
      | 'not-allowed'
      | 'no-such-profile'
      | 'private-profile'
      | 'hidden-list'
      | 'too-fast'
      | 'provider-broken'
      | 'refused-request'
      | 'redirect-refused'
      | 'unreadable'
      | 'unreachable';
  }
>;

/** Why a call gave no result, and what it means for money and for trying again. */
export interface ProviderFailure {
  readonly trouble: ProviderTrouble;
  /**
   * What the failed call cost in the provider's unit: 0 when it is known to be free, `null` when it may have been
   * charged (no whole answer arrived, or none that could be understood).
   */
  readonly charged: number | null;
  /** Whether the same request may succeed later by itself. */
  readonly retryable: boolean;
  /** Milliseconds to wait before the next try, by the provider's own headers and clock; `null` when it named none. */
  readonly retryAfter: number | null;
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: ProviderFailure };

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
  /** The most accounts wanted: within {@link Adapter.pageSize}; ignored by providers whose pages cannot be sized. */
  readonly limit: number;
}

export interface FillRequest {
  readonly ids: readonly AccountId[];
}

/** Accounts completed by a look-up. Ids that it left out are not in `accounts`. */
export interface Fill {
  readonly accounts: readonly Account[];
  readonly unreadable: number;
  readonly charged: number;
}

export interface KeyCheck {
  /** What is left on the account, in the provider's unit; `null` where the provider does not say. */
  readonly balance: number | null;
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
  readonly key: {
    /** Header and the value made of the key, e.g. `Bearer …`. */
    readonly header: (key: string) => readonly [name: string, value: string];
    /** What a pasted text means as a key: white space and copied prefixes go. */
    readonly clean: (pasted: string) => string;
    /** The start of every key of this provider, or `null` where keys have none. */
    readonly prefix: string | null;
    readonly placeholder: string;
    /** Where a user gets one. */
    readonly url: string;
  };
  readonly price: Price;
  /** Where the user can buy more, where that is a page. */
  readonly topUpUrl: string | null;

  supports(platform: Platform, relation: Relation): boolean;
  /** What its pages are like on a platform that it supports. */
  pages(platform: Platform): PageRules;
  /** Turns the handle into an id. The call is priced by {@link Price.resolve}. */
  resolve(profile: Profile, connection: Connection): Promise<Result<Resolved>>;
  fetchPage(request: PageRequest, connection: Connection): Promise<Result<Page>>;
  /** Whether the key is good; costs nothing. */
  checkKey(connection: Connection): Promise<Result<KeyCheck>>;
  /** Whether `next` is further along the list than `previous`, as far as a cursor can tell. Pure. */
  advances(previous: Cursor | null, next: Cursor): boolean;
  /** The most ids one {@link fillIn} takes; 0 where pages are whole. */
  readonly fillSize: number;
  /** Completes accounts of pages that carry ids alone. Never called where `fillSize` is 0. */
  fillIn(request: FillRequest, connection: Connection): Promise<Result<Fill>>;
}
