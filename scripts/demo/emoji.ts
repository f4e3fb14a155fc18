import { installWithApt } from '../browsers/install.ts';
import { run } from '../command.ts';

const PACKAGE = 'fonts-noto-color-emoji';

/** Whether an installed font has emoji. Only Linux may lack one. */
async function hasEmojiFont(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const { code, output } = await run('fc-list', [':lang=und-zsye', 'family'], { timeout: 30_000 });
  return code === 0 && output.trim() !== '';
}

/**
 * Makes sure that pictures can show emoji: installs a font as root on a system with apt.
 * @returns whether there is one; if not, how to get one is logged
 */
export async function ensureEmojiFont(log: (line: string) => void): Promise<boolean> {
  if (await hasEmojiFont()) return true;
  await installWithApt([PACKAGE], log);
  if (await hasEmojiFont()) return true;
  log(`No installed font has emoji, so the pictures show none. Install one, for example ${PACKAGE}.`);
  return false;
}
