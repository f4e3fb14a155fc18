/** Handles: their characters, and when two spellings are one handle. Without the schema library: it also runs on pages. */
import type { Platform } from './platform.ts';

/** Letters and digits of any script, their marks, `_` and `.`; longer than any platform allows. */
export const HANDLE_PATTERN = /^[\p{L}\p{M}\p{N}_.]{1,64}$/u;

/**
 * The form in which two spellings of one handle are equal: composed and case-folded. All platforms ignore case. The two
 * lowercase sigmas are one letter; which of them a capital becomes depends on its place in the word.
 */
export function handleKey(handle: string): string {
  return handle.normalize('NFC').toLowerCase().replaceAll('ς', 'σ');
}

/** Whether an address can name a profile by its ID alone. Then no handle of the platform has a dot. */
const HAS_ID_ADDRESSES: Readonly<Record<Platform, boolean>> = { x: true, tiktok: false };

const ID = /^id\.([0-9]{1,20})$/;

/** Used in place of a handle for a profile whose address contains only the ID (`x.com/i/user/12345`): `id.12345`. */
export function handleOfId(id: string): string {
  return `id.${id}`;
}

/** The ID in what {@link handleOfId} made, as digits; `null` for every handle. */
export function idInHandle(platform: Platform, handle: string): string | null {
  return HAS_ID_ADDRESSES[platform] ? (ID.exec(handle)?.[1] ?? null) : null;
}
