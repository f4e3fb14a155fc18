import { useId } from 'react';
import { i18n } from '#i18n';
import { PLATFORMS, type Platform } from '../../lib/model/platform.ts';
import { platformName } from '../../lib/words/names.ts';

interface PlatformSwitchProps {
  /** The platforms that can be chosen. */
  readonly possible: readonly Platform[];
  readonly platform: Platform;
  readonly onPlatform: (platform: Platform) => void;
}

/** A handle alone doesn't tell its platform. Those on which it can't exist are disabled. */
export function PlatformSwitch({ possible, platform, onPlatform }: PlatformSwitchProps) {
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
