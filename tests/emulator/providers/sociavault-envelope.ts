/** SociaVault's envelope, and its lists that are sometimes objects. */
import { json, type Reply } from '../exchange.ts';
import type { ResponseStyle } from '../keys.ts';
import type { Ask } from './provider.ts';

export interface SentExtras {
  readonly rows?: number;
  /** The charge of the response. Default: the key's price. */
  readonly charge?: number;
}

/** A successful response. */
export function good(request: Ask, endpoint: string, data: unknown, received: SentExtras = {}): Reply {
  const charge = received.charge ?? request.key.price;
  const used = request.key.style.creditsUsedField ? { credits_used: charge } : {};
  return json(200, { success: true, data, ...used, endpoint }, { rows: received.rows ?? 0, charge });
}

/** A failure reported with HTTP 200. Without the field that states its cost, it is free. */
export function failed(request: Ask, endpoint: string, error: string, charge: number): Reply {
  const received = request.key.style.creditsUsedField;
  const used = received ? { credits_used: charge } : {};
  return json(200, { success: false, error, ...used, endpoint }, { charge: received ? charge : 0 });
}

export function missingParameter(endpoint: string, error: string, price: number): Reply {
  return json(400, { error, endpoint, credits_required: price });
}

/** A list in the key's style; `turn` decides if styles are mixed. */
export function list(style: ResponseStyle, turn: number, items: readonly unknown[]): unknown {
  const indexed = style.lists === 'indexed' || (style.lists === 'mixed' && turn % 2 === 1);
  return indexed ? Object.fromEntries(items.map((item, index) => [String(index), item])) : items;
}
