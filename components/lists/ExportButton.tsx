import { lazy, Suspense, useState } from 'react';
import { i18n } from '#i18n';
import { Icon } from '../shared/Icon.tsx';
import type { ExportMenuProps } from './ExportMenu.tsx';
import { Button } from '../shared/Button.tsx';

// The menu is not needed before somebody exports.
const ExportMenu = lazy(() => import('./ExportMenu.tsx'));

/** `Export`: a button at once; the menu behind it comes when it has been read, opened if it was asked for meanwhile. */
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
