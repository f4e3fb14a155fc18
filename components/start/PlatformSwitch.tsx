import { i18n } from '#i18n';
import { PLATFORMS, type Platform } from '../../lib/model/platform.ts';
import { platformName } from '../../lib/words/names.ts';
import { RadioChoices } from '../shared/RadioChoices.tsx';

interface PlatformSwitchProps {
  /** The platforms that can be chosen. */
  readonly possible: readonly Platform[];
  readonly platform: Platform;
  readonly onPlatform: (platform: Platform) => void;
}

/** A handle alone doesn't tell its platform. Those on which it can't exist are disabled. */
export function PlatformSwitch({ possible, platform, onPlatform }: PlatformSwitchProps) {
  return (
    <RadioChoices
      name={i18n.t('popup.platform')}
      values={PLATFORMS}
      value={platform}
      textOf={platformName}
      isDisabled={(one) => !possible.includes(one)}
      onValue={onPlatform}
    />
  );
}
