/** A hostile page: it may do everything that a page's script can do, and nothing may come of it. */
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  clickPageButton,
  pageButtons,
  stablePageButton,
  waitForNoPageButton,
  waitForPageButton,
} from '../harness/page-button.ts';
import { hasEnded, openScene, type Scene } from './scene.ts';

const HANDLE = 'anna_atlas';
const OTHER = 'boris_bee';
const REFUSED = /The button just moved|Something covers/;

let scene: Scene;
let errors: string[];
let page: Page;

beforeAll(async () => {
  scene = await openScene();
  const profile = { platform: 'x', followers: 71, following: 3 } as const;
  scene.emulator.population({ ...profile, handle: HANDLE, id: '4100000001' });
  scene.emulator.population({ ...profile, handle: OTHER, id: '4100000002' });
  await scene.saveKey('sociavault');
});
afterAll(() => scene.close());

beforeEach(async () => {
  errors = [];
  page = await scene.browser.context.newPage();
  page.on('pageerror', ({ stack, message }) => errors.push(stack ?? message));
});

/** Nothing was started or sent, and the page did not break. The last test of the file detects late effects. */
afterEach(async () => {
  await page.close();
  expect(errors).toEqual([]);
  if (done) return;
  expect(await scene.table('snapshots')).toEqual([]);
  expect(scene.requests('sociavault').filter(({ path }) => path.includes('/scrape/'))).toEqual([]);
});
let done = false;

interface Middle {
  readonly x: number;
  readonly y: number;
}

/**
 * Visits the profile, and waits until the button is stable under the pointer, so that only the attack can cause a
 * rejection.
 */
async function stableButton(): Promise<Middle> {
  await page.goto(`https://x.com/${HANDLE}`);
  const { x, y, width, height } = (await stablePageButton(page)).box;
  const middle = { x: x + width / 2, y: y + height / 2 };
  await page.mouse.move(middle.x, middle.y);
  return middle;
}

