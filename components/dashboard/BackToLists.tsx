import { i18n } from '#i18n';
import { IconButton } from '../shared/Button.tsx';

/** Back to the lists, where there is no room for them beside what is shown. */
export function BackToLists({ onBack }: { readonly onBack: () => void }) {
  return <IconButton icon="back" extraClass="narrow-only" label={i18n.t('list.back')} onClick={onBack} />;
}
