import { useEffect } from 'react';
import { i18n } from '#i18n';

/** The title of the browser's tab: what is shown, then the product. `null` leaves it to another part of the page. */
export function useDocumentTitle(shown: string | null): void {
  useEffect(() => {
    if (shown !== null) document.title = `${shown} · ${i18n.t('dashboard.title')}`;
  }, [shown]);
}
