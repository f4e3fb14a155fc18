/** Reads what is typed to find an account. Pure. */
import { accountIdSchema } from '../../../lib/model/ids.ts';
import { PLATFORMS } from '../../../lib/model/platform.ts';
import { platformsOf, readHandleOrLink } from '../../../lib/platforms/field.ts';
import type { WantedAccount } from '../../../lib/sets/find-account.ts';

/** The numbers of X and TikTok, and TikTok's other IDs. Shorter numbers are handles only. */
const ID = /^(?:\d{5,20}|MS4w[\w-]{60,})$/;

/** A handle, a link to a profile, or an ID; `null` if a text is none of them. */
export function readWantedAccount(text: string): WantedAccount | null {
  const typed = text.trim();
  const id = ID.test(typed) ? (accountIdSchema.safeParse(typed).data ?? null) : null;
  const platforms = platformsOf(typed);
  const [only] = platforms.length === 1 ? platforms : [];
  const profile = readHandleOrLink(typed, platforms[0] ?? PLATFORMS[0] ?? 'x');
  if (profile === null) return id === null ? null : { handle: null, platform: null, id };
  const isLink = platforms.length === 0;
  // A number can be the ID of an account on either platform.
  const platform = isLink ? profile.platform : id === null ? (only ?? null) : null;
  return { handle: profile.handle, platform, id };
}
