/**
 * The envelope around every SociaVault answer, and its documented errors: `{success, data, credits_used, endpoint}`;
 * 400 and 500 `{error}`, 401 `{error, docs}`, 402 `{error, required, available}`.
 */
import { z } from '../../zod.ts';
import { failedResponse, isHostError, type ErrorEnvelope, type ErrorMeaning } from '../error-response.ts';
import type { Result } from '../failure.ts';
import { anything, charge, count, flag, text } from '../fields.ts';
import type { Answer, Connection } from '../http.ts';

/** Every request costs this, says the document; the answer's `credits_used` wins. */
export const CREDITS = 1;

const envelopeSchema = z.object({
  success: flag,
  data: anything,
  credits_used: charge,
  error: anything,
  message: text,
  required: count,
  available: count,
});
type Envelope = z.infer<typeof envelopeSchema>;

/** A user, account or profile that is not available, and not only for now. */
const GONE =
  /\b(?:user|account|profile)\s+(?:is\s+|was\s+)?(?:not available|unavailable|deactivated|deleted)/i;
const FOR_NOW = /tempora|try again|later|moment/i;

/** What a message of SociaVault's means. It has no codes. */
function meaningOfWords(message: string): ErrorMeaning | null {
  if (/\bcredits?\b/i.test(message)) return { kind: 'no-credit' };
  if (/\bapi[ _-]?key\b|\bunauthori[sz]ed\b/i.test(message)) return { kind: 'bad-key' };
  if (/rate limit|too many requests|too fast|slow down/i.test(message)) return { kind: 'too-fast' };
  // What is not there is the address that was asked, not the profile.
  if (/\bendpoint\b|\broute\b/i.test(message)) return { kind: 'refused-request' };
  if (/\bsuspended\b/i.test(message)) return { kind: 'no-such-profile', suspended: true };
  if (/not found|no such|does(?: not|n['’]t) exist/i.test(message)) return { kind: 'no-such-profile' };
  if (GONE.test(message) && !FOR_NOW.test(message)) return { kind: 'no-such-profile' };
  if (/\bhidden\b/i.test(message)) return { kind: 'hidden-list' };
  if (/\bprivate\b|\bprotected\b/i.test(message)) return { kind: 'private-profile' };
  return null;
}

function isSentence(error: unknown): boolean {
  return typeof error === 'string' && error.trim() !== '';
}

/** Whether an answer with status 200 is an error all the same. */
function isRefusal({ success, error }: Envelope): boolean {
  return success === false || (success === null && isSentence(error));
}

/** SociaVault's own error in an answer; `null` where it is somebody else's, or none. */
function readError(answer: Answer, envelope: Envelope | null, connection: Connection): ErrorEnvelope | null {
  if (envelope === null) return null;
  const { success, error, message, required, available, credits_used } = envelope;
  const isOwn = success === false || isSentence(error) || available !== null;
  if (!isOwn && (credits_used === null || answer.status < 300)) return null;
  if (credits_used === null && isHostError(answer)) return null;
  return {
    message: connection.quote(error) ?? connection.quote(message),
    meaning: available === null ? null : { kind: 'no-credit', required, available },
    stated: credits_used,
  };
}

/** What is known beside the data of an answer. */
export interface DataContext {
  readonly answer: Answer;
  readonly charged: number;
  /** The handle that was asked for. */
  readonly handle: string;
  readonly connection: Connection;
}

/** An error inside an answer that calls itself a success, and what is known of it. */
export interface ErrorInside extends Omit<DataContext, 'connection'> {
  /** From `Connection.quote`. */
  readonly message: string | null;
  /** What a structured code means. */
  readonly meaning?: ErrorMeaning | null;
  /** The platform's own code, to be shown. */
  readonly code?: number;
}

/** What an answer that calls itself a success means when its data do not: by its code, by its words, else broken. */
export function refusedInside({ answer, message, meaning = null, charged, handle, code }: ErrorInside) {
  const envelope = { message, meaning, stated: charged };
  return failedResponse(answer, envelope, {
    handle,
    words: meaningOfWords,
    ...(code === undefined ? {} : { code }),
  });
}

/**
 * The data of a good answer with what it cost, or what the answer means instead.
 * @param handle that the request was about
 */
export function open(
  answer: Answer,
  connection: Connection,
  handle: string | null,
): Result<{ data: unknown; charged: number }> {
  const parsed = envelopeSchema.safeParse(answer.json);
  const envelope = parsed.success ? parsed.data : null;
  const isForeign = envelope?.data === undefined && envelope?.success !== true;
  if (answer.status !== 200 || envelope === null || isForeign || isRefusal(envelope)) {
    const error = readError(answer, envelope, connection);
    return failedResponse(answer, error, { handle, words: meaningOfWords });
  }
  return { ok: true, value: { data: envelope.data, charged: envelope.credits_used ?? CREDITS } };
}
