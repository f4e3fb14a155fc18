/** The entries in the browser's context menu of a link to a profile. */
import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import type { Received } from '../../lib/messages/receive.ts';
import type { StartResponse } from '../../lib/messages/types.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { relationSchema, type Relation } from '../../lib/model/platform.ts';
import { linkMatches, readUrl } from '../../lib/platforms/index.ts';

/** The used part of the browser's click event. */
interface Click {
  readonly menuItemId: string | number;
  readonly linkUrl?: string;
}

export interface LinkMenuOptions {
  /** Starts a run as the popup does. */
  readonly start: (request: Received<'run.start'>) => Promise<StartResponse>;
  readonly show: (id: SnapshotId) => Promise<void>;
  /** Opens an extension page with the link in its field. The page shows what is missing or invalid. */
  readonly openWithLink: (link: string) => Promise<void>;
}

/** Creates the entries. They remain when the background ends; those of an older version are replaced. */
export async function createLinkMenu(): Promise<void> {
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

/** Starts what was chosen for the link. If the link is no profile or a key is missing, an extension page shows that. */
export async function onLinkMenu({ menuItemId, linkUrl }: Click, options: LinkMenuOptions): Promise<void> {
  const relation = relationSchema.safeParse(menuItemId);
  if (!relation.success || linkUrl === undefined) return;
  const profile = URL.canParse(linkUrl) ? readUrl(new URL(linkUrl)) : null;
  if (profile === null) {
    await options.openWithLink(linkUrl);
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
  if (started.kind === 'no-key') await options.openWithLink(linkUrl);
  else await options.show(started.snapshotId);
}
