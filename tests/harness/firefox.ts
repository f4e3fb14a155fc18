/** A real Firefox with the built extension, at the real URLs: TLS goes through a CONNECT proxy to the emulator. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureFirefox } from '../../scripts/browsers/firefox.ts';
import {
  asText,
  Marionette,
  MarionetteError,
  type ElementReference,
  type Transferable,
} from './marionette.ts';
import { until, type Patience } from './until.ts';
import { FIND_BUTTONS, IMPLICIT, type FirefoxPageButton } from './firefox-elements.ts';
import { geckoIdOf, portOf, preferencesFor, UUID, type FirefoxOptions } from './firefox-profile.ts';

export class Firefox {
  readonly extensionOrigin = `moz-extension://${UUID}`;
  readonly addonId: string;
  readonly #marionette: Marionette;
  readonly #child: ChildProcess;
  readonly #profile: string;

  private constructor(addonId: string, marionette: Marionette, child: ChildProcess, profile: string) {
    this.addonId = addonId;
    this.#marionette = marionette;
    this.#child = child;
    this.#profile = profile;
  }

  /**
   * Starts Firefox and installs the extension as a temporary add-on. Rejects with a message if Firefox is not
   * available.
   */
  static async launch(options: FirefoxOptions): Promise<Firefox> {
    const executable = await ensureFirefox((line) => {
      console.error(line);
    });
    const addonId = await geckoIdOf(options.extensionDir);
    const profile = await mkdtemp(join(tmpdir(), 'followledger-firefox-'));
    const lines = Object.entries(preferencesFor(options, addonId)).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
    );
    await writeFile(join(profile, 'user.js'), lines.join(''));
    const args = ['-marionette', '--remote-allow-system-access', '-no-remote', '-profile', profile];
    const child = spawn(executable, options.headless === false ? args : ['-headless', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, MOZ_CRASHREPORTER_DISABLE: '1' },
    });
    const killOnExit = (): void => {
      child.kill('SIGKILL');
    };
    process.once('exit', killOnExit);
    child.once('exit', () => process.off('exit', killOnExit));
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    try {
      const failed = once(child, 'error').then(([error]) => Promise.reject(error as Error));
      const port = await Promise.race([portOf(profile, child, () => output), failed]);
      const marionette = await Marionette.connect(port);
      const firefox = new Firefox(addonId, marionette, child, profile);
      await marionette.send('WebDriver:NewSession', {
        acceptInsecureCerts: true,
        unhandledPromptBehavior: 'ignore',
      });
      const [first] = await firefox.tabs();
      await firefox.install(options.extensionDir);
      const greeting = await until(
        'the welcome page',
        async () => (await firefox.tabs()).find((tab) => tab !== first) ?? null,
        { timeout: 30_000 },
      );
      if (options.keepWelcome === true || first === undefined) return firefox;
      await firefox.switchTo(greeting);
      await marionette.send('WebDriver:CloseWindow');
      await firefox.switchTo(first);
      return firefox;
    } catch (error) {
      child.kill('SIGKILL');
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      throw error;
    }
  }

  /** Installs the extension of that folder as a temporary add-on. */
  async install(extensionDir: string): Promise<void> {
    await this.#marionette.send('Addon:Install', { path: extensionDir, temporary: true });
  }

  /** Removes the extension, as a user does. */
  async uninstall(): Promise<void> {
    await this.#marionette.send('Addon:Uninstall', { id: this.addonId });
  }

  /**
   * Opens an address in the current tab and waits until it has loaded. For extension pages, see
   * {@link openExtensionPage}.
   */
  async goto(url: string): Promise<void> {
    await this.#marionette.send('WebDriver:Navigate', { url });
  }

  /** Opens an extension page, e.g. `popup.html`, in the current tab. */
  async openExtensionPage(path: string): Promise<void> {
    await this.goto(`${this.extensionOrigin}/${path}`);
  }

  /** Opens a new tab and switches to it; returns the handle for {@link switchTo}. */
  async newTab(): Promise<string> {
    const response = (await this.#marionette.send('WebDriver:NewWindow', { type: 'tab' })) as {
      handle: string;
    };
    await this.switchTo(response.handle);
    return response.handle;
  }

  async tabs(): Promise<readonly string[]> {
    return (await this.#marionette.send('WebDriver:GetWindowHandles')) as string[];
  }

  async presentTab(): Promise<string> {
    return this.#marionette.text('WebDriver:GetWindowHandle');
  }

  async switchTo(handle: string): Promise<void> {
    await this.#marionette.send('WebDriver:SwitchToWindow', { handle, focus: true });
  }

  async url(): Promise<string> {
    return this.#marionette.text('WebDriver:GetCurrentURL');
  }

  async setWindowSize(width: number, height: number): Promise<void> {
    await this.#marionette.send('WebDriver:SetWindowRect', { width, height });
  }

  /**
   * Runs a function body in the page, with the page's privileges; `arguments` contains `args`. Promises are
   * awaited.
   */
  evaluate(body: string, args: readonly Transferable[] = []): Promise<Transferable> {
    return this.#marionette.value('WebDriver:ExecuteScript', {
      script: body,
      args,
      sandbox: null,
      newSandbox: true,
    });
  }

  /** Like {@link evaluate}, with system privileges: can access closed shadow roots. */
  evaluateAsSystem(body: string, args: readonly Transferable[] = []): Promise<Transferable> {
    return this.#marionette.value('WebDriver:ExecuteScript', { script: body, args, sandbox: 'system' });
  }

  /** Runs a function body in the browser itself, outside every page. */
  async evaluateInBrowser(body: string, args: readonly Transferable[] = []): Promise<Transferable> {
    await this.#marionette.send('Marionette:SetContext', { value: 'chrome' });
    try {
      return await this.#marionette.value('WebDriver:ExecuteScript', {
        script: body,
        args,
        sandbox: 'system',
      });
    } finally {
      await this.#marionette.send('Marionette:SetContext', { value: 'content' });
    }
  }

  /** The elements that match a selector, within another element or in the whole page. */
  async findAll(selector: string, within?: ElementReference): Promise<readonly ElementReference[]> {
    return (await this.#marionette.send('WebDriver:FindElements', {
      using: 'css selector',
      value: selector,
      ...(within === undefined ? {} : { element: referenceId(within) }),
    })) as ElementReference[];
  }

  /** The element's accessible role and name, as the browser computes them. */
  async roleAndName(element: ElementReference): Promise<{ readonly role: string; readonly name: string }> {
    const id = referenceId(element);
    const role = await this.#marionette.text('WebDriver:GetComputedRole', { id });
    const name = await this.#marionette.text('WebDriver:GetComputedLabel', { id });
    return { role, name };
  }

  async text(element: ElementReference): Promise<string> {
    return this.#marionette.text('WebDriver:GetElementText', { id: referenceId(element) });
  }

  /**
   * The first displayed element of a role whose accessible name equals the string or matches the pattern, or
   * `null`.
   */
  async byRole(
    role: string,
    name: string | RegExp,
    within?: ElementReference,
  ): Promise<ElementReference | null> {
    const implicit = IMPLICIT[role];
    const selector = `[role="${role}"]${implicit === undefined ? '' : `, ${implicit}`}`;
    for (const element of await this.findAll(selector, within)) {
      try {
        const found = await this.roleAndName(element);
        const fits = typeof name === 'string' ? found.name === name : name.test(found.name);
        if (fits && found.role === role) return element;
      } catch (error) {
        // It was rendered again in the meantime.
        if (!(error instanceof MarionetteError && error.kind === 'stale element reference')) throw error;
      }
    }
    return null;
  }

  /** Waits for the form field with this accessible name; a password field has no role of its own. */
  waitForField(
    name: string,
    options: Patience & { readonly within?: ElementReference } = {},
  ): Promise<ElementReference> {
    return until(
      `field ${name}`,
      async () => {
        for (const field of await this.findAll('input, textarea, select', options.within)) {
          if ((await this.roleAndName(field)).name === name) return field;
        }
        return null;
      },
      { interval: 100, ...options },
    );
  }

  /** Like {@link byRole}, but waits for the element. */
  waitForRole(
    role: string,
    name: string | RegExp,
    options: Patience & { readonly within?: ElementReference } = {},
  ): Promise<ElementReference> {
    return until(`${role} ${String(name)}`, () => this.byRole(role, name, options.within), {
      interval: 100,
      ...options,
    });
  }

  /** Waits until the text of the whole page contains the string or matches the pattern, and returns the text. */
  waitForText(expected: string | RegExp, patience: Patience = {}): Promise<string> {
    let last = '';
    return until(
      `the text ${String(expected)}`,
      async () => {
        last = asText(await this.evaluate('return document.body?.innerText ?? "";'));
        return (typeof expected === 'string' ? last.includes(expected) : expected.test(last)) ? last : null;
      },
      { interval: 100, ...patience },
      () => JSON.stringify(last.slice(0, 400)),
    );
  }

  /** Clicks the middle of the element with the mouse: a trusted click. */
  async click(element: ElementReference): Promise<void> {
    await this.#marionette.send('WebDriver:ElementClick', { id: referenceId(element) });
  }

  /** Replaces the field's text with the keyboard. */
  async fill(element: ElementReference, text: string): Promise<void> {
    const id = referenceId(element);
    await this.#marionette.send('WebDriver:ElementClear', { id });
    await this.#marionette.send('WebDriver:ElementSendKeys', { id, text });
  }

  /** Chooses a file in a file field, visible or not. */
  async choose(field: ElementReference, path: string): Promise<void> {
    await this.#marionette.send('WebDriver:ElementSendKeys', { id: referenceId(field), text: path });
  }

  /** The process ID of the browser's main process. */
  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('Firefox is not running.');
    return this.#child.pid;
  }

  /** Clicks a position of the viewport with the mouse. */
  async clickAt(x: number, y: number): Promise<void> {
    const at = { x: Math.round(x), y: Math.round(y), origin: 'viewport' };
    await this.#marionette.send('WebDriver:PerformActions', {
      actions: [
        {
          type: 'pointer',
          id: 'mouse',
          parameters: { pointerType: 'mouse' },
          actions: [
            { type: 'pointerMove', duration: 0, ...at },
            { type: 'pointerDown', button: 0 },
            { type: 'pointerUp', button: 0 },
          ],
        },
      ],
    });
    await this.#marionette.send('WebDriver:ReleaseActions');
  }

  /** Every Followledger button on the current page. */
  async pageButtons(): Promise<readonly FirefoxPageButton[]> {
    return (await this.evaluateAsSystem(FIND_BUTTONS)) as unknown as FirefoxPageButton[];
  }

  /** Waits until the page has no Followledger button, and none appears within `quiet` milliseconds. */
  async waitForNoPageButton({ quiet = 600, timeout = 15_000 } = {}): Promise<void> {
    let since: number | null = null;
    await until(
      'a page without a Followledger button',
      async () => {
        const buttons = await this.pageButtons();
        const now = performance.now();
        since = buttons.length > 0 ? null : (since ?? now);
        return since !== null && now - since >= quiet ? true : null;
      },
      { timeout, interval: 100 },
    );
  }

  /**
   * Waits until the page has exactly one Followledger button, and its name starts with the string or matches the
   * pattern.
   */
  waitForPageButton(matcher: string | RegExp, patience: Patience = {}): Promise<FirefoxPageButton> {
    let last = 'no button';
    return until(
      `the page button (${String(matcher)})`,
      async () => {
        const buttons = await this.pageButtons();
        const [button] = buttons;
        last = buttons.map(({ name }) => JSON.stringify(name)).join(', ') || 'no button';
        if (buttons.length > 1) throw new Error(`${buttons.length} page buttons: ${last}`);
        if (!button) return null;
        const fits =
          typeof matcher === 'string'
            ? button.name.replace(/^Get [\d,]+ /, 'Get ').startsWith(matcher)
            : matcher.test(button.name);
        return fits ? button : null;
      },
      { interval: 100, ...patience },
      () => last,
    );
  }

  /** Clicks the page button with the mouse once it matches and is stable: it ignores clicks right after it moved. */
  async clickPageButton(
    matcher: string | RegExp = 'Get followers',
    patience: Patience = {},
  ): Promise<FirefoxPageButton> {
    let place = '';
    let restsSince = performance.now();
    const button = await until(
      'the page button to be stable',
      async () => {
        const now = await this.waitForPageButton(matcher, patience);
        const nowAt = JSON.stringify(now.box);
        if (nowAt !== place) {
          place = nowAt;
          restsSince = performance.now();
        }
        return performance.now() - restsSince > 650 ? now : null;
      },
      patience,
    );
    await this.clickAt(button.box.x + button.box.width / 2, button.box.y + button.box.height / 2);
    return button;
  }

  /** A screenshot of the viewport, as PNG. */
  async screenshot(): Promise<Buffer> {
    return Buffer.from(await this.#marionette.text('WebDriver:TakeScreenshot', { full: false }), 'base64');
  }

  /** Terminates the extension's event page, as the browser does with an idle one. The next event starts it again. */
  async terminateBackground(): Promise<void> {
    await this.evaluateInBrowser(
      'return WebExtensionPolicy.getByID(arguments[0]).extension.terminateBackground().then(() => null);',
      [this.addonId],
    );
  }

  /** The background's state according to Firefox: `running`, `stopped`, `starting`, or `suspending`. */
  async backgroundState(): Promise<string> {
    return asText(
      await this.evaluateInBrowser(
        'return WebExtensionPolicy.getByID(arguments[0]).extension.backgroundState;',
        [this.addonId],
      ),
    );
  }

  /** Stops Firefox and removes its profile. */
  async close(): Promise<void> {
    const ended = this.#child.exitCode === null ? once(this.#child, 'exit') : null;
    this.#marionette.close();
    this.#child.kill('SIGKILL');
    await ended;
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

function referenceId(element: ElementReference): string {
  return element['element-6066-11e4-a52e-4f735466cecf'];
}
