/** Which of the emulator's requests are what. */
import type { RequestRecord } from '../emulator/exchange.ts';

/** A page of a list, of any provider. */
export function isListPage({ path }: RequestRecord): boolean {
  return (
    /^\/v1\/scrape\/(?:twitter|tiktok)\/(?:followers|followings?)$/.test(path) ||
    /^\/2\/users\/\d+\/(?:followers|following)$/.test(path) ||
    /^\/1\.1\/(?:followers|friends)\/ids\.json$/.test(path) ||
    /^\/v1\/tiktok\/.*\/(?:followers|following)$/.test(path)
  );
}

/** What a list page was asked with. */
export function cursorOf({ query }: RequestRecord): string {
  const { cursor, pagination_token: token, min_time: time } = query;
  return cursor ?? token ?? time ?? '';
}
