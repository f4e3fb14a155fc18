/** The messages of the built message file, in place of the browser's. */
import { fileURLToPath } from 'node:url';
import { generateChromeMessages, parseMessagesFile } from '@wxt-dev/i18n/build';

const file = fileURLToPath(new URL('../../../../locales/en.yml', import.meta.url));
const messages = generateChromeMessages(await parseMessagesFile(file));

/** Like `browser.i18n.getMessage`, but a missing message is an error. */
export function getMessage(name: string): string {
  const found = messages[name];
  if (found === undefined) throw new Error(`There is no message ${name}.`);
  return found.message;
}
