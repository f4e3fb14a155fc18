/**
 * What a response without data means and what it cost, for all providers.
 *
 * Cost: only a response that is recognizably the provider's own error is free. Everything else (a gateway's page, a
 * 2xx other than 200, a gateway timeout) may have been charged, because the request may have reached the provider.
 *
 * Meaning, in this order: transport (http.ts), status, structured code, message text. A structured code refines its
 * status. The text is used only if neither is specific, and without the handle that was requested.
 */
import { z } from '../zod.ts';
import { failure, type ProviderError } from './failure.ts';
import { anything, section } from './fields.ts';
import type { ReceivedResponse } from './http.ts';
import { retryAfter } from './retry-after.ts';

/** An error without the provider's message. */
export type ErrorMeaning =
  | {
      readonly kind:
        | 'bad-key'
        | 'not-allowed'
        | 'private-profile'
        | 'hidden-list'
        | 'too-fast'
        | 'provider-broken'
        | 'refused-request';
    }
  | { readonly kind: 'no-credit'; readonly required?: number | null; readonly available?: number | null }
  | { readonly kind: 'no-such-profile'; readonly suspended?: boolean };

const hostErrorSchema = z.object({
  statusCode: anything,
  timestamp: anything,
  error: section({ code: anything }),
});

/**
 * Whether a server error has the format of a hosting platform or framework in front of the provider (`statusCode`,
 * `timestamp`, a status as the code). It resembles the errors of providers that use `{error}`, but none of them sends
 * it.
 */
export function isHostError({ status, json }: Pick<ReceivedResponse, 'status' | 'json'>): boolean {
  const parsed = hostErrorSchema.safeParse(json);
  if (status < 500 || !parsed.success) return false;
  const { statusCode, timestamp, error } = parsed.data;
  const code = error?.code;
  const isStatus = code === status || code === String(status);
  return statusCode !== undefined || timestamp !== undefined || isStatus;
}

/** The provider's own error, as recognized by its adapter. */
export interface ErrorEnvelope {
  /** Its message, from `Connection.quote`. */
  readonly message: string | null;
  /** What its structured code means; `null` if it has none or an unknown one. */
  readonly meaning: ErrorMeaning | null;
  /** The stated cost, in the provider's unit; `null` if none is stated. */
  readonly stated: number | null;
}

export interface ErrorContext {
  /** The requested handle. It is removed from the message before the text is interpreted. */
  readonly handle?: string | null;
  /** What a message means, for providers without structured codes. */
  readonly words?: (message: string) => ErrorMeaning | null;
  /** The cost of such an error if it states none. By default it is free. */
  readonly unstated?: number | null;
  /** The most that it may have cost if that is not certain, where that is less than a good response. */
  readonly atMost?: number;
  /** The provider's own code, shown instead of the HTTP status. */
  readonly code?: number;
}

type Failed = ReturnType<typeof failure>;

/** Whether a gateway lost the response: it does not know what the origin did. */
function isLostInTransit(status: number): boolean {
  return status === 408 || status === 499 || status === 504 || (status >= 520 && status <= 530);
}

/** Whether the status alone is specific enough (RFC 9110 § 15; 420 is X's "Enhance Your Calm"). */
function isSpecific(status: number): boolean {
  return [401, 402, 420, 429].includes(status);
}

function meaningOfStatus(status: number, message: string | null): ErrorMeaning {
  switch (status) {
    case 401:
      return { kind: 'bad-key' };
    case 402:
      return { kind: 'no-credit' };
    case 403:
      return { kind: 'not-allowed' };
    case 404:
      // Without a message from the provider it is another server's 404: the base URL is wrong.
      return { kind: message === null ? 'refused-request' : 'no-such-profile' };
    case 420:
    case 429:
      return { kind: 'too-fast' };
    case 408:
    case 499:
      return { kind: 'provider-broken' };
    default:
      return { kind: status >= 500 || status < 300 ? 'provider-broken' : 'refused-request' };
  }
}