/** Available to every attack: the page's own view of the one element that the extension adds. */
async function withHost(): Promise<void> {
  await page.addInitScript(() => {
    const site = globalThis as unknown as {
      host: () => HTMLElement;
      row: () => HTMLElement;
      put: (html: string) => HTMLElement;
    };
    site.row = () => site.host().parentElement ?? document.body;
    site.host = () => {
      const all = [...document.querySelectorAll<HTMLElement>('div')];
      const found = all.filter(
        (element) => element.attributes.length === 0 && getComputedStyle(element).display === 'contents',
      );
      if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} hosts`);
      return found[0];
    };
    site.put = (html) => {
      document.body.insertAdjacentHTML('beforeend', html);
      return document.body.lastElementChild as HTMLElement;
    };
  });
}

/** Available after {@link withHost}. */
declare const host: () => HTMLElement;
declare const row: () => HTMLElement;
declare const put: (html: string) => HTMLElement;

describe('clicks and key presses from a script', () => {
  it('start nothing, however they are created', async () => {
    await withHost();
    const { x, y } = await stableButton();
    await page.evaluate(
      ([left, top]) => {
        const target = host();
        const common = { bubbles: true, composed: true, cancelable: true, detail: 1 };
        for (const type of [
          'pointerdown',
          'mousedown',
          'pointerup',
          'mouseup',
          'click',
          'dblclick',
          'auxclick',
        ]) {
          target.dispatchEvent(new MouseEvent(type, { ...common, clientX: left, clientY: top }));
          target.dispatchEvent(new PointerEvent(type, { ...common, clientX: left, clientY: top }));
        }
        for (const type of ['keydown', 'keypress', 'keyup']) {
          for (const key of ['Enter', ' ']) target.dispatchEvent(new KeyboardEvent(type, { ...common, key }));
        }
        for (const type of ['focus', 'submit', 'toggle', 'command', 'activate']) {
          target.dispatchEvent(new Event(type, common));
        }
        target.click();
        target.focus();
        (document.elementFromPoint(left, top) as HTMLElement).click();
        const label = document.createElement('label');
        target.replaceWith(label);
        label.append(target);
        label.click();
        target.tabIndex = 0;
        target.accessKey = 'g';
        target.focus();
        target.click();
      },
      [x, y] as const,
    );
  });

  it("gain no effect from a user's key presses on the page", async () => {
    await withHost();
    await stableButton();
    await page.evaluate(() => {
      const target = host();
      target.tabIndex = 0;
      target.focus();
    });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
  });
});

describe('a real click', () => {
  type Attack = readonly [name: string, attack: (at: Middle) => unknown];

  /** What the page does while the button is stable, before the user clicks at its position. */
  const DISGUISES: readonly Attack[] = [
    ['on a transparent button', () => (row().style.opacity = '0.01')],
    ['on a hidden button', () => (row().style.visibility = 'hidden')],
    ['on a blurred button', () => (row().style.filter = 'blur(9px)')],
    [
      'on a button clipped to a dot',
      ({ x, y }) => {
        const { left, top } = row().getBoundingClientRect();
        row().style.clipPath = `circle(9px at ${x - left}px ${y - top}px)`;
      },
    ],
    [
      'on a button scaled to a narrow strip',
      ({ x, y }) => {
        const { left, top } = row().getBoundingClientRect();
        row().style.transformOrigin = `${x - left}px ${y - top}px`;
        row().style.scale = '0.5 1';
      },
    ],
    [
      'under an image that lets clicks through',
      () =>
        put(
          '<div style="position:fixed;inset:0;z-index:2147483647;background:#fff;pointer-events:none"></div>',
        ),
    ],
    [
      'under a blurring overlay',
      () =>
        put(
          '<div style="position:fixed;inset:0;z-index:2147483647;backdrop-filter:blur(30px);pointer-events:none">',
        ),
    ],
    [
      'under a pseudo-element',
      () =>
        put(
          '<style>#o::before{content:"";position:fixed;inset:0;background:#fff}</style><div id="o" style="position:fixed;inset:0;z-index:2147483647;pointer-events:none"></div>',
        ),
    ],
    [
      'under a closed tree without a box',
      () => {
        const root = put('<div style="display:contents"></div>').attachShadow({ mode: 'closed' });
        root.innerHTML =
          '<div style="position:fixed;inset:0;z-index:2147483647;background:#fff;pointer-events:none">Play</div>';
      },
    ],
    [
      'under the backdrop of a popover',
      () => {
        put('<style>[popover]::backdrop{background:#fff}</style>');
        put('<div popover="manual" style="width:1px;height:1px;inset:auto 0 0 auto">.</div>').showPopover();
      },
    ],
  ];

  it.each(DISGUISES)('%s is rejected', async (_, attack) => {
    await withHost();
    const at = await stableButton();
    await page.evaluate(attack, at);
    await page.mouse.click(at.x, at.y);
    await waitForPageButton(page, REFUSED);
  });

  it('during a transition of the whole page does not reach the button', async () => {
    await withHost();
    const { x, y } = await stableButton();
    await page.evaluate(async () => {
      put(
        '<style>::view-transition{pointer-events:none;background:#fff}::view-transition-group(root){animation-duration:60s;pointer-events:none}</style>',
      );
      await document.startViewTransition(() => undefined).ready;
    });
    await page.mouse.click(x, y);
  });

  /** What the page does between the press and the release of the mouse button, or right before the press. */
  it('on a button that was moved under the pointer is rejected', async () => {
    await withHost();
    await stableButton();
    const bait = { x: 300, y: 640 };
    await page.mouse.move(bait.x, bait.y);
    await page.evaluate(({ x, y }) => {
      const line = row();
      document.body.append(line);
      line.style.cssText = `position:fixed;left:${x}px;top:${y - 18}px;z-index:9`;
    }, bait);
    const { box } = await waitForPageButton(page, 'Get followers');
    await page.mouse.click((box?.x ?? 0) + 20, (box?.y ?? 0) + 18);
    await waitForPageButton(page, REFUSED);
  });

  it('on a button that has just been shown is rejected', async () => {
    await withHost();
    const hideBriefly = (): Promise<number> =>
      page.evaluate(async () => {
        const start = performance.now();
        const line = row();
        line.style.display = 'none';
        // The browser's observers notice it, but the time is too short to move the button elsewhere.
        for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
        line.style.display = '';
        await new Promise(requestAnimationFrame);
        return performance.now() - start;
      });
    let button = await stableButton();
    // On a busy computer, frames take so long that the button is moved.
    while ((await hideBriefly()) > 100) button = await stableButton();
    await page.mouse.click(button.x, button.y);
    await waitForPageButton(page, REFUSED);
  });

  it('on a button that has just been uncovered is rejected', async () => {
    await withHost();
    const { x, y } = await stableButton();
    await page.evaluate(async () => {
      const cover = put('<div style="position:fixed;inset:0;z-index:2147483647;background:#fff"></div>');
      await new Promise((resolve) => setTimeout(resolve, 700));
      cover.remove();
      await new Promise(requestAnimationFrame);
    });
    await page.mouse.click(x, y);
    await waitForPageButton(page, REFUSED);
  });

  it('that is the second of a double click is rejected', async () => {
    await withHost();
    const { x, y } = await stableButton();
    await page.evaluate(() => {
      const cover = put(
        '<button style="position:fixed;inset:0;z-index:2147483647;width:100%;opacity:.01">Twice, please</button>',
      );
      cover.addEventListener('mousedown', () => {
        cover.style.display = 'none';
      });
    });
    await page.mouse.dblclick(x, y);
    await waitForPageButton(page, REFUSED);
  });
});

describe('the page’s own JavaScript', () => {
  it('redefines built-in objects without any effect on the extension', async () => {
    await page.addInitScript(() => {
      const site = globalThis as unknown as Record<string, unknown>;
      site['caught'] = [];
      const caught = site['caught'] as unknown[];
      const attach = Reflect.get(Element.prototype, 'attachShadow');
      Element.prototype.attachShadow = function (options) {
        caught.push('attachShadow');
        return attach.call(this, { ...options, mode: 'open' });
      };
      const before = { fetch: globalThis.fetch, post: globalThis.postMessage };
      globalThis.fetch = (...of) => {
        if (typeof of[0] !== 'string' || !of[0].startsWith('/')) caught.push(['fetch', of[0]]);
        return before.fetch(...of);
      };
      globalThis.postMessage = ((...of: unknown[]) => {
        caught.push(`postMessage ${JSON.stringify(of)}`);
      }) as typeof globalThis.postMessage;
      addEventListener('message', ({ data }) => caught.push(`message ${JSON.stringify(data)}`), true);
      const dispatch = Reflect.get(EventTarget.prototype, 'dispatchEvent');
      EventTarget.prototype.dispatchEvent = function (event) {
        caught.push(`dispatchEvent ${event.type}`);
        return dispatch.call(this, event);
      };
      const define = customElements.define.bind(customElements);
      customElements.define = (name, ...of) => {
        caught.push(`define ${name}`);
        define(name, ...of);
      };
      for (const name of ['follow-ledger', 'followledger-button', 'wxt-button']) {
        define(name, class extends HTMLElement {});
      }
      for (const name of ['followledger', 'life', 'browser', 'send', 'collect', 'visit'])
        site[name] = 'taken';
      Object.defineProperty(Object.prototype, 'polluted', {
        get: () => {
          throw new Error('looked at');
        },
        configurable: true,
      });
      Element.prototype.getBoundingClientRect = () => new DOMRect(0, 0, 9999, 9999);
      Document.prototype.elementFromPoint = () => null;
      Object.defineProperty(Event.prototype, 'isTrusted', { get: () => true, configurable: true });
    });
    await page.goto(`https://x.com/${HANDLE}`);
    await waitForPageButton(page, 'Get followers');
    expect(await page.evaluate(() => (globalThis as unknown as { caught: unknown[] }).caught)).toEqual([]);
  });

  it('sees no event with the extension’s name, and cannot remove the button by sending one', async () => {
    const names = ['wxt:content-script-started', 'wxt:locationchange'].map(
      (name) => `${scene.browser.extensionId}:profile:${name}`,
    );
    await page.addInitScript((all) => {
      const site = globalThis as unknown as { heard: string[] };
      site.heard = [];
      for (const name of all) {
        for (const target of [globalThis, document])
          target.addEventListener(name, () => site.heard.push(name), true);
      }
    }, names);
    await page.goto(`https://x.com/${HANDLE}`);
    await waitForPageButton(page, 'Get followers');
    await page.evaluate(async (all) => {
      const site = globalThis as unknown as { heard: string[]; __go: (path: string) => Promise<void> };
      await site.__go('/boris_bee');
      if (site.heard.length > 0) throw new Error(site.heard.join());
      for (const name of all) {
        const detail = { contentScriptName: 'profile', messageId: 'forged' };
        for (const target of [document, globalThis]) target.dispatchEvent(new CustomEvent(name, { detail }));
        globalThis.postMessage({ type: name, ...detail }, '*');
      }
      for (const name of ['page.start', 'page.changed', 'run.start', 'keys.changed']) {
        globalThis.postMessage({ name, request: { relation: 'followers' } }, '*');
      }
    }, names);
    await waitForPageButton(page, 'Get followers');
  });

  it('cannot switch to another profile by a forged navigation', async () => {
    await page.goto('https://x.com/home');
    await page.evaluate(
      (to) =>
        new Promise<void>((resolve) => {
          const { navigation } = globalThis as unknown as { navigation: EventTarget };
          navigation.addEventListener(
            'navigate',
            (event) => {
              const { destination } = event as unknown as { destination: object };
              event.preventDefault();
              const forged = new Event('navigate');
              Object.defineProperty(forged, 'destination', { value: destination });
              navigation.dispatchEvent(forged);
              resolve();
            },
            { once: true },
          );
          history.pushState(null, '', `/${to}`);
        }),
      OTHER,
    );
    await waitForNoPageButton(page);
  });

  it('sees only an empty element', async () => {
    await withHost();
    const { x, y } = await stableButton();
    const seen = await page.evaluate(
      ([left, top]) => {
        const target = host();
        const paths: number[] = [];
        target.addEventListener('mousemove', (event) => paths.push(event.composedPath().indexOf(target)));
        target.dispatchEvent(new MouseEvent('mousemove', { composed: true }));
        const find = (text: string): boolean =>
          (globalThis as unknown as { find(text: string): boolean }).find(text);
        const edit = (command: string, value?: string): void => {
          (
            document as unknown as { execCommand(command: string, ui?: boolean, value?: string): void }
          ).execCommand(command, false, value);
        };
        edit('selectAll');
        const selected = getSelection()?.toString() ?? '';
        document.designMode = 'on';
        const text = ['Get followers', 'followers', 'More'].map((word) => {
          getSelection()?.removeAllRanges();
          return find(word) && host().contains(getSelection()?.anchorNode ?? null);
        });
        getSelection()?.removeAllRanges();
        const isFound = find('Get followers');
        edit('insertHTML', '<i id="planted"></i>');
        document.designMode = 'off';
        return {
          tag: target.localName,
          attributes: target.attributes.length,
          planted: document.querySelectorAll('#planted').length,
          children: target.childNodes.length,
          root: target.shadowRoot,
          inner: target.innerHTML,
          text: target.innerText,
          boxes: target.getClientRects().length,
          hit: document.elementFromPoint(left, top) === target,
          paths,
          selected: selected.includes('Get followers'),
          words: text,
          isFound,
          sheets: document.adoptedStyleSheets.length,
          animations: document.getAnimations().length,
          ours: Object.getOwnPropertyNames(globalThis).filter((name) => /follow|wxt|ledger/i.test(name)),
          loaded: performance.getEntries().filter(({ name }) => name.includes('extension')).length,
        };
      },
      [x, y] as const,
    );
    expect(seen).toEqual({
      tag: 'div',
      attributes: 0,
      planted: 0,
      children: 0,
      root: null,
      inner: '',
      text: '',
      boxes: 0,
      hit: true,
      paths: [0],
      selected: false,
      words: [false, false, false],
      isFound: false,
      sheets: 0,
      animations: 0,
      ours: [],
      loaded: 0,
    });
  });

  it('clones, moves, and removes the button, and in the end there is one button', async () => {
    await withHost();
    await stableButton();
    await page.evaluate(async () => {
      const target = host();
      for (let turn = 0; turn < 20; turn++) {
        document.body.append(target.cloneNode(true));
        document.body.prepend(target);
        await new Promise(requestAnimationFrame);
        target.remove();
        await new Promise(requestAnimationFrame);
      }
    });
    await waitForPageButton(page, 'Get followers');
    expect(await pageButtons(page)).toHaveLength(1);
  });

  it('names its forms and images like methods of a document, without causing harm', async () => {
    await page.addInitScript(() => {
      addEventListener('DOMContentLoaded', () => {
        const names = [
          'querySelectorAll',
          'body',
          'documentElement',
          'elementFromPoint',
          'elementsFromPoint',
          'adoptedStyleSheets',
          'head',
          'defaultView',
        ];
        const box = document.createElement('div');
        box.hidden = true;
        box.innerHTML = names
          .map((name) => `<img name="${name}" id="${name}"><form name="${name}"></form>`)
          .join('');
        const form = document.createElement('form');
        form.dataset['testid'] = 'primaryColumn';
        form.innerHTML =
          '<div data-testid="userActions">Follow</div>' +
          [
            'parentNode',
            'parentElement',
            'children',
            'insertBefore',
            'nextSibling',
            'ownerDocument',
            'isConnected',
            'closest',
            'checkVisibility',
            'getBoundingClientRect',
          ]
            .map((name) => `<input name="${name}" value="0">`)
            .join('');
        Element.prototype.append.call(document.documentElement, form, box);
      });
    });
    await page.goto(`https://x.com/${HANDLE}`);
    const alive = await page.evaluate(
      () => new Promise((resolve) => setTimeout(() => resolve('alive'), 1500)),
    );
    expect(alive).toBe('alive');
    expect((await pageButtons(page)).length).toBeLessThanOrEqual(1);
    // This page fails because of its own names.
    errors = errors.filter((error) => error.includes('-extension://'));
  });

  it('changes continuously, and is slowed down by no more than one check per frame', async () => {
    await withHost();
    await stableButton();
    const frames = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let count = 0;
          const flood = document.createElement('div');
          document.body.append(flood);
          const ends = performance.now() + 1000;
          const turn = (): void => {
            for (let n = 0; n < 200; n++) {
              flood.replaceChildren(document.createElement('i'));
              document.body.dataset['n'] = String(n);
            }
            count += 1;
            if (performance.now() < ends) requestAnimationFrame(turn);
            else resolve(count);
          };
          requestAnimationFrame(turn);
        }),
    );
    // Sixty if nothing else runs; a check for every change would leave only a handful.
    expect(frames).toBeGreaterThan(10);
    await waitForPageButton(page, 'Get followers');
  });
});

