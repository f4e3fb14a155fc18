/**
 * The store packages: compares the archives of `npm run zip` with the build and the sources, and runs the stores'
 * checks.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, run } from '../../scripts/command.ts';
import {
  BROWSERS,
  buildFolder,
  packageFile,
  sourcesFile,
  type BrowserName,
} from '../../scripts/extension.ts';
import { launchChromium } from '../harness/chromium.ts';
import { digests, unpack, type Unpacked } from './unpacked.ts';

const MINUTES = 60_000;

/** Mozilla's own, at the version with which these warnings were reviewed. Not among the dependencies: it adds 60 MB. */
const LINTER = 'addons-linter@10.13.0';

describe.each(BROWSERS)('the package for %s', (browser) => {
  let unpacked: Unpacked;
  beforeAll(async () => {
    unpacked = await unpack(packageFile(browser));
  });
  afterAll(() => unpacked.remove());

  it('contains exactly the files of the build', async () => {
    const files = await digests(unpacked.folder);
    expect(Object.keys(files).length).toBeGreaterThan(20);
    expect(files).toEqual(await digests(buildFolder(browser)));
  });

  it('is a production build, and contains no path of the machine that built it', async () => {
    const files = Object.keys(await digests(unpacked.folder));
    const withPath = files.filter((file) => readFileSync(join(unpacked.folder, file)).includes(ROOT));
    expect(withPath).toEqual([]);
    const draws = files.filter((file) => file.startsWith('chunks/mount-'));
    expect(draws).toHaveLength(1);
    expect(readFileSync(join(unpacked.folder, draws[0] ?? ''), 'utf8')).not.toContain('jsxDEV');
  });

  it('has a manifest that a store accepts: short names, a plain version, and existing files', () => {
    const manifest = JSON.parse(
      readFileSync(join(unpacked.folder, 'manifest.json'), 'utf8'),
    ) as StoreManifest;
    const messages = JSON.parse(
      readFileSync(join(unpacked.folder, '_locales', manifest.default_locale, 'messages.json'), 'utf8'),
    ) as Readonly<Record<string, { readonly message: string }>>;
    const output = (text: string): string => {
      const [, key = ''] = /^__MSG_(\w+)__$/.exec(text) ?? [];
      return messages[key]?.message ?? '';
    };
    // Chrome Web Store: a name of at most 75 characters, a description of at most 132.
    expect(output(manifest.name)).toBe('Followledger');
    expect(output(manifest.description).length).toBeGreaterThan(20);
    expect(output(manifest.description).length).toBeLessThanOrEqual(132);
    expect(manifest.version).toMatch(/^\d{1,5}(\.\d{1,5}){0,3}$/);
    expect(Object.keys(manifest.icons)).toEqual(expect.arrayContaining(['16', '48', '128']));
    const named = [
      ...Object.values(manifest.icons),
      ...manifest.content_scripts.flatMap(({ js }) => js),
      manifest.action.default_popup,
      manifest.options_ui.page,
      manifest.background.service_worker ?? [],
      manifest.background.scripts ?? [],
    ].flat();
    expect(named.filter((file) => !existsSync(join(unpacked.folder, file)))).toEqual([]);
  });
});

interface StoreManifest {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly default_locale: string;
  readonly icons: Readonly<Record<string, string>>;
  readonly content_scripts: readonly { readonly js: readonly string[] }[];
  readonly action: { readonly default_popup: string };
  readonly options_ui: { readonly page: string };
  readonly background: { readonly service_worker?: string; readonly scripts?: readonly string[] };
}

it('Chromium loads its package without warnings', async () => {
  const unpacked = await unpack(packageFile('chrome'));
  const browser = await launchChromium({ extensionDir: unpacked.folder, tlsPort: null, locale: 'en-US' });
  try {
    const page = await browser.context.newPage();
    await page.goto('chrome://extensions');
    const received = await page.evaluate(async () => {
      const { chrome } = globalThis as unknown as {
        chrome: { developerPrivate: { getExtensionsInfo(): Promise<readonly ExtensionInfo[]> } };
      };
      return chrome.developerPrivate.getExtensionsInfo();
    });
    const ours = received.find(({ id }) => id === browser.extensionId);
    expect(ours).toMatchObject({ name: 'Followledger', state: 'ENABLED' });
    expect(ours?.manifestErrors).toEqual([]);
    expect(ours?.runtimeErrors).toEqual([]);
    expect(ours?.installWarnings ?? []).toEqual([]);
    expect(ours?.runtimeWarnings).toEqual([]);
  } finally {
    await browser.close();
    await unpacked.remove();
  }
});

/** The parts of Chromium's information about an extension that are used here. */
interface ExtensionInfo {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly manifestErrors: readonly unknown[];
  readonly runtimeErrors: readonly unknown[];
  readonly runtimeWarnings: readonly unknown[];
  readonly installWarnings?: readonly string[];
}

async function npm(cwd: string, ...args: string[]): Promise<void> {
  const program = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const ended = await run(program, [...args, '--no-audit', '--no-fund'], { cwd, timeout: 10 * MINUTES });
  if (ended.code !== 0) throw new Error(`npm ${args.join(' ')} failed.\n\n${ended.output}`);
}

interface Finding {
  readonly code: string;
  readonly file?: string;
  readonly message: string;
}

/**
 * A finding as `docs/security.md` lists it: its code and its file, without the digest that changes with every
 * build.
 */
function named({ code, file = '' }: Finding): string {
  return `${code} ${file.replace(/-[\w-]{8}\.js$/, '-*.js')}`;
}

/** The rows of the table of warnings. */
function explainedWarnings(): string[] {
  const text = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
  return [...text.matchAll(/^\| `([A-Z_]+)` +\| `([^`]+)` +\| .{40,}\|$/gm)].map(
    ([, code = '', file = '']) => `${code} ${file}`,
  );
}

it(
  'the Firefox add-on linter finds no error in its package, and only warnings that are explained',
  async () => {
    const folder = join(ROOT, '.cache', LINTER.replace('@', '-'));
    if (!existsSync(join(folder, 'node_modules', 'addons-linter'))) {
      await npm(ROOT, 'install', '--prefix', folder, '--ignore-scripts', LINTER);
    }
    const program = join(folder, 'node_modules', 'addons-linter', 'bin', 'addons-linter');
    const ended = await run(process.execPath, [program, '--output', 'json', packageFile('firefox')], {
      timeout: 3 * MINUTES,
    });
    const { errors, warnings } = JSON.parse(ended.output) as Readonly<
      Record<'errors' | 'warnings', readonly Finding[]>
    >;
    expect(errors).toEqual([]);
    expect([...new Set(warnings.map(named))].sort()).toEqual(explainedWarnings().sort());
  },
  5 * MINUTES,
);

it(
  'the sources, in an empty folder, build to the same files',
  async () => {
    const unpacked = await unpack(sourcesFile());
    try {
      expect(existsSync(join(unpacked.folder, 'node_modules'))).toBe(false);
      await npm(unpacked.folder, 'ci');
      await npm(unpacked.folder, 'run', 'build');
      for (const browser of BROWSERS) {
        const built = await digests(join(unpacked.folder, '.output', folderName(browser)));
        expect(built).toEqual(await digests(buildFolder(browser)));
      }
    } finally {
      await unpacked.remove();
    }
  },
  20 * MINUTES,
);

function folderName(browser: BrowserName): string {
  return `${browser}-mv3`;
}
