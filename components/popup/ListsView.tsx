import { useState } from 'react';
import { i18n } from '#i18n';
import type { AtHand } from '../../lib/messages/types.ts';
import { handleKey, type Snapshot, type SnapshotId } from '../../lib/model.ts';
import { readHandleOrLink } from '../../lib/platforms/index.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import type { KeyInfo } from '../../lib/store/index.ts';
import { useNow } from '../hooks/useNow.ts';
import { SnapshotLines } from '../lists/SnapshotLines.tsx';
import { Icon, Mark } from '../look/Icon.tsx';
import { openDashboard, openSettings } from '../runs/own-pages.ts';
import { ProfileCard } from './ProfileCard.tsx';

interface ListsViewProps {
  readonly atHand: AtHand | null;
  readonly snapshots: readonly Snapshot[];
  readonly keys: readonly KeyInfo[];
  readonly preferences: Preferences;
  readonly onOpen: (id: SnapshotId) => void;
}

/** The profile at hand, and below it all lists. */
export function ListsView({ atHand, snapshots, keys, preferences, onOpen }: ListsViewProps) {
  const now = useNow(30_000);
  const [text, setText] = useState(atHand === null ? '' : `@${atHand.handle}`);
  const platform = atHand?.platform ?? 'x';
  const profile = text.trim() === '' ? null : readHandleOrLink(text, platform);
  const isAtHand =
    atHand !== null &&
    profile?.platform === atHand.platform &&
    handleKey(profile.handle) === handleKey(atHand.handle);
  const icon = (words: string, name: 'window' | 'settings', open: () => Promise<void>) => (
    <button
      type="button"
      className="button icon-only"
      aria-label={words}
      title={words}
      onClick={() => {
        open().catch(console.error);
      }}
    >
      <Icon name={name} />
    </button>
  );
  return (
    <div className="lists-view">
      <header className="bar">
        <Mark />
        <h1 className="grow">{i18n.t('popup.title')}</h1>
        {icon(i18n.t('popup.dashboard'), 'window', () => openDashboard(null))}
        {icon(i18n.t('popup.settings'), 'settings', () => openSettings(null))}
      </header>
      <main className="scrolled">
        <div className="field">
          <label htmlFor="handle">{i18n.t('popup.field')}</label>
          <input
            id="handle"
            className="input"
            value={text}
            spellCheck={false}
            autoCapitalize="none"
            autoComplete="off"
            placeholder={i18n.t('popup.field_hint')}
            aria-invalid={text.trim() !== '' && profile === null}
            aria-describedby="handle-trouble"
            onChange={({ target }) => {
              setText(target.value);
            }}
          />
          <p id="handle-trouble" className="tone-error" aria-live="polite">
            {text.trim() !== '' && profile === null ? i18n.t('popup.not_a_profile') : ''}
          </p>
        </div>
        {profile !== null && (
          <ProfileCard
            key={`${profile.platform}/${handleKey(profile.handle)}`}
            profile={profile}
            hint={isAtHand ? atHand.hint : null}
            snapshots={snapshots}
            keys={keys}
            preferences={preferences}
            onOpen={onOpen}
          />
        )}
        <section aria-labelledby="lists" className="all-lists">
          <h2 id="lists">{i18n.t('popup.lists')}</h2>
          {snapshots.length === 0 ? (
            <p className="muted">{i18n.t('popup.no_lists')}</p>
          ) : (
            <SnapshotLines snapshots={snapshots} now={now} open={null} onOpen={onOpen} />
          )}
        </section>
      </main>
    </div>
  );
}
