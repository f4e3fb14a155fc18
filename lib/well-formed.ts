/** Text as every file format can carry it. Applied wherever text enters: nothing below this file knows of it. */

// eslint-disable-next-line no-control-regex -- finding control characters is its purpose
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g;

/**
 * Makes text well-formed: lone surrogates, and C0 controls other than tab, LF and CR, become U+FFFD. XML 1.0 allows
 * neither, and UTF-8 has no form for the first.
 */
export function wellFormed(text: string): string {
  return text.toWellFormed().replace(CONTROLS, '\uFFFD');
}
