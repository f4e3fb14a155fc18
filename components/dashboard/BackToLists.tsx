import { i18n } from '#i18n';
import { Icon } from '../shared/Icon.tsx';

/** Back to the lists, where there is no room for them beside what is shown. */
export function BackInNarrow({ onBack }: { readonly onBack: () => void }) {
  return (
    <button
      type="button"
      className="button icon-only narrow-only"
      aria-label={i18n.t('list.back')}
      title={i18n.t('list.back')}
      onClick={onBack}
    >
      <Icon name="back" />
    </button>
  );
}
