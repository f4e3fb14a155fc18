/** The entries in the browser's own menu of a link to a profile. */
import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import type { Heard } from '../../lib/messages/receive.ts';
import type { StartAnswer } from '../../lib/messages/types.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { relationSchema, type Relation } from '../../lib/model/platform.ts';
import { linkMatches, readUrl } from '../../lib/platforms/index.ts';

/** What a click in the menu tells, as far as it is used here. */
interface Click {
  readonly menuItemId: string | number;
  readonly linkUrl?: string;
}

export interface LinkMenuOptions {
  /** As a start from the popup, where a link was pasted. */
  readonly start: (request: Heard<'run.start'>) => Promise<StartAnswer>;
  readonly show: (id: SnapshotId) => Promise<void>;
  /** Opens our own page with the link in its field: it says what is in the way. */
  readonly ask: (link: string) => Promise<void>;
}

/** Makes the entries. The browser keeps them when the background ends; those of an older version are replaced. */
export async function makeLinkMenu(): Promise<void> {
  await browser.contextMenus.removeAll();
  const titles: Readonly<Record<Relation, string>> = {
    followers: i18n.t('popup.get_followers'),
    following: i18n.t('popup.get_following'),
  };
  for (const relation of relationSchema.options) {
    browser.contextMenus.create({
      id: relation,
      title: titles[relation],
      contexts: ['link'],
      targetUrlPatterns: [...linkMatches],
    });
  }
}

/** Does what was chosen for the link. One that leads to no profile, or a missing key, is said in our own page. */
export async function onLinkMenu({ menuItemId, linkUrl }: Click, options: LinkMenuOptions): Promise<void> {
  const relation = relationSchema.safeParse(menuItemId);
  if (!relation.success || linkUrl === undefined) return;
  const profile = URL.canParse(linkUrl) ? readUrl(new URL(linkUrl)) : null;
  if (profile === null) {
    await options.ask(linkUrl);
    return;
  }
  const started = await options.start({
    ...profile,
    relation: relation.data,
    provider: null,
    howMany: null,
    cap: null,
    again: false,
  });
  if (started.kind === 'no-key') await options.ask(linkUrl);
  else await options.show(started.snapshotId);
}
