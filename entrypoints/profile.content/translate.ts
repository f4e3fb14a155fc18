/**
 * Sentences out of the message file, in little room. The keys are those of `#i18n`; its run-time half alone would take
 * a twentieth of the budget of a script that is loaded into every page.
 */
import type { GeneratedI18nStructure } from '#i18n';
import { browser } from '@wxt-dev/browser';

export type Key = keyof GeneratedI18nStructure;

export type Values = Readonly<Record<string, string | number>>;

/** Typed by name elsewhere; here {@link Key} is the type. */
const messages: { getMessage(name: string): string } = browser.i18n;

/**
 * The sentence `key` with its `{names}` filled in.
 * @param n chooses among the forms of a sentence about a number, which the message file joins by bars:
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
