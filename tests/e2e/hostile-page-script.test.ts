/** A hostile page's JavaScript: it may do everything that a script can do, and nothing may come of it. */
import { describe, expect, it } from 'vitest';
import { pageButtons, waitForNoPageButton, waitForPageButton } from '../harness/page-button.ts';
import { HANDLE, OTHER, stableButton, withHost, useHostileSite } from './hostile-page.ts';

const site = useHostileSite();

/** Available after {@link withHost}. */
declare const host: () => HTMLElement;

describe('the page’s own JavaScript', () => {
  it('redefines built-in objects without any effect on the extension', async () => {
    await site.page.addInitScript(() => {
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
    await site.page.goto(`https://x.com/${HANDLE}`);
    await waitForPageButton(site.page, 'Get followers');
    expect(await site.page.evaluate(() => (globalThis as unknown as { caught: unknown[] }).caught)).toEqual(
      [],
    );
  });

  it('sees no event with the extension’s name, and cannot remove the button by sending one', async () => {
    const names = ['wxt:content-script-started', 'wxt:locationchange'].map(
      (name) => `${site.scene.browser.extensionId}:profile:${name}`,
    );
    await site.page.addInitScript((all) => {
      const site = globalThis as unknown as { heard: string[] };
      site.heard = [];
      for (const name of all) {
        for (const target of [globalThis, document])
          target.addEventListener(name, () => site.heard.push(name), true);
      }
    }, names);
    await site.page.goto(`https://x.com/${HANDLE}`);
    await waitForPageButton(site.page, 'Get followers');
    await site.page.evaluate(async (all) => {
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
    await waitForPageButton(site.page, 'Get followers');
  });

  it('cannot switch to another profile by a forged navigation', async () => {
    await site.page.goto('https://x.com/home');
    await site.page.evaluate(
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
    await waitForNoPageButton(site.page);
  });

  it('sees only an empty element', async () => {
    await withHost(site.page);
    const { x, y } = await stableButton(site.page);
    const seen = await site.page.evaluate(
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
    await withHost(site.page);
    await stableButton(site.page);
    await site.page.evaluate(async () => {
      const target = host();
      for (let turn = 0; turn < 20; turn++) {
        document.body.append(target.cloneNode(true));
        document.body.prepend(target);
        await new Promise(requestAnimationFrame);
        target.remove();
        await new Promise(requestAnimationFrame);
      }
    });
    await waitForPageButton(site.page, 'Get followers');
    expect(await pageButtons(site.page)).toHaveLength(1);
  });

  it('names its forms and images like methods of a document, without causing harm', async () => {
    await site.page.addInitScript(() => {
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
    await site.page.goto(`https://x.com/${HANDLE}`);
    const alive = await site.page.evaluate(
      () => new Promise((resolve) => setTimeout(() => resolve('alive'), 1500)),
    );
    expect(alive).toBe('alive');
    expect((await pageButtons(site.page)).length).toBeLessThanOrEqual(1);
    // This page fails because of its own names.
    site.ignoreErrorsOfThePage();
  });

  it('changes continuously, and is slowed down by no more than one check per frame', async () => {
    await withHost(site.page);
    await stableButton(site.page);
    const frames = await site.page.evaluate(
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
    await waitForPageButton(site.page, 'Get followers');
  });
});

site.expectNoLateEffects();
