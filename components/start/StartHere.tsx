import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import { i18n } from '#i18n';
import type { ActiveProfile } from '../../lib/messages/types.ts';
import { handleKey } from '../../lib/model/handles.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { PLATFORMS, type Platform } from '../../lib/model/platform.ts';
import { platformsOf, readHandleOrLink } from '../../lib/platforms/field.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import type { KeyInfo } from '../../lib/store/keys.ts';
import { platformName, profileName } from '../../lib/words/names.ts';

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

interface PlatformSwitchProps {
  /** The platforms on which the text can be a handle. */
  readonly possible: readonly Platform[];
  readonly platform: Platform;
  readonly onPlatform: (platform: Platform) => void;
}

/** A handle alone doesn't tell its platform. Those on which it can't exist are disabled. */
function PlatformSwitch({ possible, platform, onPlatform }: PlatformSwitchProps) {
  const group = useId();
  return (
    <div role="radiogroup" aria-label={i18n.t('popup.platform')} className="choices">
      {PLATFORMS.map((one) => (
        <label key={one} className="choice">
          <input
            type="radio"
            name={group}
            checked={one === platform}
            disabled={!possible.includes(one)}
            onChange={() => {
              onPlatform(one);
            }}
          />
          <span>{platformName(one)}</span>
        </label>
      ))}
    </div>
  );
}

/** A field for a handle or a link, and the matching profile below it. */
export function StartHere(props: StartHereProps) {
  const { activeProfile, snapshots, keys, preferences, onOpen, focused = false } = props;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(props.text ?? (activeProfile === null ? '' : `@${activeProfile.handle}`));
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
      {profile !== null && (
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
