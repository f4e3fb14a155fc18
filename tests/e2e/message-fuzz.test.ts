/**
 * Everything that a content script can say. Where a page broke into our script, it would speak from here: it may do to
 * its own tab's profile what the button offers, and nothing else.
 */
import fc from 'fast-check';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageName } from '../../lib/messages/types.ts';
import { senderIn, type MessageSender } from '../harness/content-world.ts';
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
  // A list that another tab's profile has: not this one's to see, to stop or to spend on.
  const other = await scene.collect(`https://x.com/${OTHER}`);
  foreignId = String((await scene.snapshot(hasEnded))['id']);
  await other.close();
  page = await scene.visit(`https://x.com/${OWN}`);
  await waitForPageButton(page, 'Get followers');
  sender = await senderIn(page, scene.browser.extensionId);
}, 90_000);
afterAll(async () => {
  await sender.close();
  await scene.close();
});

/** All of them: a new one does not compile until it is here. */
const ALL: Readonly<Record<MessageName | 'page.changed', true>> = {
  'page.state': true,
  'page.start': true,
  'page.pause': true,
  'page.resume': true,
  'page.stop': true,
  'page.open': true,
  'page.changed': true,
  'run.start': true,
  'run.confirm': true,
  'run.pause': true,
  'run.resume': true,
  'run.read-again': true,
  'run.stop': true,
  'run.continue': true,
  'list.opened': true,
  'list.delete': true,
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
  'popup.active-profile': true,
};
const NAMES = Object.keys(ALL);

/** Those that the user's own pages send, and every other name there may come to be. */
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

/** What was spent and kept so far, of everything. */
async function standing() {
  return {
    requests: scene.emulator.log.filter(({ provider }) => provider !== null).length,
    snapshots: await scene.table('snapshots'),
    keys: await scene.table('keys'),
    pages: scene.browser.context.pages().length,
  };
}

function isRefusal(answer: unknown): boolean {
  return (
    typeof answer === 'string' ||
    (typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === false)
  );
}

describe('a content script', () => {
  it('is refused 4,000 messages that are not a page’s to send: nothing is started, changed, opened or told', async () => {
    const before = await standing();
    const names = fc.oneof(fc.constantFrom(...NAMES.filter(notForPages)), fc.string().filter(notForPages));
    const answers: unknown[] = [];
    for (let turn = 0; turn < 8; turn++) answers.push(...(await sender.say(draw(500, [foreignId], names))));
    expect(answers).toHaveLength(4000);
    expect(answers.filter((answer) => !isRefusal(answer))).toEqual([]);
    expect(await standing()).toEqual(before);
  }, 60_000);

  it('may do to its own profile what the button does, and learns no key, no list, no other profile', async () => {
    // Without those that would start a run or open a page: what they do is wanted.
    const names = fc.constantFrom('page.state', 'page.pause', 'page.resume', 'page.stop');
    const before = await standing();
    const answers = await sender.say(draw(2000, [foreignId], names));
    expect(await standing()).toEqual(before);
    const told = answers.filter((answer) => !isRefusal(answer));
    expect(told.length).toBeGreaterThan(100);
    const key = scene.emulator.defaultKey('sociavault');
    const text = JSON.stringify(answers);
    for (const secret of [key, key.slice(-8), foreignId, OTHER, 'api.sociavault.com']) {
      expect(text).not.toContain(secret);
    }
    for (const answer of told) {
      expect(answer).toMatchObject({ ok: true, response: { platform: 'x', handle: OWN, run: null } });
    }
  }, 60_000);

  it('cannot reach what is stored, whatever it asks the browser for', async () => {
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

  it('speaks for the profile in its tab’s address, whatever it names', async () => {
    const [started] = await sender.say([{ name: 'page.start', request: { relation: 'followers' } }]);
    expect(started).toMatchObject({ ok: true, response: { handle: OWN } });
    await expect
      .poll(async () => (await scene.table('snapshots')).map(({ handle }) => handle).sort())
      .toEqual([OTHER, OWN].sort());
  });
});
