/** A real Chromium with the built extension, at the real URLs: every host name resolves to the emulator's port. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright';
import { ensureChromium } from '../../scripts/browsers/chromium.ts';
import { until } from './until.ts';

export interface ChromiumOptions {
  /** The unpacked extension. If hosts must be granted, see `withGrantedHosts`. */
  readonly extensionDir: string;
  /** The port to which all host names resolve, for TLS and plain HTTP; with `null` none resolves. */
  readonly tlsPort: number | null;
  /** A profile to keep and reopen. Without it, a new one is created, and removed by `close`. */
  readonly userDataDir?: string;
  /** Default: true. */
  readonly headless?: boolean;
  /** Also the language of the browser itself, and so of the extension. */
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce' | 'no-preference';
  /** The viewport of pages that the test opens; `null` uses the window's size. */
  readonly viewport?: { readonly width: number; readonly height: number } | null;
  readonly deviceScaleFactor?: number;
  readonly timezoneId?: string;
  /** Leaves the welcome page of a new profile open; by default it is closed. */
  readonly keepWelcome?: boolean;
  /** Lets the extension reload itself and the debugging connection load it; see {@link Chromium.loadAgain}. */
  readonly loadsAgain?: boolean;
  /** A file for what the browser logs, the consoles of all the extension's contexts included. */
  readonly logFile?: string;
}

export interface Chromium {
  readonly context: BrowserContext;
  readonly extensionId: string;
  readonly userDataDir: string;
  /** An extension page, e.g. `dashboard.html?list=1`, in its own tab. */
  openExtensionPage(path: string): Promise<Page>;
  /** The popup's page in a tab, in the popup's size. */
  openPopupPage(): Promise<Page>;
  openOptions(): Promise<Page>;
  /** Whether the background's service worker is running. */
  workerIsAlive(): Promise<boolean>;
  /**
   * Terminates the service worker, as the browser does with an idle one, and waits until it has stopped. Resolves
   * to false if none was running. The next event starts a new one.
   */
  killWorker(): Promise<boolean>;
  /** Loads the extension again after it was removed, with the same ID. Needs `loadsAgain`. */
  loadAgain(): Promise<void>;
  /** Kills the whole browser immediately, like a crash (SIGKILL); the profile stays. */
  killBrowser(): Promise<void>;
  /** Closes the browser, and removes the profile if it was created here. */
  close(): Promise<void>;
}

const POPUP_SIZE = { width: 400, height: 600 };

function argumentsFor(options: ChromiumOptions, loadsExtensions: boolean): string[] {
  const target = options.tlsPort === null ? '~NOTFOUND' : `127.0.0.1:${options.tlsPort}`;
  return [
    ...(options.headless === false ? [] : ['--headless=new']),
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(loadsExtensions
      ? [`--disable-extensions-except=${options.extensionDir}`, `--load-extension=${options.extensionDir}`]
      : []),
    ...(loadsExtensions && options.loadsAgain !== true ? [] : ['--enable-unsafe-extension-debugging']),
    ...(options.logFile === undefined ? [] : ['--enable-logging', `--log-file=${options.logFile}`]),
    `--host-resolver-rules=MAP * ${target}, EXCLUDE 127.0.0.1, EXCLUDE localhost`,
    '--ignore-certificate-errors',
    // The computer's graphics would be emulated, which is slower than drawing without it.
    '--disable-gpu',
    '--no-proxy-server',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-default-apps',
    '--disable-search-engine-choice-screen',
    '--metrics-recording-only',
    '--hide-crash-restore-bubble',
    ...(options.locale === undefined ? [] : [`--lang=${options.locale}`]),
  ];
}

/** The extension's ID, taken from its running background; waits for the first start. */
async function waitForExtension(session: CDPSession): Promise<string> {
  return until(
    'the background of the extension to start',
    async () => {
      const worker = await workerTarget(session, null);
      return worker === null ? null : new URL(worker.url).host;
    },
    { timeout: 30_000 },
  );
}

