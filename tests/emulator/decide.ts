/** Turns a request into its response and charge: key, rate limit, balance, then the provider. */
import type { Reply } from './exchange.ts';
import type { KeyRing } from './keys.ts';
import type { Ask, Provider } from './providers/provider.ts';

export interface Question extends Omit<Ask, 'key'> {
  readonly presentedKey: string | null;
}

/**
 * Decides the answer and charges the key for it.
 * @param respond says what to answer instead of the provider, once the key has passed all checks.
 */
export function decide(
  provider: Provider,
  question: Question,
  keys: KeyRing,
  respond: (request: Ask) => Reply = (request) => provider.respond(request),
): Reply {
  const { presentedKey, ...rest } = question;
  const key = presentedKey === null ? undefined : keys.find(provider.id, presentedKey);
  if (key === undefined) {
    return provider.refuse({ status: 401, keyless: presentedKey === null }, question.path, null);
  }
  const allowance = key.count(provider.bucket(question.path), question.now);
  const limits = provider.limitHeaders(allowance, question.now);
  const withLimits = (reply: Reply): Reply => ({ ...reply, headers: { ...limits, ...reply.headers } });
  if (allowance?.allowed === false) return withLimits(provider.refuse({ status: 429 }, question.path, key));
  const reply = respond({ ...rest, key });
  if (reply.charge > key.balance) {
    const shortage = { status: 402, required: reply.charge, available: Math.max(0, key.balance) };
    return withLimits(provider.refuse(shortage, question.path, key));
  }
  key.charge(reply.charge);
  return withLimits(reply);
}
