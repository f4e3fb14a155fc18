/** SociaVault's envelope, and its lists that are sometimes objects. */
import { json, type Reply } from '../exchange.ts';
import type { AnswerStyle } from '../keys.ts';
import type { Ask } from './provider.ts';

export interface Told {
  readonly rows?: number;
  /** The charge of the response. Default: the key's price. */
  readonly charge?: number;
}

/** A successful response. */
export function good(ask: Ask, endpoint: string, data: unknown, told: Told = {}): Reply {
  const charge = told.charge ?? ask.key.price;
  const used = ask.key.style.creditsUsedField ? { credits_used: charge } : {};
  return json(200, { success: true, data, ...used, endpoint }, { rows: told.rows ?? 0, charge });
}

/** A failure reported with HTTP 200. Without the field that states its cost, it is free. */
export function failed(ask: Ask, endpoint: string, error: string, charge: number): Reply {
  const told = ask.key.style.creditsUsedField;
  const used = told ? { credits_used: charge } : {};
  return json(200, { success: false, error, ...used, endpoint }, { charge: told ? charge : 0 });
}

export function missingParameter(endpoint: string, error: string, price: number): Reply {
  return json(400, { error, endpoint, credits_required: price });
}

/** A list in the key's style; `turn` decides if styles are mixed. */
export function list(style: AnswerStyle, turn: number, items: readonly unknown[]): unknown {
  const indexed = style.lists === 'indexed' || (style.lists === 'mixed' && turn % 2 === 1);
  return indexed ? Object.fromEntries(items.map((item, index) => [String(index), item])) : items;
}
