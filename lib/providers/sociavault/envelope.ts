/**
 * The envelope around every SociaVault answer, and its documented errors: `{success, data, credits_used, endpoint}`;
 * 400 and 500 `{error}`, 401 `{error, docs}`, 402 `{error, required, available}`.
 */
import { z } from '../../zod.ts';
import type { ProviderTrouble, Result } from '../adapter.ts';
import { anything, count, flag, text } from '../fields.ts';
import { failure, type Answer, type Connection } from '../http.ts';
import { retryAfter } from '../retry-after.ts';

/** Every request costs this, says the document; the answer's `credits_used` wins. */
export const CREDITS = 1;

const envelopeSchema = z.object({
  success: flag,
  data: anything,
  credits_used: count,
  error: anything,
  message: text,
  required: count,
  available: count,
});

/** What a provider's sentence means, where it says so. */
export function troubleOfWords(said: string): ProviderTrouble | null {
  const quoted = { said };
  if (/credit/i.test(said)) return { kind: 'no-credit', required: null, available: null, ...quoted };
  if (/not found|no such|does(?: not|n't) exist|suspended/i.test(said))
    return { kind: 'no-such-profile', ...quoted };
  if (/private|protected/i.test(said)) return { kind: 'private-profile', ...quoted };
  if (/hidden/i.test(said)) return { kind: 'hidden-list', ...quoted };
  return null;
}

/** The data of a good answer with what it cost, or what the answer means instead. */
export function open(answer: Answer, connection: Connection): Result<{ data: unknown; charged: number }> {
  const { status } = answer;
  const parsed = envelopeSchema.safeParse(answer.json);
  const envelope = parsed.success ? parsed.data : null;
  const said = connection.quote(envelope?.error) ?? connection.quote(envelope?.message);
  const free = { charged: 0 };
  if (status === 401) return failure({ kind: 'bad-key', said }, free);
  if (status === 402 || (status === 403 && /credit/i.test(said ?? ''))) {
    const { required = null, available = null } = envelope ?? {};
    return failure({ kind: 'no-credit', required, available, said }, free);
  }
  if (status === 403) return failure({ kind: 'not-allowed', said }, free);
  if (status === 404) return failure({ kind: 'no-such-profile', said }, free);
  if (status === 429) {
    return failure({ kind: 'too-fast', said }, { ...free, retryable: true, retryAfter: retryAfter(answer) });
  }
  if (status >= 500) {
    const trouble = { kind: 'provider-broken', status, said } as const;
    return failure(trouble, { ...free, retryable: true, retryAfter: retryAfter(answer) });
  }
  if (status !== 200) return failure({ kind: 'refused-request', status, said }, free);
  if (envelope === null) {
    return failure({ kind: 'unreadable', status, why: 'the answer is not a JSON object' }, { charged: null });
  }
  const charged = envelope.credits_used ?? CREDITS;
  if (envelope.success === false) {
    const trouble = troubleOfWords(said ?? '') ?? ({ kind: 'provider-broken', status, said } as const);
    return failure(trouble, {
      charged: envelope.credits_used ?? 0,
      retryable: trouble.kind === 'provider-broken',
    });
  }
  return { ok: true, value: { data: envelope.data, charged } };
}
