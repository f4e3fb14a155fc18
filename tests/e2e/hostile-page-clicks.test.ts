/** A hostile page imitates or diverts clicks and key presses: nothing may start. */
import { describe, it } from 'vitest';
import { waitForPageButton } from '../harness/page-button.ts';
import { REFUSED, stableButton, withHost, type Middle, useHostileSite } from './hostile-page.ts';

const site = useHostileSite();

/** Available after {@link withHost}. */
declare const host: () => HTMLElement;
declare const row: () => HTMLElement;
declare const put: (html: string) => HTMLElement;

describe('clicks and key presses from a script', () => {
  it('start nothing, however they are created', async () => {
    await withHost(site.page);
    const { x, y } = await stableButton(site.page);
    await site.page.evaluate(
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
    await withHost(site.page);
    await stableButton(site.page);
    await site.page.evaluate(() => {
      const target = host();
      target.tabIndex = 0;
      target.focus();
    });
    await site.page.keyboard.press('Enter');
    await site.page.keyboard.press('Space');
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
    await withHost(site.page);
    const at = await stableButton(site.page);
    await site.page.evaluate(attack, at);
    await site.page.mouse.click(at.x, at.y);
    await waitForPageButton(site.page, REFUSED);
  });

  it('during a transition of the whole page does not reach the button', async () => {
    await withHost(site.page);
    const { x, y } = await stableButton(site.page);
    await site.page.evaluate(async () => {
      put(
        '<style>::view-transition{pointer-events:none;background:#fff}::view-transition-group(root){animation-duration:60s;pointer-events:none}</style>',
      );
      await document.startViewTransition(() => undefined).ready;
    });
    await site.page.mouse.click(x, y);
  });

  /** What the page does between the press and the release of the mouse button, or right before the press. */
  it('on a button that was moved under the pointer is rejected', async () => {
    await withHost(site.page);
    await stableButton(site.page);
    const bait = { x: 300, y: 640 };
    await site.page.mouse.move(bait.x, bait.y);
    await site.page.evaluate(({ x, y }) => {
      const line = row();
      document.body.append(line);
      line.style.cssText = `position:fixed;left:${x}px;top:${y - 18}px;z-index:9`;
    }, bait);
    const { box } = await waitForPageButton(site.page, 'Get followers');
    await site.page.mouse.click((box?.x ?? 0) + 20, (box?.y ?? 0) + 18);
    await waitForPageButton(site.page, REFUSED);
  });

  it('on a button that has just been shown is rejected', async () => {
    await withHost(site.page);
    const hideBriefly = (): Promise<number> =>
      site.page.evaluate(async () => {
        const start = performance.now();
        const line = row();
        line.style.display = 'none';
        // The browser's observers notice it, but the time is too short to move the button elsewhere.
        for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
        line.style.display = '';
        await new Promise(requestAnimationFrame);
        return performance.now() - start;
      });
    let button = await stableButton(site.page);
    // On a busy computer, frames take so long that the button is moved.
    while ((await hideBriefly()) > 100) button = await stableButton(site.page);
    await site.page.mouse.click(button.x, button.y);
    await waitForPageButton(site.page, REFUSED);
  });

  it('on a button that has just been uncovered is rejected', async () => {
    await withHost(site.page);
    const { x, y } = await stableButton(site.page);
    await site.page.evaluate(async () => {
      const cover = put('<div style="position:fixed;inset:0;z-index:2147483647;background:#fff"></div>');
      await new Promise((resolve) => setTimeout(resolve, 700));
      cover.remove();
      await new Promise(requestAnimationFrame);
    });
    await site.page.mouse.click(x, y);
    await waitForPageButton(site.page, REFUSED);
  });

  it('that is the second of a double click is rejected', async () => {
    await withHost(site.page);
    const { x, y } = await stableButton(site.page);
    await site.page.evaluate(() => {
      const cover = put(
        '<button style="position:fixed;inset:0;z-index:2147483647;width:100%;opacity:.01">Twice, please</button>',
      );
      cover.addEventListener('mousedown', () => {
        cover.style.display = 'none';
      });
    });
    await site.page.mouse.dblclick(x, y);
    await waitForPageButton(site.page, REFUSED);
  });
});

site.expectNoLateEffects();
