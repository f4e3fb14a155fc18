/** The providers' keys: remaining balance, rate limit, and style of responses. */
import { createHash } from 'node:crypto';
import type { ProviderName } from './exchange.ts';

/** Variants of providers' responses that have been seen in practice. Each provider reads its own fields. */
export interface ResponseStyle {
  /**
   * SociaVault, X: one of the three user objects; `mixed` alternates by account. twitterapi.io: its two row formats, and
   * as `C` a row with fields of both.
   */
  readonly userShape: 'A' | 'B' | 'C' | 'mixed';
  /** SociaVault: lists as arrays, as objects keyed "0", "1", …, or alternating. */
  readonly lists: 'arrays' | 'indexed' | 'mixed';
  /** SociaVault: whether responses contain `credits_used`. */
  readonly creditsUsedField: boolean;
  /** SociaVault: how a missing user is reported. */
  readonly missingUser: 'success-false' | '404';
  /** SociaVault, X: the place of the profile's user object in `data`. */
  readonly profileShape: 'direct' | 'user-result' | 'result';
  /** X API v2: how a protected list is reported. */
  readonly protectedList: 'errors-200' | '403';
  /** X API v2: field names before or after the renames of August 2026. */
  readonly fields: 'before' | 'after' | 'both';
  /** X API v2: 429 as a problem, or as the older list of codes. */
  readonly tooFast: 'problem' | 'code-88';
  /** SociaVault, TikTok: the value of `min_time` once a list has ended. */
  readonly lastMinTime: 'zero' | 'minus-one' | 'missing';
  /** SocialData: how a list ends: with `null`, `"0"`, X's own last cursor, or a further page that is empty. */
  readonly listEnd: 'null' | 'zero' | 'zero-pair' | 'empty-page';
  /** SocialData: whether cursors contain positions, or 2^62 and a number, as its older documentation shows. */
  readonly cursorForm: 'position' | 'number';
  /** twitterapi.io: what a list of an unknown or protected account is. */
  readonly noList: 'error' | 'empty';
}

export interface RateLimit {
  /** Requests per window, counted for each endpoint. */
  readonly limit: number;
  readonly windowSeconds: number;
}

export interface KeySettings {
  /** The remaining balance in the provider's unit (credits, micro-dollars, requests); `Infinity` never runs out. */
  readonly balance: number;
  /** The price of a request, or of a returned account if the provider charges per account; in the provider's unit. */
  readonly price: number;
  /** The maximum rows per page. TikTok's lists need 3: with fewer, one second can fill a page and repeat it. */
  readonly pageSize: number;
  /** The delay between the decision, which is charged, and the first byte. */
  readonly latencyMs: number;
  readonly rateLimit: RateLimit | null;
  readonly style: ResponseStyle;
}

export interface KeyOptions extends Partial<Omit<KeySettings, 'style'>> {
  readonly provider: ProviderName;
  /** Default: the provider's default key. */
  readonly key?: string;
  readonly style?: Partial<ResponseStyle>;
}

/** The state of a window after a request was counted in it. */
export interface Allowance {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Epoch seconds. */
  readonly resetAt: number;
}

export interface KeyState extends KeySettings {
  readonly provider: ProviderName;
  readonly keyId: string;
  /** Charged so far, in the provider's unit. */
  readonly spent: number;
}

export const DEFAULT_STYLE: ResponseStyle = {
  userShape: 'mixed',
  lists: 'mixed',
  creditsUsedField: true,
  missingUser: 'success-false',
  profileShape: 'direct',
  protectedList: 'errors-200',
  fields: 'before',
  tooFast: 'problem',
  lastMinTime: 'zero',
  listEnd: 'null',
  cursorForm: 'position',
  noList: 'error',
};

/** A short name for a key that does not reveal it. */
export function keyIdOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 12);
}

class Key implements KeyState {
  readonly provider: ProviderName;
  readonly keyId: string;
  settings: KeySettings;
  spent = 0;
  readonly #windows = new Map<string, { until: number; used: number }>();

  constructor(provider: ProviderName, key: string, settings: KeySettings) {
    this.provider = provider;
    this.keyId = keyIdOf(key);
    this.settings = settings;
  }

  get balance(): number {
    return this.settings.balance;
  }
  get price(): number {
    return this.settings.price;
  }
  get pageSize(): number {
    return this.settings.pageSize;
  }
  get latencyMs(): number {
    return this.settings.latencyMs;
  }
  get rateLimit(): RateLimit | null {
    return this.settings.rateLimit;
  }
  get style(): ResponseStyle {
    return this.settings.style;
  }

  charge(amount: number): void {
    this.settings = { ...this.settings, balance: this.settings.balance - amount };
    this.spent += amount;
  }

  /** Counts one request of `bucket` at `now` (epoch ms); `null` if there is no limit. */
  count(bucket: string, now: number): Allowance | null {
    const { rateLimit } = this.settings;
    if (rateLimit === null) return null;
    let window = this.#windows.get(bucket);
    if (window === undefined || now >= window.until * 1000) {
      window = { until: Math.ceil(now / 1000) + rateLimit.windowSeconds, used: 0 };
      this.#windows.set(bucket, window);
    }
    const allowed = window.used < rateLimit.limit;
    if (allowed) window.used += 1;
    const remaining = Math.max(0, rateLimit.limit - window.used);
    return { allowed, limit: rateLimit.limit, remaining, resetAt: window.until };
  }

  forgetWindows(): void {
    this.#windows.clear();
  }
}
export type { Key };

export class KeyRing {
  readonly #keys = new Map<string, Key>();
  readonly #defaults: (provider: ProviderName) => { readonly key: string; readonly settings: KeySettings };

  constructor(
    defaults: (provider: ProviderName) => { readonly key: string; readonly settings: KeySettings },
  ) {
    this.#defaults = defaults;
  }

  /** Adds a key, or changes the given settings of a known one. A new rate limit starts a new window. */
  set(options: KeyOptions): KeyState {
    const { provider, key, style, ...changes } = options;
    const fallback = this.#defaults(provider);
    const text = key ?? fallback.key;
    const name = `${provider}:${text}`;
    const known = this.#keys.get(name) ?? new Key(provider, text, fallback.settings);
    known.settings = { ...known.settings, ...changes, style: { ...known.settings.style, ...style } };
    if (changes.rateLimit !== undefined) known.forgetWindows();
    this.#keys.set(name, known);
    return known;
  }

  /** Makes a key unknown, as if its owner had revoked it. */
  revoke(provider: ProviderName, key?: string): void {
    this.#keys.delete(`${provider}:${key ?? this.#defaults(provider).key}`);
  }

  find(provider: ProviderName, key: string): Key | undefined {
    return this.#keys.get(`${provider}:${key}`);
  }
}
