/**
 * How to read the follow time in each provider's cursors. Readers of lists use this table: it spares them the adapters,
 * which they don't need. Each adapter uses the same functions; a test holds that.
 */
import { providerIdSchema, type Cursor, type ProviderId } from '../model/ids.ts';
import { timeInPair, timeInPosition, timeInSeconds, timeInToken } from './follow-times.ts';

export type CursorTime = (cursor: Cursor) => number | null;

export const cursorTimes = {
  /** Cursors of X contain a bar; those of TikTok are seconds. */
  sociavault: (cursor: Cursor) => (cursor.includes('|') ? timeInPair(cursor) : timeInSeconds(cursor)),
  socialfetch: timeInSeconds,
  /** The form of its cursors is not documented, and none has been seen. */
  'twitterapi-io': () => null,
  /** Cursors of its older documentation are no times: their position is out of range, which gives `null`. */
  socialdata: timeInPair,
  'x-v2': timeInToken,
  'x-v1.1': timeInPosition,
} as const satisfies Record<string, CursorTime>;

const BY_ID = new Map<ProviderId, CursorTime>(
  Object.entries(cursorTimes).map(([id, read]) => [providerIdSchema.parse(id), read]),
);

/** `undefined` if the provider is unknown, or its cursors state no times. */
export function cursorTimeOf(provider: ProviderId): CursorTime | undefined {
  return BY_ID.get(provider);
}
