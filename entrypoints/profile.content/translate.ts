/**
 * Messages from the message file, in little code. The keys are those of `#i18n`, whose runtime alone would take 5% of the
 * content script's size limit.
 */
import type { GeneratedI18nStructure } from '#i18n';
import { browser } from '@wxt-dev/browser';

export type Key = keyof GeneratedI18nStructure;

export type Values = Readonly<Record<string, string | number>>;

/** Accepts any name; {@link Key} restricts it here. */
const messages: { getMessage(name: string): string } = browser.i18n;

/**
 * The message for `key`, with its `{names}` replaced.
 * @param n selects the plural form; the message file separates forms with bars:
 *   `one | more`, or `none | one | more`
 */
export function translate(key: Key, values: Values = {}, n = 2): string {
  const forms = messages.getMessage(key.replaceAll('.', '_')).split(' | ');
  const form = forms.at(Math.min(n, 2) - 3) ?? forms.at(-1) ?? '';
  return form.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** A count in full, grouped: `84,210`. */
export function count(n: number): string {
  return n.toLocaleString();
}