async function workerTarget(session: CDPSession, extensionId: string | null) {
  const { targetInfos } = await session.send('Target.getTargets');
  const prefix = `chrome-extension://${extensionId ?? ''}`;
  return targetInfos.find(({ type, url }) => type === 'service_worker' && url.startsWith(prefix)) ?? null;
}

/**
 * Terminates a worker; false if it was already gone. An event of its own reports whether it stopped, because the
 * next worker may appear immediately under the same name.
 */
async function endTarget(session: CDPSession, targetId: string): Promise<boolean> {
  const attached = await unlessGone(session.send('Target.attachToTarget', { targetId, flatten: false }));
  if (attached === null) return false;
  const { sessionId } = attached;
  let ended = false;
  const hear = (received: { readonly sessionId: string; readonly message: string }): void => {
    const { method } = JSON.parse(received.message) as { readonly method?: string };
    if (received.sessionId === sessionId && method === 'Inspector.targetCrashed') ended = true;
  };
  const markEnded = (received: { readonly sessionId: string }): void => {
    if (received.sessionId === sessionId) ended = true;
  };
  session.on('Target.receivedMessageFromTarget', hear);
  session.on('Target.detachedFromTarget', markEnded);
  try {
    const message = JSON.stringify({ id: 1, method: 'Inspector.enable' });
    await unlessGone(session.send('Target.sendMessageToTarget', { sessionId, message }));
    await until(
      'the worker to stop',
      async () => {
        if (ended) return true;
        // A worker that is just starting ignores the first command.
        if ((await unlessGone(session.send('Target.closeTarget', { targetId }))) === null) return true;
        return null;
      },
      { interval: 20 },
    );
  } finally {
    session.off('Target.receivedMessageFromTarget', hear);
    session.off('Target.detachedFromTarget', markEnded);
    await unlessGone(session.send('Target.detachFromTarget', { sessionId }));
  }
  return true;
}

/** The result of a command to a target; `null` if the target no longer exists. */
async function unlessGone<T>(response: Promise<T>): Promise<T | null> {
  try {
    return await response;
  } catch (error) {
    if (/No (target|session)|Session with given id not found|not attached/i.test(String(error))) return null;
    throw error;
  }
}

/** Branded browsers ignore the extension on the command line, so it is loaded over the debugging pipe. */
async function loadOverProtocol(session: CDPSession, folder: string): Promise<string> {
  try {
    // Not in Playwright's typed protocol.
    const send = session.send.bind(session) as unknown as (
      method: 'Extensions.loadUnpacked',
      parameters: { path: string },
    ) => Promise<{ id: string }>;
    return (await send('Extensions.loadUnpacked', { path: folder })).id;
  } catch (error) {
    throw new Error(
      'This Chrome or Edge does not let a program load an extension: install Chromium, or open chrome://extensions, ' +
        `switch on developer mode and load the folder ${folder}.`,
      { cause: error },
    );
  }
}

function browserOf(context: BrowserContext): Browser {
  const browser = context.browser();
  if (browser === null) throw new Error('The browser has exited.');
  return browser;
}

/** Kills a process and, if it leads a group, its children. A process that has already exited is fine. */
function kill(pid: number): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

async function isEmpty(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return true;
    throw error;
  }
}

/** The welcome page, which opens after the installation. */
export async function welcomePage(context: BrowserContext): Promise<Page> {
  const isWelcome = (page: Page): boolean => page.url().endsWith('/welcome.html');
  return until('the welcome page', async () => context.pages().find(isWelcome) ?? null, {
    timeout: 30_000,
  });
}

/**
 * Closes the welcome page once its text is displayed. If a page is closed while Chromium fetches its messages, the
 * whole process, and so every extension page, stays without messages.
 */
async function closeWelcome(context: BrowserContext): Promise<void> {
  const page = await welcomePage(context);
  await page.locator('h1:not(:empty)').first().waitFor();
  await page.close();
}

