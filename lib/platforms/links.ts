/** Reading links: what the platforms have in common. */

/** A handle may follow an `@`. */
export const AT = /^(?:@|%40)/;

/** The parts of a path, without query and hash. */
export function segmentsOf(path: string): readonly string[] {
  return (path.split(/[?#]/)[0] ?? '').split('/').filter((segment) => segment !== '');
}