describe('the page’s own data', () => {
  it.each([
    ['of 5,000 characters', `/${'a'.repeat(5000)}`],
    ['with markup', `/${encodeURIComponent('<img src=x onerror=alert(1)>')}`],
    ['with a path behind it', `/..%2f..%2f${HANDLE}`],
    ['with a line break', `/${HANDLE}%0d%0aX-Key: 1`],
  ])('a handle %s has no button', async (_, path) => {
    await page.goto(`https://x.com${path}`);
    await waitForNoPageButton(page);
  });

  const schema = (id: unknown, extra: object = {}): string =>
    JSON.stringify({
      '@type': 'ProfilePage',
      mainEntity: {
        additionalName: HANDLE,
        identifier: id,
        givenName: '<b onclick=alert(1)>Anna</b>',
        description: '</script><img src=x onerror=alert(1)>'.repeat(50),
        ...extra,
      },
    });

  it.each([
    ['two that disagree', [schema('1'), schema('2')]],
    ['one of 5 MB', [schema('1', { padding: 'x'.repeat(5_000_000) })]],
    ['a thousand', Array.from({ length: 1000 }, (_, n) => schema(String(n)))],
    ['one that is nested deeply', [`${'['.repeat(20_000)}${HANDLE}${']'.repeat(20_000)}`]],
    ['one whose id the button beside it contradicts', [schema('4100000002')]],
    ['ids that are none', [schema({ toString: '1' })]],
    [
      'a name from the prototype',
      [`{"__proto__":{"mainEntity":{"additionalName":"${HANDLE}","identifier":"9"}}}`],
    ],
  ])('data blocks: %s', async (_, blocks) => {
    await page.addInitScript((texts) => {
      addEventListener('DOMContentLoaded', () => {
        for (const ownValue of document.querySelectorAll('script[data-testid]')) ownValue.remove();
        for (const text of texts) {
          const script = document.createElement('script');
          script.type = 'application/ld+json';
          script.dataset['testid'] = 'UserProfileSchema-test';
          script.textContent = text;
          document.head.append(script);
        }
      });
    }, blocks);
    await page.goto(`https://x.com/${HANDLE}`);
    await waitForPageButton(page, 'Get followers');
    const readHints = () =>
      scene.watch.evaluate(async () => {
        const { chrome } = globalThis as unknown as {
          chrome: { storage: { session: { get(): Promise<Record<string, { id?: unknown }>> } } };
        };
        const stored = await chrome.storage.session.get();
        return Object.entries(stored).flatMap(([key, value]) => (key.startsWith('hint:') ? [value.id] : []));
      });
    // Content rendered later may contradict the first content.
    await expect.poll(async () => (await readHints()).filter((id) => id !== null)).toEqual([]);
  });
});

it('after all that, one real click collects one list: there are no late effects', async () => {
  done = true;
  await page.goto(`https://x.com/${HANDLE}`);
  await clickPageButton(page);
  await scene.snapshot(hasEnded);
  const snapshots = await scene.table('snapshots');
  expect(snapshots.map(({ handle, rows }) => [handle, rows])).toEqual([[HANDLE, 71]]);
});
