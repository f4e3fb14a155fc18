/** `npm run build [chrome] [firefox]`: the extension for both browsers, or for those named. */
import { BROWSERS, buildExtension, type BrowserName } from './extension.ts';

const named = process.argv.slice(2);
const unknown = named.filter((name) => !BROWSERS.some((browser) => browser === name));
if (unknown.length > 0) {
  console.error(`Unknown browser: ${unknown.join(', ')}. Known: ${BROWSERS.join(', ')}.`);
  process.exit(1);
}
const selected: readonly BrowserName[] =
  named.length === 0 ? BROWSERS : BROWSERS.filter((name) => named.includes(name));

// Sequentially, because both write the generated types.
for (const browser of selected) {
  try {
    console.log(`Built for ${browser}: ${await buildExtension(browser)}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
