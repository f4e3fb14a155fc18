import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import { i18n } from '#i18n';
import type { ActiveProfile } from '../../lib/messages/types.ts';
import { handleKey } from '../../lib/model/handles.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import type { Platform } from '../../lib/model/platform.ts';
import { platformsOf, readHandleOrLink } from '../../lib/platforms/field.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import type { KeyInfo } from '../../lib/store/keys.ts';
import { platformName, profileName } from '../../lib/words/names.ts';
import { PlatformSwitch } from './PlatformSwitch.tsx';

// Loaded separately: only needed for several profiles.
const OfferMany = lazy(() => import('./OfferMany.tsx'));
// Loaded separately: without a profile it is not needed.
const ProfileCard = lazy(() => import('./ProfileCard.tsx'));

interface StartHereProps {
  /** The profile that the page was opened on, if any. */
  readonly activeProfile: Pick<ActiveProfile, 'platform' | 'handle' | 'hint'> | null;
  /** The field's initial text; `null` is the profile of the active tab. */
  readonly text?: string | null;
  readonly snapshots: readonly Snapshot[];
  readonly keys: readonly KeyInfo[];
  readonly preferences: Preferences;
  readonly onOpen: (id: SnapshotId) => void;
  /** The field takes the focus as soon as this is true. */
  readonly focused?: boolean;
}

/** Names the profile recognized in the field: links can be long and have many forms. */
function understood({ platform, handle }: PageProfile): string {
  return i18n.t('popup.understood', {
    platform: platformName(platform),
    profile: profileName(platform, handle),
  });
}

/** A field for a handle or a link, and the matching profile below it. */
export function StartHere(props: StartHereProps) {
  const { activeProfile, snapshots, keys, preferences, onOpen, focused = false } = props;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(props.text ?? (activeProfile === null ? '' : `@${activeProfile.handle}`));
  /** The pasted text, if it has several lines. */
  const [pasted, setPasted] = useState<string | null>(null);
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);
  const [chosen, setChosen] = useState<Platform>(activeProfile?.platform ?? 'x');
  const platforms = text.trim() === '' ? [] : platformsOf(text);
  const platform = platforms.includes(chosen) ? chosen : (platforms[0] ?? chosen);
  const profile = text.trim() === '' ? null : readHandleOrLink(text, platform);
  const isActiveProfile =
    activeProfile !== null &&
    profile?.platform === activeProfile.platform &&
    handleKey(profile.handle) === handleKey(activeProfile.handle);
  const several = pasted ?? (text.trim() !== '' && profile === null ? text : null);
  const broken = text.trim() !== '' && profile === null;
  return (
    <>
      <div className="field">
        <label htmlFor={id}>{i18n.t('popup.field')}</label>
        <input
          ref={field}
          id={id}
          className="input"
          value={text}
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          placeholder={i18n.t('popup.field_hint')}
          aria-invalid={broken}
          aria-describedby={`${id}-error`}
          onChange={({ target }) => {
            setText(target.value);
            setPasted(null);
          }}
          onPaste={({ clipboardData }) => {
            // The field has one line. What had several is read as it was.
            const whole = clipboardData.getData('text/plain');
            setPasted(/\S\s*[\r\n]+\s*\S/.test(whole) ? whole : null);
          }}
        />
        {platforms.length > 0 && (
          <PlatformSwitch possible={platforms} platform={platform} onPlatform={setChosen} />
        )}
        <p id={`${id}-error`} className={broken ? 'tone-error' : 'meta'} aria-live="polite">
          {broken && i18n.t('popup.not_a_profile')}
          {profile !== null && <bdi>{understood(profile)}</bdi>}
        </p>
      </div>
      {several !== null && (
        <Suspense fallback={null}>
          <OfferMany text={several} />
        </Suspense>
      )}
      {profile !== null && pasted === null && (
        <Suspense fallback={null}>
          <ProfileCard
            key={`${profile.platform}/${handleKey(profile.handle)}`}
            profile={profile}
            hint={isActiveProfile ? activeProfile.hint : null}
            snapshots={snapshots}
            keys={keys}
            preferences={preferences}
            onOpen={onOpen}
          />
        </Suspense>
      )}
    </>
  );
}
