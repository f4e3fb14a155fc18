import { launchChromium, type Chromium, type ChromiumOptions } from '../../tests/harness/chromium.ts';
import { withGrantedHosts } from '../../tests/harness/granted-hosts.ts';
import { startEmulator, type Emulator } from '../../tests/emulator/emulator.ts';
import { buildExtension } from '../extension.ts';

/** The profile of the demo. Its 2,450 followers are fictional. */
export const SAMPLE = { handle: 'ada_research', url: 'https://x.com/ada_research' } as const;

/** The built extension in a browser in which the emulator serves every address. */
export interface Stage {
  readonly emulator: Emulator;
  readonly browser: Chromium;
  close(): Promise<void>;
}

/** Builds the extension, starts the emulator, and opens the browser. If a step fails, the previous ones are undone. */
export async function openStage(
  options: Partial<ChromiumOptions>,
  log: (line: string) => void,
): Promise<Stage> {
  const undo: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (let end = undo.pop(); end; end = undo.pop()) await end();
  };
  try {
    log('Building the extension …');
    const copy = await withGrantedHosts(await buildExtension('chrome'));
    undo.push(() => copy.remove());
    const emulator = await startEmulator();
    undo.push(() => emulator.close());
    log('Opening the browser …');
    const browser = await launchChromium({
      locale: 'en-US',
      ...options,
      extensionDir: copy.folder,
      tlsPort: emulator.tlsPort,
    });
    undo.push(() => browser.close());
    return { emulator, browser, close };
  } catch (error) {
    await close();
    throw error;
  }
}
