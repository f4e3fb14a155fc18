/** Provides the browsers of a benchmark, each with a profile that contains exactly what is measured. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { launchChromium, type Chromium } from '../../tests/harness/chromium.ts';
import { ROOT } from '../command.ts';
import { BENCH_PAGE } from './extension.ts';

const CACHE = join(ROOT, '.cache', 'bench');
/** The code that cached profiles depend on. */
const SOURCES = ['lib/store', 'lib/lists', 'lib/model', 'scripts/bench/page', 'tests/emulator/population'];

export interface BenchBrowser extends Chromium {
  /** The PID of the browser's main process. */
  readonly pid: number;
}

export interface Stage {
  /** Starts a browser with a profile and closes it when `work` is done. */
  readonly inBrowser: <T>(profile: string, work: (browser: BenchBrowser) => Promise<T>) => Promise<T>;
  /** The same with a temporary profile. */
  readonly inNewBrowser: <T>(work: (browser: BenchBrowser) => Promise<T>) => Promise<T>;
  /**
   * A profile that `make` filled, now or in an earlier run of the same code, and what `make` returned. Its creation is
   * not measured.
   */
  readonly profile: <T>(name: string, make: (page: Page) => Promise<T>) => Promise<Profile<T>>;
  /** The browser's version, once one was started. */
  readonly version: () => string;
}

export interface Profile<T> {
  readonly folder: string;
  readonly note: T;
}

/** The PID of the browser's main process. */
export async function pidOf(browser: Pick<Chromium, 'context'>): Promise<number> {
  const connected = browser.context.browser();
  if (connected === null) throw new Error('The browser is not connected.');
  const session = await connected.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const first = processInfo.find(({ type }) => type === 'browser');
  if (first === undefined) throw new Error('The browser does not report its main process.');
  return first.id;
}

async function filesBelow(path: string): Promise<string[]> {
  const full = join(ROOT, path);
  if (path.endsWith('.ts')) return [full];
  const entries = await readdir(full, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** A hash of the code that cached profiles depend on. */
async function versionOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of (await filesBelow(source)).sort()) hash.update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 12);
}

export async function openStage(extensionDir: string): Promise<Stage> {
  const version = await versionOfSources();
  await mkdir(CACHE, { recursive: true });
  let browserVersion = 'unknown';

  async function inBrowser<T>(profile: string, work: (browser: BenchBrowser) => Promise<T>): Promise<T> {
    const browser = await launchChromium({
      extensionDir,
      tlsPort: null,
      userDataDir: profile,
      locale: 'en-US',
      reducedMotion: 'no-preference',
    });
    browserVersion = browser.context.browser()?.version() ?? browserVersion;
    try {
      return await work({ ...browser, pid: await pidOf(browser) });
    } finally {
      await browser.close();
    }
  }

  async function inNewBrowser<T>(work: (browser: BenchBrowser) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), 'followledger-bench-'));
    try {
      return await inBrowser(folder, work);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  }

  async function profile<T>(name: string, make: (page: Page) => Promise<T>): Promise<Profile<T>> {
    const folder = join(CACHE, `${name}-${version}`);
    const noteFile = join(folder, 'note.json');
    try {
      // An earlier run wrote what `make` returned as JSON.
      return { folder, note: JSON.parse(await readFile(noteFile, 'utf8')) as T };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
    for (const old of await readdir(CACHE)) {
      if (old.startsWith(`${name}-`)) await rm(join(CACHE, old), { recursive: true, force: true });
    }
    const unfinished = await mkdtemp(join(CACHE, 'new-'));
    const note = await inBrowser(unfinished, async (browser) =>
      make(await browser.openExtensionPage(BENCH_PAGE)),
    );
    await writeFile(join(unfinished, 'note.json'), JSON.stringify(note ?? null));
    await rename(unfinished, folder);
    return { folder, note };
  }

  return { inBrowser, inNewBrowser, profile, version: () => browserVersion };
}
