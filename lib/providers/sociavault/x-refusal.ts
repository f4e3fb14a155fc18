/** X's own errors inside SociaVault's data: next to a list or a profile, or instead of them. */
import { z } from '../../zod.ts';
import type { ErrorMeaning } from '../error-response.ts';
import type { Result } from '../failure.ts';
import { anything, count, first, readList, section, text } from '../fields.ts';
import { meaningOfXCode } from '../x-errors.ts';
import { refusedInside, type DataContext } from './envelope.ts';

export type Refused = Extract<Result<never>, { ok: false }>;

const dataSchema = z.object({
  error: anything,
  message: text,
  errors: anything,
  data: section({ errors: anything }),
});
const xErrorSchema = z.object({ code: count, message: text, extensions: section({ code: count }) });

interface XError {
  readonly code: number | null;
  readonly message: string | null;
}

function readErrors(errors: unknown): XError[] {
  return (readList(errors) ?? []).flatMap((value) => {
    const parsed = xErrorSchema.safeParse(value);
    if (!parsed.success) return [];
    const code = first(parsed.data.code, parsed.data.extensions?.code);
    return code === null && parsed.data.message === null ? [] : [{ code, message: parsed.data.message }];
  });
}

/** X's errors about credentials are about SociaVault's own, so the user can't fix them. */
function meaningOf(code: number | null): ErrorMeaning | null {
  switch (meaningOfXCode(code)) {
    case null:
      return null;
    case 'no-such-profile':
      return { kind: 'no-such-profile' };
    case 'suspended':
      return { kind: 'no-such-profile', suspended: true };
    case 'private':
      return { kind: 'private-profile' };
    case 'too-fast':
      return { kind: 'too-fast' };
    case 'credentials':
    case 'access':
    case 'internal':
      return { kind: 'provider-broken' };
  }
}

/** The failure for data whose `error` is `true` or a message; `null` for other data. */
export function refusalOfData(data: unknown, { connection, ...context }: DataContext): Refused | null {
  const parsed = dataSchema.safeParse(data);
  if (!parsed.success) return null;
  const { error, message } = parsed.data;
  const isError = error === true || (typeof error === 'string' && error.trim() !== '');
  if (!isError) return null;
  return refusedInside({ ...context, message: connection.quote(error) ?? connection.quote(message) });
}

/** The failure for X's errors inside the data; `null` if there are none. The first error with a known meaning counts. */
export function refusalOfErrors(data: unknown, { connection, ...context }: DataContext): Refused | null {
  const parsed = dataSchema.safeParse(data);
  if (!parsed.success) return null;
  const errors = [...readErrors(parsed.data.errors), ...readErrors(parsed.data.data?.errors)];
  const error = errors.find(({ code }) => meaningOf(code) !== null) ?? errors[0];
  if (error === undefined) return null;
  const { code } = error;
  const message = connection.quote(error.message);
  return refusedInside({ ...context, message, meaning: meaningOf(code), ...(code === null ? {} : { code }) });
}

/** Whether a failure is about the profile, not about the request. */
export function isAboutProfile({ failure }: Refused): boolean {
  const { kind } = failure.trouble;
  return kind === 'no-such-profile' || kind === 'private-profile';
}
