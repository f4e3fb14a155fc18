/** The built message file's answers, in place of the browser's. */
import { fileURLToPath } from 'node:url';
import { generateChromeMessages, parseMessagesFile } from '@wxt-dev/i18n/build';

const file = fileURLToPath(new URL('../../../../locales/en.yml', import.meta.url));
const messages = generateChromeMessages(await parseMessagesFile(file));

/** As `browser.i18n.getMessage`, but a message that is missing is an error. */
export function getMessage(name: string): string {
  const found = messages[name];
  if (found === undefined) throw new Error(`There is no message ${name}.`);
  return found.message;
}