/** Without it, Chromium disables an unpacked extension when it reloads itself. */
async function switchOnDeveloperMode(userDataDir: string): Promise<void> {
  await mkdir(join(userDataDir, 'Default'), { recursive: true });
  const preferences = { extensions: { ui: { developer_mode: true } } };
  await writeFile(join(userDataDir, 'Default', 'Preferences'), JSON.stringify(preferences));
}

/** Starts a Chromium with the extension, and resolves once its background has started. */
export async function launchChromium(options: ChromiumOptions): Promise<Chromium> {
  const found = await ensureChromium((line) => {
    console.error(line);
  });
  const ownProfile = options.userDataDir === undefined;
  const userDataDir = options.userDataDir ?? (await mkdtemp(join(tmpdir(), 'followledger-profile-')));
  const isNew = ownProfile || (await isEmpty(userDataDir));
  if (isNew && options.loadsAgain === true) await switchOnDeveloperMode(userDataDir);
  const context = await chromium.launchPersistentContext(userDataDir, {
    executablePath: found.path,
    // The headless switch among the arguments is the one that supports extensions.
    headless: false,
    args: argumentsFor(options, found.loadsExtensions),
    ...(found.loadsExtensions ? {} : { ignoreDefaultArgs: ['--disable-extensions'] }),
    ignoreHTTPSErrors: true,
    acceptDownloads: true,
    viewport: options.viewport === undefined ? { width: 1280, height: 800 } : options.viewport,
    ...(options.locale === undefined
      ? {}
      : { locale: options.locale, env: { ...process.env, LANGUAGE: options.locale.replace('-', '_') } }),
    ...(options.colorScheme === undefined ? {} : { colorScheme: options.colorScheme }),
    ...(options.reducedMotion === undefined ? {} : { reducedMotion: options.reducedMotion }),
    ...(options.deviceScaleFactor === undefined ? {} : { deviceScaleFactor: options.deviceScaleFactor }),
    ...(options.timezoneId === undefined ? {} : { timezoneId: options.timezoneId }),
  });
  const removeProfile = async (): Promise<void> => {
    if (ownProfile) await rm(userDataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    const session = await browserOf(context).newBrowserCDPSession();
    const extensionId = found.loadsExtensions
      ? await waitForExtension(session)
      : await loadOverProtocol(session, options.extensionDir);
    if (isNew && options.keepWelcome !== true) await closeWelcome(context);

    const openExtensionPage = async (path: string): Promise<Page> => {
      const page = await context.newPage();
      await page.goto(`chrome-extension://${extensionId}/${path}`);
      return page;
    };

    return {
      context,
      extensionId,
      userDataDir,
      openExtensionPage,
      openPopupPage: async () => {
        const page = await context.newPage();
        await page.setViewportSize(POPUP_SIZE);
        await page.goto(`chrome-extension://${extensionId}/popup.html`);
        return page;
      },
      openOptions: () => openExtensionPage('options.html'),
      workerIsAlive: async () => (await workerTarget(session, extensionId)) !== null,
      killWorker: async () => {
        const worker = await workerTarget(session, extensionId);
        if (worker === null) return false;
        return endTarget(session, worker.targetId);
      },
      loadAgain: async () => {
        await loadOverProtocol(session, options.extensionDir);
      },
      killBrowser: async () => {
        const { processInfo } = await session.send('SystemInfo.getProcessInfo');
        const removed = new Promise<void>((resolve) => {
          context.once('close', () => {
            resolve();
          });
        });
        // The browser's own process first, so that it has no time to clean up after its children.
        const pids = [...processInfo].sort(
          (a, b) => Number(b.type === 'browser') - Number(a.type === 'browser'),
        );
        for (const { id } of pids) kill(id);
        await removed;
      },
      close: async () => {
        await context.close();
        await removeProfile();
      },
    };
  } catch (error) {
    await context.close();
    await removeProfile();
    throw error;
  }
}
