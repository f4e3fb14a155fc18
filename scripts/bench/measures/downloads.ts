/** Watches the downloads of a browser. */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchBrowser } from '../stage.ts';

/** A receipt may be saved with a file. Its name ends like one of the formats. */
const RECEIPT = '.receipt.json';

function isWanted(name: string, ending: string): boolean {
  return name.endsWith(ending) && !name.endsWith(RECEIPT);
}

export interface Downloads {
  /** The size of the next complete file with this ending, except receipts. */
  readonly next: (ending: string) => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Makes the browser save into a temporary folder and reports when a file is complete. */
export async function watchDownloads(browser: BenchBrowser): Promise<Downloads> {
  const connected = browser.context.browser();
  if (connected === null) throw new Error('The browser is not connected.');
  const folder = await mkdtemp(join(tmpdir(), 'followledger-downloads-'));
  const session = await connected.newBrowserCDPSession();
  const names = new Map<string, string>();
  const waiting = new Map<string, (name: string) => void>();
  session.on('Browser.downloadWillBegin', ({ guid, suggestedFilename }) => {
    names.set(guid, suggestedFilename);
  });
  session.on('Browser.downloadProgress', ({ guid, state }) => {
    const name = names.get(guid);
    if (state !== 'completed' || name === undefined) return;
    for (const [ending, done] of waiting) if (isWanted(name, ending)) done(name);
  });
  await session.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    downloadPath: folder,
    eventsEnabled: true,
  });
  return {
    next: async (ending) => {
      const done = Promise.withResolvers<string>();
      waiting.set(ending, done.resolve);
      await done.promise;
      waiting.delete(ending);
      const files = (await readdir(folder)).filter((name) => isWanted(name, ending));
      let size = 0;
      for (const file of files) {
        size += (await stat(join(folder, file))).size;
        await rm(join(folder, file));
      }
      return size;
    },
    close: async () => {
      await session.detach();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
