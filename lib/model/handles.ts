/** Handles: their characters, and when two spellings are one handle. Without the schema library: it runs on pages too. */

/** Letters and digits of any script, their marks, `_` and `.`; longer than any platform allows. */
export const HANDLE_PATTERN = /^[\p{L}\p{M}\p{N}_.]{1,64}$/u;

/**
 * The form in which two spellings of one handle are equal: composed and case-folded. Both platforms ignore case. The two
 * small sigmas are one letter; which of them stands for a capital depends on its place in the word.
 */
export function handleKey(handle: string): string {
  return handle.normalize('NFC').toLowerCase().replaceAll('ς', 'σ');
}

const ID = /^id\.([0-9]{1,20})$/;

/**
 * What stands in a handle's place for a profile on X of which an address names only the id (`x.com/i/user/12345`):
 * `id.12345`. No handle of X has a dot.
 */
export function handleOfId(id: string): string {
  return `id.${id}`;
}

/** The id in what {@link handleOfId} made, as digits; `null` for every handle. */
export function idInHandle(platform: string, handle: string): string | null {
  return platform === 'x' ? (ID.exec(handle)?.[1] ?? null) : null;
}
