/**
 * A Chromium without a debugger on the extension: a debugger on the background would keep it alive, and so would a
 * page. Commands go to the browser only; pages are opened briefly to read or send something, and closed again.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureChromium } from '../../scripts/browsers/chromium.ts';
import { until } from '../harness/until.ts';

interface ReceivedResponse {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface TargetInfo {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
}

/** The browser's debugging protocol over one socket. */
class Wire {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const response = JSON.parse(String(data)) as ReceivedResponse;
      const waiting = response.id === undefined ? undefined : this.#waiting.get(response.id);
      if (response.id === undefined || waiting === undefined) return;
      this.#waiting.delete(response.id);
      if (response.error === undefined) waiting.resolve(response.result);
      else waiting.reject(new Error(response.error.message));
    });
    socket.addEventListener('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('The browser has exited.'));
      this.#waiting.clear();
    });
  }

  static async open(url: string): Promise<Wire> {
    const socket = new WebSocket(url);
    await once(socket, 'open');
    return new Wire(socket);
  }

  send(method: string, params: object = {}, sessionId?: string): Promise<unknown> {
    const id = (this.#last += 1);
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(id, waiting);
    this.#socket.send(
      JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }),
    );
    return waiting.promise;
  }
}

export interface RawChromium {
  /** Opens an extension page, runs an expression in it, and closes it again. */
  ask(path: string, expression: string): Promise<unknown>;
  /** Terminates the background immediately; false if it was not running. */
  killWorker(): Promise<boolean>;
  workerIsAlive(): Promise<boolean>;
  close(): Promise<void>;
}

export interface RawOptions {
  readonly extensionDir: string;
  readonly extensionId: string;
  readonly userDataDir: string;
  readonly tlsPort: number;
}

function argumentsFor({ extensionDir, userDataDir, tlsPort }: RawOptions): string[] {
  return [
    '--headless=new',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${userDataDir}`,
    '--remote-debugging-port=0',
    '--disable-features=DisableLoadExtensionCommandLineSwitch',
    `--disable-extensions-except=${extensionDir}`,
    `--load-extension=${extensionDir}`,
    `--host-resolver-rules=MAP * 127.0.0.1:${String(tlsPort)}, EXCLUDE 127.0.0.1, EXCLUDE localhost`,
    '--ignore-certificate-errors',
    '--no-proxy-server',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-default-apps',
    '--metrics-recording-only',
    '--hide-crash-restore-bubble',
    '--password-store=basic',
    '--use-mock-keychain',
    'about:blank',
  ];
}

async function addressOf(userDataDir: string, child: ChildProcess): Promise<string> {
  return until(
    'the browser to listen',
    async () => {
      if (child.exitCode !== null) throw new Error(`The browser ended with code ${String(child.exitCode)}.`);
      try {
        const [port, path] = (await readFile(join(userDataDir, 'DevToolsActivePort'), 'utf8')).split('\n');
        return port === undefined || path === undefined ? null : `ws://127.0.0.1:${port}${path}`;
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
    },
    { timeout: 60_000 },
  );
}

/** Starts Chromium on a profile in which the extension's keys are already saved. */
export async function launchRaw(options: RawOptions): Promise<RawChromium> {
  const { path } = await ensureChromium((line) => {
    console.error(line);
  });
  // Left over from the previous browser on this profile.
  await rm(join(options.userDataDir, 'DevToolsActivePort'), { force: true });
  const child = spawn(path, argumentsFor(options), { stdio: 'ignore', detached: true });
  const end = (): void => {
    if (child.pid === undefined || child.exitCode !== null) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  };
  process.once('exit', end);
  const wire = await Wire.open(await addressOf(options.userDataDir, child));
  const origin = `chrome-extension://${options.extensionId}/`;

  async function worker(): Promise<TargetInfo | undefined> {
    const { targetInfos } = (await wire.send('Target.getTargets')) as { targetInfos: TargetInfo[] };
    return targetInfos.find(({ type, url }) => type === 'service_worker' && url.startsWith(origin));
  }

  return {
    ask: async (page, expression) => {
      const { targetId } = (await wire.send('Target.createTarget', { url: origin + page })) as TargetInfo;
      const attached = (await wire.send('Target.attachToTarget', { targetId, flatten: true })) as {
        sessionId: string;
      };
      try {
        await until('the page to load', async () => {
          const { result } = (await wire.send(
            'Runtime.evaluate',
            {
              expression: `location.href.startsWith('chrome-extension:') && document.readyState === 'complete'`,
              returnByValue: true,
            },
            attached.sessionId,
          )) as { result: { value?: unknown } };
          return result.value === true ? true : null;
        });
        const { result, exceptionDetails } = (await wire.send(
          'Runtime.evaluate',
          { expression, awaitPromise: true, returnByValue: true },
          attached.sessionId,
        )) as {
          result: { value?: unknown };
          exceptionDetails?: { exception?: { description?: string }; text: string };
        };
        if (exceptionDetails !== undefined) {
          throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        }
        return result.value;
      } finally {
        await wire.send('Target.closeTarget', { targetId });
      }
    },
    killWorker: async () => {
      const alive = await worker();
      if (alive === undefined) return false;
      await wire.send('Target.closeTarget', { targetId: alive.targetId });
      await until('the worker to exit', async () =>
        (await worker())?.targetId === alive.targetId ? null : true,
      );
      return true;
    },
    workerIsAlive: async () => (await worker()) !== undefined,
    close: async () => {
      const ended = child.exitCode === null ? once(child, 'exit') : null;
      end();
      await ended;
      process.off('exit', end);
    },
  };
}
