/** What the background does for messages from profile pages. */
import type { SenderOf } from '../../lib/messages/receive.ts';
import type { PageView } from '../../lib/messages/types.ts';
import type { Relation } from '../../lib/model/platform.ts';
import { hasEnded, type Snapshot } from '../../lib/model/snapshot.ts';
import { readUrl, type PageProfile } from '../../lib/platforms/index.ts';
import { readSchemaHint } from '../../lib/platforms/schema-hint.ts';
import { readPreferences } from '../../lib/settings/move-from-local-storage.ts';
import type { Store } from '../../lib/store/index.ts';
import { openExtensionPage, openInTab } from './extension-pages.ts';
import type { Background, HandlersOf } from './handlers.ts';
import { saveHint } from './hints.ts';
import { oneClickRun } from './page-offers.ts';
import { pageView, snapshotToShow } from './page-view.ts';
import { welcomeFor } from './welcome-page.ts';

type PageSender = SenderOf<'page.state'>;

function profileOf({ url }: PageSender): PageProfile | null {
  return readUrl(new URL(url));
}

async function viewFor(store: Store, sender: PageSender): Promise<PageView | null> {
  const profile = profileOf(sender);
  return profile === null ? null : pageView(store, profile, sender.tabId);
}

async function snapshotFor(store: Store, sender: PageSender): Promise<Snapshot | undefined> {
  const profile = profileOf(sender);
  return profile === null ? undefined : snapshotToShow(store, profile.platform, profile.handle);
}

async function start(
  { store, collector }: Background,
  profile: PageProfile,
  relation: Relation,
  tabId: number,
): Promise<void> {
  const started = await collector.start(await oneClickRun(store, profile, relation, tabId));
  if (started.kind === 'no-key') {
    await welcomeFor(profile, relation);
    return;
  }
  const needsApproval = started.kind === 'joined' && started.snapshot.state.kind === 'confirming';
  if (started.kind === 'exists' || needsApproval) await openExtensionPage(started.snapshot.id);
}

export function pageHandlers(background: Background): HandlersOf<'page'> {
  const { store, collector } = background;

  /** Applies an action to the unfinished run of the page's profile, if there is one. */
  async function onRun(
    sender: PageSender,
    act: (snapshot: Snapshot) => Promise<void>,
  ): Promise<PageView | null> {
    const snapshot = await snapshotFor(store, sender);
    if (snapshot !== undefined && !hasEnded(snapshot.state)) await act(snapshot);
    return viewFor(store, sender);
  }

  return {
    'page.state': async ({ schema }, sender) => {
      const profile = profileOf(sender);
      if (profile !== null) await saveHint(sender.tabId, profile, readSchemaHint(schema, profile.handle));
      return viewFor(store, sender);
    },
    'page.start': async ({ relation }, sender) => {
      const profile = profileOf(sender);
      if (profile === null) return null;
      // If the user turned off the button on pages, no page may start a run.
      const { pageButton } = await readPreferences(store);
      if (pageButton) await start(background, profile, relation, sender.tabId);
      return viewFor(store, sender);
    },
    'page.pause': (_, sender) => onRun(sender, ({ id }) => collector.pause(id)),
    'page.resume': (_, sender) => onRun(sender, ({ id }) => collector.resume(id)),
    'page.stop': (_, sender) => onRun(sender, ({ id }) => collector.stop(id)),
    'page.open': async (_, sender) => {
      const snapshot = await snapshotFor(store, sender);
      if (snapshot !== undefined) await openInTab(snapshot.id);
      return null;
    },
  };
}
