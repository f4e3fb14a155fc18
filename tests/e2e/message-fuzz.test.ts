/**
 * Every message that a content script can send. A page that breaks into the content script would send messages from
 * here: it may do to its own tab's profile what the button offers, and nothing else.
 */
import fc from 'fast-check';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageName } from '../../lib/messages/types.ts';
import { openMessageSender, type MessageSender } from '../harness/content-world.ts';
import { waitForPageButton } from '../harness/page-button.ts';
import { hasEnded, openScene, type Scene } from './scene.ts';

const OWN = 'page_plus';
const OTHER = 'ada_research';

let scene: Scene;
let page: Page;
let sender: MessageSender;
let foreignId: string;

beforeAll(async () => {
  scene = await openScene();
  await scene.saveKey('sociavault');
  // A list of another tab's profile: this page may not see it, stop it, or spend on it.
  const other = await scene.collect(`https://x.com/${OTHER}`);
  foreignId = String((await scene.snapshot(hasEnded))['id']);
  await other.close();
  page = await scene.visit(`https://x.com/${OWN}`);
  await waitForPageButton(page, 'Get followers');
  sender = await openMessageSender(page, scene.browser.extensionId);
}, 90_000);
afterAll(async () => {
  await sender.close();
  await scene.close();
});

/** All message names: a new one does not compile until it is here. */
const ALL: Readonly<Record<MessageName | 'page.changed', true>> = {
  'page.state': true,
  'page.start': true,
  'page.pause': true,
  'page.resume': true,
  'page.stop': true,
  'page.open': true,
  'page.changed': true,
  'run.start': true,
  'run.update': true,
  'list.watch': true,
  'list.unwatch': true,
  'run.confirm': true,
  'run.pause': true,
  'run.resume': true,
  'run.read-again': true,
  'run.stop': true,
  'run.continue': true,
  'batch.start': true,
  'batch.pause': true,
  'batch.resume': true,
  'batch.retry': true,
  'batch.stop': true,
  'batch.limit': true,
  'queue.move': true,
  'list.opened': true,
  'list.delete': true,
  'list.describe': true,
  'list.empty': true,
  'list.restore': true,
  'keys.changed': true,
  'storage.try-again': true,
  'preferences.changed': true,
  'backup.restored': true,
  'export.start': true,
  'export.cancel': true,
  'export.dismiss': true,
  'export.state-changed': true,
  'export.idle': true,
  'everything.delete': true,
  'popup.hint': true,
  'popup.active-profile': true,
};
const NAMES = Object.keys(ALL);

/** Messages that extension pages send, and every other name. */
const notForPages = (name: string): boolean => !name.startsWith('page.');

function anyAsk(ids: readonly string[]): fc.Arbitrary<unknown> {
  const sensible = fc.record(
    {
      snapshotId: fc.constantFrom(...ids, 'x', ''),
      platform: fc.constantFrom('x', 'tiktok', '__proto__'),
      handle: fc.constantFrom(OTHER, OWN, '../x', ''),
      relation: fc.constantFrom('followers', 'following', 'likes'),
      provider: fc.constantFrom('sociavault', null, '@lock', 'x-v2'),
      howMany: fc.constantFrom(null, 1, -1, 1e308),
      cap: fc.constantFrom(null, 0, 1e9, -1),
      again: fc.boolean(),
      schema: fc.array(fc.string({ maxLength: 30 }), { maxLength: 3 }),
      key: fc.string(),
      baseUrl: fc.constantFrom('https://evil.example', 'http://127.0.0.1'),
    },
    { requiredKeys: [] },
  );
  return fc.oneof(sensible, fc.jsonValue({ maxDepth: 3 }), fc.constant({}));
}

