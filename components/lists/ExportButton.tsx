import { lazy, Suspense, useState } from 'react';
import { i18n } from '#i18n';
import { Icon } from '../shared/Icon.tsx';
import type { ExportMenuProps } from './ExportMenu.tsx';
import { Button } from '../shared/Button.tsx';

// Loaded separately: the menu is not needed until the user exports.
const ExportMenu = lazy(() => import('./ExportMenu.tsx'));

/** The Export button. It is shown immediately; a click before its menu is loaded opens the menu once it is. */
export function ExportButton(props: Omit<ExportMenuProps, 'startOpen'>) {
  const [wanted, setWanted] = useState(false);
  const waiting = (
    <Button
      aria-haspopup="menu"
      aria-expanded={false}
      disabled={!props.ready}
      onClick={() => {
        setWanted(true);
      }}
    >
      {i18n.t('export.button')}
      <Icon name="down" />
    </Button>
  );
  return (
    <Suspense fallback={waiting}>
      <ExportMenu {...props} startOpen={wanted} />
    </Suspense>
  );
}
