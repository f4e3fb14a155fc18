/** TikTok's own errors inside SociaVault's data. These responses were charged. */
import { z } from '../../zod.ts';
import type { Result } from '../failure.ts';
import { anything, first, flag, nonEmpty, text } from '../fields.ts';
import { refusedInside, type DataContext } from './envelope.ts';

/** The TikTok status codes that were observed (docs/providers.md). */
const STATUS_CODES: Readonly<Record<string, 'hidden-list' | 'private-profile' | 'no-such-profile'>> = {
  2065: 'no-such-profile',
  10202: 'no-such-profile',
  10221: 'no-such-profile',
  10222: 'private-profile',
  2096: 'hidden-list',
  3002060: 'hidden-list',
};

const statusSchema = z.object({
  success: flag,
  status_code: anything,
  statusCode: anything,
  status_msg: text,
  statusMsg: text,
});

/** A status code other than 0. 0 is no error, but another field may have a code. */
function readCode(value: unknown): string | null {
  const digits = typeof value === 'number' ? String(value) : value;
  return typeof digits === 'string' && /^-?[1-9]\d{0,14}$/.test(digits) ? digits : null;
}

/** The failure for data with a code other than 0 or `success: false`; `null` for other data. */
export function refusalOfTikTok(
  data: unknown,
  { response, charged, handle, connection }: DataContext,
): Extract<Result<never>, { ok: false }> | null {
  const parsed = statusSchema.safeParse(data);
  if (!parsed.success) return null;
  const { success, status_code, statusCode, status_msg, statusMsg } = parsed.data;
  const codes = [readCode(status_code), readCode(statusCode)].filter((code) => code !== null);
  const code = codes.find((found) => STATUS_CODES[found] !== undefined) ?? codes[0] ?? '0';
  if (code === '0' && success !== false) return null;
  const message = connection.quote(first(nonEmpty(status_msg), nonEmpty(statusMsg)));
  const kind = STATUS_CODES[code];
  const meaning = kind === undefined ? null : { kind };
  return refusedInside({ response, message, meaning, charged, handle, code: Number(code) });
}