function draw(count: number, ids: readonly string[], names: fc.Arbitrary<string>): unknown[] {
  const envelope = fc.record({ name: names, request: anyAsk(ids) }, { requiredKeys: ['name'] });
  const whole = fc.oneof(
    { weight: 8, arbitrary: envelope },
    {
      weight: 1,
      arbitrary: fc.tuple(envelope, fc.jsonValue({ maxDepth: 1 })).map(([one, more]) => ({ ...one, more })),
    },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  );
  return fc.sample(whole, count);
}

/** Everything that was spent and stored so far. */
async function storedState() {
  return {
    requests: scene.emulator.log.filter(({ provider }) => provider !== null).length,
    snapshots: await scene.table('snapshots'),
    keys: await scene.table('keys'),
    pages: scene.browser.context.pages().length,
  };
}

function isRefusal(response: unknown): boolean {
  return (
    typeof response === 'string' ||
    (typeof response === 'object' && response !== null && 'ok' in response && response.ok === false)
  );
}

describe('a content script', () => {
  it('is refused 4,000 messages that a page may not send: nothing is started, changed, opened, or revealed', async () => {
    const before = await storedState();
    const names = fc.oneof(fc.constantFrom(...NAMES.filter(notForPages)), fc.string().filter(notForPages));
    const responses: unknown[] = [];
    for (let turn = 0; turn < 8; turn++)
      responses.push(...(await sender.send(draw(500, [foreignId], names))));
    expect(responses).toHaveLength(4000);
    expect(responses.filter((response) => !isRefusal(response))).toEqual([]);
    expect(await storedState()).toEqual(before);
  }, 60_000);

  it('may do to its own profile what the button does, and learns no key, no list, and no other profile', async () => {
    // Without those that would start a run or open a page, because their effects are intended.
    const names = fc.constantFrom('page.state', 'page.pause', 'page.resume', 'page.stop');
    const before = await storedState();
    const responses = await sender.send(draw(2000, [foreignId], names));
    expect(await storedState()).toEqual(before);
    const received = responses.filter((response) => !isRefusal(response));
    expect(received.length).toBeGreaterThan(100);
    const key = scene.emulator.defaultKey('sociavault');
    const text = JSON.stringify(responses);
    for (const secret of [key, key.slice(-8), foreignId, OTHER, 'api.sociavault.com']) {
      expect(text).not.toContain(secret);
    }
    for (const response of received) {
      expect(response).toMatchObject({ ok: true, response: { platform: 'x', handle: OWN, run: null } });
    }
  }, 60_000);

  it('cannot reach stored data through any browser API', async () => {
    const seen = await sender.run(`(async () => {
      const session = await chrome.storage.session?.get().then(JSON.stringify, (error) => 'refused')
        .catch(() => 'refused');
      const databases = (await indexedDB.databases()).map(({ name }) => name);
      return {
        session: session ?? 'refused',
        hasFollowledger: databases.includes('followledger'),
        tabs: typeof chrome.tabs, permissions: typeof chrome.permissions, alarms: typeof chrome.alarms,
        cookies: typeof chrome.cookies, menus: typeof chrome.contextMenus,
        scripting: Object.getOwnPropertyNames(chrome.scripting ?? {})
          .filter((name) => typeof chrome.scripting[name] === 'function'),
      };
    })()`);
    expect(seen).toEqual({
      session: 'refused',
      hasFollowledger: false,
      tabs: 'undefined',
      permissions: 'undefined',
      alarms: 'undefined',
      cookies: 'undefined',
      menus: 'undefined',
      // Chromium puts an object of constants there; nothing in it can be called.
      scripting: [],
    });
  });

  it('acts only on the profile in its tab’s address, whatever its message names', async () => {
    const [started] = await sender.send([{ name: 'page.start', request: { relation: 'followers' } }]);
    expect(started).toMatchObject({ ok: true, response: { handle: OWN } });
    await expect
      .poll(async () => (await scene.table('snapshots')).map(({ handle }) => handle).sort())
      .toEqual([OTHER, OWN].sort());
  });
});
