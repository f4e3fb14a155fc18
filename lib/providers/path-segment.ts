/** A separate file, so that the extension pages load the adapters' price lists without the code that sends requests. */

/** A value as one segment of a call's path; `null` if that is impossible: `..` would change the path. */
export function segment(value: string): string | null {
  return /^\.{0,2}$/.test(value) ? null : encodeURIComponent(value.toWellFormed());
}
