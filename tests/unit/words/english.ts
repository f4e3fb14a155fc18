/** The message file as the browser reads it, for tests of sentences. */
import { generateChromeMessagesText, parseMessagesFile } from '@wxt-dev/i18n/build';
import { fileURLToPath } from 'node:url';
import { browser } from 'wxt/browser';
import { vi } from 'vitest';

interface Message {
  readonly message: string;
}

const file = fileURLToPath(new URL('../../../locales/en.yml', import.meta.url));
const messages = JSON.parse(generateChromeMessagesText(await parseMessagesFile(file))) as Record<
  string,
  Message
>;
const byKey = new Map(Object.entries(messages).map(([key, { message }]) => [key.toLowerCase(), message]));

/** Browsers fill in `$1` to `$9`, and an unknown key returns an empty text. */
function getMessage(key: string, substitutions: string | string[] = []): string {
  const list = typeof substitutions === 'string' ? [substitutions] : substitutions;
  return (byKey.get(key.toLowerCase()) ?? '').replace(
    /\$([1-9])/g,
    (_, n: string) => list[Number(n) - 1] ?? '',
  );
}

/** Makes the code under test use the English texts in `locales/en.yml`; a missing key fails the test. */
export function speakEnglish(): void {
  vi.spyOn(browser.i18n, 'getMessage').mockImplementation(
    (key: string, substitutions?: string | string[]) => {
      const message = getMessage(key, substitutions);
      if (message === '') throw new Error(`There is no message "${key}".`);
      return message;
    },
  );
}

/** Every key of the message file, as the browser spells it. */
export const keys: readonly string[] = Object.keys(messages);
