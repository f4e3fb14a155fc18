/**
 * What a response without data means and what it cost: one reading for all providers.
 *
 * Cost: only a response that is recognizably the provider's own error is free. Everything else (a gateway's page, a
 * 2xx other than 200, a time-out on the way) may have been charged, because the request may have reached the provider.
 *
 * Meaning, in this order: transport (http.ts), status, structured code, words. A structured code refines its status;
 * words count only where neither says what happened, and without the handle that the request named.
 */
import { z } from '../zod.ts';
import { failure, type ProviderTrouble } from './failure.ts';
import { anything, section } from './fields.ts';
import type { Answer } from './http.ts';
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
 * Whether a server error is in the form of a host or a framework that stands before the provider (`statusCode`,
 * `timestamp`, a status for a code): it looks like the errors of providers with `{error}`, and none of them sends it.
 */
export function isHostError({ status, json }: Pick<Answer, 'status' | 'json'>): boolean {
  const parsed = hostErrorSchema.safeParse(json);
  if (status < 500 || !parsed.success) return false;
  const { statusCode, timestamp, error } = parsed.data;
  const code = error?.code;
  const isStatus = code === status || code === String(status);
  return statusCode !== undefined || timestamp !== undefined || isStatus;
}

/** The provider's own error, as its adapter recognized it in a response. */
export interface ErrorEnvelope {
  /** Its message, from `Connection.quote`. */
  readonly message: string | null;
  /** What its structured code means; `null` where it has none, or one that is unknown. */
  readonly meaning: ErrorMeaning | null;
  /** What it says that it cost, in the provider's unit; `null` where it says nothing. */
  readonly stated: number | null;
}

export interface ErrorContext {
  /** The handle that the request named; taken out of the message before words are read. */
  readonly handle?: string | null;
  /** What a message means, for providers without structured codes. */
  readonly words?: (message: string) => ErrorMeaning | null;
  /** What such an error costs where it does not say so: free, unless the provider's contract says otherwise. */
  readonly unstated?: number | null;
  /** The provider's own code, shown instead of the HTTP status. */
  readonly code?: number;
}

type Failed = ReturnType<typeof failure>;

/** Statuses that say that the response was lost on its way: whoever sends them does not know what the origin did. */
function isLostOnItsWay(status: number): boolean {
  return status === 408 || status === 499 || status === 504 || (status >= 520 && status <= 530);
}

/** Statuses that need no words (RFC 9110 § 15; 420 is X's "Enhance Your Calm"). */
function isClear(status: number): boolean {
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
      // Without the provider's own words it is another server's 404, at a mistaken base URL.
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

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/**
 * Reads a message without the handle that it may repeat: "User creditkarma not found" does not speak of credits. A
 * handle that is itself such a word ("credits") is put back where nothing else in the message means anything, unless
 * the message marks it as a name.
 */
export function readWords(
  message: string,
  handle: string | null,
  words: (message: string) => ErrorMeaning | null,
): ErrorMeaning | null {
  if (handle === null || handle === '') return words(message);
  const spelled = [handle, encodeURIComponent(handle.toWellFormed())].map(escaped).join('|');
  const named = `(?<![\\p{L}\\p{N}_])(?:${spelled})(?![\\p{L}\\p{N}_])`;
  const mark = `(?:[@"'\`‘“[(]|\\b(?:user|username|account|profile|handle|name)\\b[:\\s]+["'@]?)`;
  const without = message.replaceAll(new RegExp(named, 'giu'), ' ');
  const withoutMarked = message.replaceAll(new RegExp(`(${mark})${named}`, 'giu'), '$1 ');
  return words(without) ?? words(withoutMarked);
}

function meaningOf(status: number, envelope: ErrorEnvelope | null, context: ErrorContext): ErrorMeaning {
  const message = envelope?.message ?? null;
  const byStatus = meaningOfStatus(status, message);
  if (envelope?.meaning != null) return envelope.meaning;
  if (isClear(status) || message === null || context.words === undefined) return byStatus;
  return readWords(message, context.handle ?? null, context.words) ?? byStatus;
}

function withMessage(meaning: ErrorMeaning, status: number, said: string | null): ProviderTrouble {
  switch (meaning.kind) {
    case 'no-credit':
      return {
        kind: 'no-credit',
        required: meaning.required ?? null,
        available: meaning.available ?? null,
        said,
      };
    case 'provider-broken':
    case 'refused-request':
      return { kind: meaning.kind, status, said };
    case 'no-such-profile':
      return { kind: meaning.kind, said, ...(meaning.suspended === true ? { suspended: true } : {}) };
    case 'bad-key':
    case 'not-allowed':
    case 'private-profile':
    case 'hidden-list':
    case 'too-fast':
      return { kind: meaning.kind, said };
  }
}

/** What the response cost: see the rule above. `null` may have been charged. */
function costOf(
  status: number,
  envelope: ErrorEnvelope | null,
  { unstated = 0 }: ErrorContext,
): number | null {
  if (envelope === null) return null;
  return envelope.stated ?? (isLostOnItsWay(status) ? null : unstated);
}

/**
 * The failure that a response without data stands for.
 * @param envelope `null` where nothing in the response is recognizably the provider's own error
 */
export function failedResponse(
  answer: Pick<Answer, 'status' | 'headers' | 'date' | 'receivedAt'>,
  envelope: ErrorEnvelope | null,
  context: ErrorContext = {},
): Failed {
  const { status } = answer;
  const charged = costOf(status, envelope, context);
  if (envelope === null && status >= 200 && status < 300) {
    const why = status === 200 ? 'the response does not have the provider’s format' : 'the status is not 200';
    return failure({ kind: 'unreadable', status, why }, { charged });
  }
  const meaning = meaningOf(status, envelope, context);
  const retryable = meaning.kind === 'too-fast' || meaning.kind === 'provider-broken';
  return failure(withMessage(meaning, context.code ?? status, envelope?.message ?? null), {
    charged,
    retryable,
    retryAfter: retryable ? retryAfter(answer) : null,
  });
}