function escapeRegExp(readMeaning: string): string {
  return readMeaning.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/**
 * Interprets a message without the handle that it may repeat: "User creditkarma not found" is not about credits. If the
 * rest of the message has no meaning, the handle may be a word of it ("credits"), so it is put back unless the message
 * marks it as a name.
 */
export function readErrorText(
  message: string,
  handle: string | null,
  readMeaning: (message: string) => ErrorMeaning | null,
): ErrorMeaning | null {
  if (handle === null || handle === '') return readMeaning(message);
  const spellings = [handle, encodeURIComponent(handle.toWellFormed())].map(escapeRegExp).join('|');
  const named = `(?<![\\p{L}\\p{N}_])(?:${spellings})(?![\\p{L}\\p{N}_])`;
  const mark = `(?:[@"'\`‘“[(]|\\b(?:user|username|account|profile|handle|name)\\b[:\\s]+["'@]?)`;
  const withoutHandle = message.replaceAll(new RegExp(named, 'giu'), ' ');
  const withoutMarkedHandle = message.replaceAll(new RegExp(`(${mark})${named}`, 'giu'), '$1 ');
  return readMeaning(withoutHandle) ?? readMeaning(withoutMarkedHandle);
}

function meaningOf(status: number, envelope: ErrorEnvelope | null, context: ErrorContext): ErrorMeaning {
  const message = envelope?.message ?? null;
  const byStatus = meaningOfStatus(status, message);
  if (envelope?.meaning != null) return envelope.meaning;
  if (isSpecific(status) || message === null || context.words === undefined) return byStatus;
  return readErrorText(message, context.handle ?? null, context.words) ?? byStatus;
}

function withMessage(meaning: ErrorMeaning, status: number, providerMessage: string | null): ProviderError {
  switch (meaning.kind) {
    case 'no-credit':
      return {
        kind: 'no-credit',
        required: meaning.required ?? null,
        available: meaning.available ?? null,
        said: providerMessage,
      };
    case 'provider-broken':
    case 'refused-request':
      return { kind: meaning.kind, status, said: providerMessage };
    case 'no-such-profile':
      return {
        kind: meaning.kind,
        said: providerMessage,
        ...(meaning.suspended === true ? { suspended: true } : {}),
      };
    case 'bad-key':
    case 'not-allowed':
    case 'private-profile':
    case 'hidden-list':
    case 'too-fast':
      return { kind: meaning.kind, said: providerMessage };
  }
}

/** What the response cost, by the rule above; `null` if it may have been charged. */
function costOf(
  status: number,
  envelope: ErrorEnvelope | null,
  { unstated = 0 }: ErrorContext,
): number | null {
  if (envelope === null) return null;
  return envelope.stated ?? (isLostInTransit(status) ? null : unstated);
}

/**
 * Creates the failure for a response without data.
 * @param envelope `null` if the response is not recognizably the provider's own error
 */
export function failedResponse(
  response: Pick<ReceivedResponse, 'status' | 'headers' | 'date' | 'receivedAt'>,
  envelope: ErrorEnvelope | null,
  context: ErrorContext = {},
): Failed {
  const { status } = response;
  const charged = costOf(status, envelope, context);
  if (envelope === null && status >= 200 && status < 300) {
    const why = status === 200 ? 'the response does not have the provider’s format' : 'the status is not 200';
    return failure({ kind: 'unreadable', status, why }, { charged });
  }
  const meaning = meaningOf(status, envelope, context);
  const retryable = meaning.kind === 'too-fast' || meaning.kind === 'provider-broken';
  return failure(withMessage(meaning, context.code ?? status, envelope?.message ?? null), {
    charged,
    // A gateway may stand for a good response.
    atMost: charged === null && envelope !== null && !isLostInTransit(status) ? context.atMost : undefined,
    retryable,
    retryAfter: retryable ? retryAfter(response) : null,
  });
}
