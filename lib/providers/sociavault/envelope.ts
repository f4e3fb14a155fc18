/**
 * The envelope around every SociaVault answer, and its documented errors: `{success, data, credits_used, endpoint}`;
 * 400 and 500 `{error}`, 401 `{error, docs}`, 402 `{error, required, available}`.
 */
import { z } from '../../zod.ts';
import { failure, type ProviderTrouble, type Result } from '../failure.ts';
import { anything, count, flag, text } from '../fields.ts';
import type { Answer, Connection } from '../http.ts';
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

/** What is not there is the address that was asked, not the profile. */
const NO_SUCH_ADDRESS = /endpoint|route/i;

/** What a provider's sentence means, where it says so. */
function troubleOfWords(said: string): ProviderTrouble | null {
  const quoted = { said };
  if (/credit/i.test(said)) return { kind: 'no-credit', required: null, available: null, ...quoted };
  if (/api[ _-]?key|unauthori[sz]ed/i.test(said)) return { kind: 'bad-key', ...quoted };
  if (/rate limit|too many requests|too fast|slow down/i.test(said)) return { kind: 'too-fast', ...quoted };
  if (NO_SUCH_ADDRESS.test(said)) return null;
  if (/not found|no such|does(?: not|n['’]t) exist|suspended/i.test(said))
    return { kind: 'no-such-profile', ...quoted };
  if (/hidden/i.test(said)) return { kind: 'hidden-list', ...quoted };
  if (/private|protected/i.test(said)) return { kind: 'private-profile', ...quoted };
  return null;
}

/** What a status says by itself, where it is none of a good answer. */
function troubleOfStatus(status: number, said: string | null): ProviderTrouble {
  switch (status) {
    case 401:
      return { kind: 'bad-key', said };
    case 403:
      return { kind: 'not-allowed', said };
    case 404:
      // Without the provider's own words it is some other server's 404, at a mistaken base URL.
      return said === null || NO_SUCH_ADDRESS.test(said)
        ? { kind: 'refused-request', status, said }
        : { kind: 'no-such-profile', said };
    case 429:
      return { kind: 'too-fast', said };
    default:
      return status >= 500
        ? { kind: 'provider-broken', status, said }
        : { kind: 'refused-request', status, said };
  }
}

function isRetryable({ kind }: ProviderTrouble): boolean {
  return kind === 'too-fast' || kind === 'provider-broken';
}

/**
 * What an answer that calls itself a success means when its data do not: by its words, else broken.
 * @param status what to show as the provider's code.
 */
export function refusedInside(status: number, said: string | null, charged: number) {
  const trouble = troubleOfWords(said ?? '') ?? ({ kind: 'provider-broken', status, said } as const);
  return failure(trouble, { charged, retryable: isRetryable(trouble) });
}

/** The data of a good answer with what it cost, or what the answer means instead. */
export function open(answer: Answer, connection: Connection): Result<{ data: unknown; charged: number }> {
  const { status } = answer;
  const parsed = envelopeSchema.safeParse(answer.json);
  const envelope = parsed.success ? parsed.data : null;
  const said = connection.quote(envelope?.error) ?? connection.quote(envelope?.message);
  const used = envelope?.credits_used ?? null;
  const { required = null, available = null } = envelope ?? {};
  const speaksOfCredit = /credit/i.test(said ?? '') || available !== null;
  if (status === 402 || (status === 403 && speaksOfCredit)) {
    return failure({ kind: 'no-credit', required, available, said }, { charged: used ?? 0 });
  }
  if (status !== 200) {
    const trouble = troubleOfStatus(status, said);
    return failure(trouble, {
      charged: used ?? 0,
      retryable: isRetryable(trouble),
      retryAfter: isRetryable(trouble) ? retryAfter(answer) : null,
    });
  }
  if (envelope === null) {
    return failure({ kind: 'unreadable', status, why: 'the answer is not a JSON object' }, { charged: null });
  }
  if (envelope.success === false) return refusedInside(status, said, used ?? 0);
  return { ok: true, value: { data: envelope.data, charged: used ?? CREDITS } };
}
