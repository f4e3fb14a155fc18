import { i18n } from '#i18n';
import { IconButton } from '../shared/Button.tsx';

/** A link back to the lists, for windows too narrow to show them beside the content. */
export function BackToLists({ onBack }: { readonly onBack: () => void }) {
  return <IconButton icon="back" extraClass="narrow-only" label={i18n.t('list.back')} onClick={onBack} />;
}
