import { i18n } from '#i18n';
import { Button } from './Button.tsx';

/** Moves the focus past the page's navigation. A button, because the dashboard and the settings use the address otherwise. */
export function SkipLink() {
  return (
    <Button
      extraClass="skip-link"
      onClick={() => {
        const main = document.querySelector('main');
        if (main === null) return;
        main.tabIndex = -1;
        main.focus();
      }}
    >
      {i18n.t('command.skip')}
    </Button>
  );
}
