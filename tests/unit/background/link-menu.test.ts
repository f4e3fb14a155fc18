import { browser } from 'wxt/browser';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createLinkMenu, onLinkMenu } from '../../../entrypoints/background/link-menu.ts';
import type { StartResponse } from '../../../lib/messages/types.ts';
import { snapshotIdSchema } from '../../../lib/model/ids.ts';
import { speakEnglish } from '../words/english.ts';

const ID = snapshotIdSchema.parse('00000000-0000-4000-8000-000000000001');

/** What a choice in the menu led to: what was started, which list was shown, and which link an extension page got. */
async function choose(click: Parameters<typeof onLinkMenu>[0], response?: StartResponse['kind']) {
  const start = vi.fn().mockResolvedValue({ kind: response ?? 'started', snapshotId: ID });
  const show = vi.fn().mockResolvedValue(undefined);
  const openWithLink = vi.fn().mockResolvedValue(undefined);
  await onLinkMenu(click, { start, show, openWithLink });
  return {
    started: start.mock.calls.flat(),
    shown: show.mock.calls.flat(),
    opened: openWithLink.mock.calls.flat(),
  };
}

describe('choosing an entry for a link', () => {
  it.each([
    ['https://x.com/Anna_Atlas', 'x', 'Anna_Atlas'],
    ['http://twitter.com/anna_atlas?s=20', 'x', 'anna_atlas'],
    ['https://mobile.x.com/anna_atlas/followers', 'x', 'anna_atlas'],
    ['https://www.tiktok.com/pt-BR/@ada.clips', 'tiktok', 'ada.clips'],
  ])('%s starts as from the popup', async (linkUrl, platform, handle) => {
    for (const relation of ['followers', 'following'] as const) {
      expect(await choose({ menuItemId: relation, linkUrl })).toEqual({
        started: [{ platform, handle, relation, provider: null, howMany: null, cap: null, again: false }],
        shown: [ID],
        opened: [],
      });
    }
  });

  it.each<StartResponse['kind']>(['joined', 'exists'])('shows the existing list: %s', async (kind) => {
    const { shown, opened } = await choose({ menuItemId: 'followers', linkUrl: 'https://x.com/anna' }, kind);
    expect([shown, opened]).toEqual([[ID], []]);
  });

  it('opens an extension page if there is no key', async () => {
    const linkUrl = 'https://x.com/anna_atlas';
    const { shown, opened } = await choose({ menuItemId: 'following', linkUrl }, 'no-key');
    expect([shown, opened]).toEqual([[], [linkUrl]]);
  });

  it.each([
    'https://x.com/home',
    'https://x.com/anna_atlas/status/1',
    'https://x.com/i/lists/12',
    'https://www.tiktok.com/@ada.clips/video/7',
    'https://example.org/anna_atlas',
    'https://x.com.example.org/anna_atlas',
    `https://x.com/${'a'.repeat(5000)}`,
    'javascript:alert(1)',
    'no address',
  ])('%s is not a profile: an extension page reports it, and nothing starts', async (linkUrl) => {
    expect(await choose({ menuItemId: 'followers', linkUrl })).toEqual({
      started: [],
      shown: [],
      opened: [linkUrl],
    });
  });

  it.each([
    { menuItemId: 'another extension’s', linkUrl: 'https://x.com/anna_atlas' },
    { menuItemId: 1, linkUrl: 'https://x.com/anna_atlas' },
    { menuItemId: 'followers' },
  ])('ignores clicks on entries that are not the extension’s: %j', async (click) => {
    expect(await choose(click)).toEqual({ started: [], shown: [], opened: [] });
  });
});

describe('the menu', () => {
  beforeEach(speakEnglish);

  it('has two entries, on links to the sites only, and replaces earlier entries', async () => {
    const did: unknown[] = [];
    Object.assign(browser, {
      contextMenus: {
        removeAll: () => Promise.resolve(did.push('removed')),
        create: (entry: unknown) => did.push(entry),
      },
    });
    await createLinkMenu();
    const common = {
      contexts: ['link'],
      targetUrlPatterns: expect.arrayContaining(['*://x.com/*', '*://www.tiktok.com/*']) as unknown,
    };
    expect(did).toEqual([
      'removed',
      { id: 'followers', title: 'Get followers', ...common },
      { id: 'following', title: 'Get following', ...common },
    ]);
  });
});
