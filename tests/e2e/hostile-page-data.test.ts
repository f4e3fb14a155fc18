/** A hostile page's data about its profile: what contradicts itself is not used. */
import { describe, expect, it } from 'vitest';
import { waitForNoPageButton, waitForPageButton } from '../harness/page-button.ts';
import { HANDLE, useHostileSite } from './hostile-page.ts';

const site = useHostileSite();

describe('the page’s own data', () => {
  it.each([
    ['of 5,000 characters', `/${'a'.repeat(5000)}`],
    ['with markup', `/${encodeURIComponent('<img src=x onerror=alert(1)>')}`],
    ['with a path behind it', `/..%2f..%2f${HANDLE}`],
    ['with a line break', `/${HANDLE}%0d%0aX-Key: 1`],
  ])('a handle %s has no button', async (_, path) => {
    await site.page.goto(`https://x.com${path}`);
    await waitForNoPageButton(site.page);
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
    await site.page.addInitScript((texts) => {
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
    await site.page.goto(`https://x.com/${HANDLE}`);
    await waitForPageButton(site.page, 'Get followers');
    const readHints = () =>
      site.scene.watch.evaluate(async () => {
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

site.expectNoLateEffects();
