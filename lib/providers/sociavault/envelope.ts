/**
 * The envelope of every SociaVault response, and the documented errors: `{success, data, credits_used, endpoint}`;
 * 400 and 500 `{error}`, 401 `{error, docs}`, 402 `{error, required, available}`.
 */
import { z } from '../../zod.ts';
import { failedResponse, isHostError, type ErrorEnvelope, type ErrorMeaning } from '../error-response.ts';
import type { Result } from '../failure.ts';
import { anything, charge, count, flag, text } from '../fields.ts';
import type { ReceivedResponse, Connection } from '../http.ts';

/** The documented price of a request; the response's `credits_used` takes precedence. */
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

/** A message that a user, account, or profile is unavailable. */
const UNAVAILABLE =
  /\b(?:user|account|profile)\s+(?:is\s+|was\s+)?(?:not available|unavailable|deactivated|deleted)/i;
/** A message about something temporary. */
const TEMPORARY = /tempora|try again|later|moment/i;

/** What a message of SociaVault's means. It has no error codes. */
function meaningOfMessage(message: string): ErrorMeaning | null {
  if (/\bcredits?\b/i.test(message)) return { kind: 'no-credit' };
  if (/\bapi[ _-]?key\b|\bunauthori[sz]ed\b/i.test(message)) return { kind: 'bad-key' };
  if (/rate limit|too many requests|too fast|slow down/i.test(message)) return { kind: 'too-fast' };
  // The endpoint was not found, not the profile.
  if (/\bendpoint\b|\broute\b/i.test(message)) return { kind: 'refused-request' };
  if (/\bsuspended\b/i.test(message)) return { kind: 'no-such-profile', suspended: true };
  if (/not found|no such|does(?: not|n['’]t) exist/i.test(message)) return { kind: 'no-such-profile' };
  if (UNAVAILABLE.test(message) && !TEMPORARY.test(message)) return { kind: 'no-such-profile' };
  if (/\bhidden\b/i.test(message)) return { kind: 'hidden-list' };
  if (/\bprivate\b|\bprotected\b/i.test(message)) return { kind: 'private-profile' };
  return null;
}

function isMessage(error: unknown): boolean {
  return typeof error === 'string' && error.trim() !== '';
}

/** Whether a response with status 200 is an error. */
function isError({ success, error }: Envelope): boolean {
  return success === false || (success === null && isMessage(error));
}

/** SociaVault's own error in a response; `null` if there is none or it is another server's. */
function readError(
  response: ReceivedResponse,
  envelope: Envelope | null,
  connection: Connection,
): ErrorEnvelope | null {
  if (envelope === null) return null;
  const { success, error, message, required, available, credits_used } = envelope;
  const isOwn = success === false || isMessage(error) || available !== null;
  if (!isOwn && (credits_used === null || response.status < 300)) return null;
  if (credits_used === null && isHostError(response)) return null;
  return {
    message: connection.quote(error) ?? connection.quote(message),
    meaning: available === null ? null : { kind: 'no-credit', required, available },
    stated: credits_used,
  };
}

/** A response's context, without its data. */
export interface DataContext {
  readonly response: ReceivedResponse;
  readonly charged: number;
  /** The requested handle. */
  readonly handle: string;
  readonly connection: Connection;
}

/** An error in the data of a response whose envelope reports success. */
export interface ErrorInside extends Omit<DataContext, 'connection'> {
  /** From `Connection.quote`. */
  readonly message: string | null;
  /** What a structured code means. */
  readonly meaning?: ErrorMeaning | null;
  /** The platform's own code, for display. */
  readonly code?: number;
}

/** The failure for an error in the data of a successful envelope, by its code or its message; otherwise `provider-broken`. */
export function refusedInside({ response, message, meaning = null, charged, handle, code }: ErrorInside) {
  const envelope = { message, meaning, stated: charged };
  return failedResponse(response, envelope, {
    handle,
    words: meaningOfMessage,
    ...(code === undefined ? {} : { code }),
  });
}

/**
 * The data of a successful response and its cost, or the failure that the response means.
 * @param handle the requested handle
 */
export function open(
  response: ReceivedResponse,
  connection: Connection,
  handle: string | null,
): Result<{ data: unknown; charged: number }> {
  const parsed = envelopeSchema.safeParse(response.json);
  const envelope = parsed.success ? parsed.data : null;
  const isForeign = envelope?.data === undefined && envelope?.success !== true;
  if (response.status !== 200 || envelope === null || isForeign || isError(envelope)) {
    const error = readError(response, envelope, connection);
    return failedResponse(response, error, { handle, words: meaningOfMessage });
  }
  return { ok: true, value: { data: envelope.data, charged: envelope.credits_used ?? CREDITS } };
}
