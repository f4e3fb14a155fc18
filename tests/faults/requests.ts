/** Classifies the emulator's requests. */
import type { RequestRecord } from '../emulator/exchange.ts';

/** Whether a request is for a list page, of any provider. */
export function isListPage({ path }: RequestRecord): boolean {
  return (
    /^\/v1\/scrape\/(?:twitter|tiktok)\/(?:followers|followings?)$/.test(path) ||
    /^\/2\/users\/\d+\/(?:followers|following)$/.test(path) ||
    /^\/1\.1\/(?:followers|friends)\/ids\.json$/.test(path) ||
    /^\/v1\/tiktok\/.*\/(?:followers|following)$/.test(path)
  );
}

/** The cursor that a list page was requested with. */
export function cursorOf({ query }: RequestRecord): string {
  const { cursor, pagination_token: token, min_time: time } = query;
  return cursor ?? token ?? time ?? '';
}
