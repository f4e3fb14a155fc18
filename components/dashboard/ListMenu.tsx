import { Menu, MenuButton, MenuItem, MenuProvider } from '@ariakit/react/menu';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import { hasEnded, isSample, type Snapshot } from '../../lib/model/snapshot.ts';
import { useAction } from '../hooks/useAction.ts';
import { useCollectAgain } from '../runs/CollectAgain.tsx';
import { buttonClass } from '../shared/Button.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Icon } from '../shared/Icon.tsx';

// Loaded separately: it is not needed until the user wants to write something.
const DescribeList = lazy(() => import('./DescribeList.tsx'));
const WatchList = lazy(() => import('./WatchList.tsx'));

/** What can be done with a list, besides exporting it. */
export function ListMenu({ snapshot }: { readonly snapshot: Snapshot }) {
  const { id, state } = snapshot;
  const action = useAction();
  const again = useCollectAgain(snapshot);
  const [dialog, setDialog] = useState<'describe' | 'watch' | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    // While a dialog is open, nothing outside of it can take the focus.
    if (wasOpen.current && dialog === null) button.current?.focus();
    wasOpen.current = dialog !== null;
  }, [dialog]);
  const close = (): void => {
    setDialog(null);
  };
  return (
    <>
      <MenuProvider placement="bottom-end">
        <MenuButton
          ref={button}
          className={buttonClass({}, 'icon-only')}
          aria-label={i18n.t('list_menu.title')}
          title={i18n.t('list_menu.title')}
        >
          <Icon name="more" />
        </MenuButton>
        <Menu className="menu" gutter={4} aria-label={i18n.t('list_menu.title')} unmountOnHide>
          <MenuItem
            className="menu-item"
            onClick={() => {
              setDialog('describe');
            }}
          >
            {i18n.t('list_menu.describe')}
          </MenuItem>
          {hasEnded(state) && !isSample(snapshot) && (
            <MenuItem
              className="menu-item"
              onClick={() => {
                setDialog('watch');
              }}
            >
              {i18n.t('watch.action')}
            </MenuItem>
          )}
          {again !== null && (
            <MenuItem
              className="menu-item"
              disabled={action.busy}
              onClick={() => {
                action.run(again.start);
              }}
            >
              {again.text}
            </MenuItem>
          )}
          {hasEnded(state) && (
            <MenuItem
              className="menu-item menu-rule tone-error"
              onClick={() => {
                action.run(() => send('list.delete', { snapshotId: id }));
              }}
            >
              {i18n.t('list.delete')}
            </MenuItem>
          )}
        </Menu>
      </MenuProvider>
      <ErrorText error={action.error} />
      <Suspense fallback={null}>
        {dialog === 'describe' && <DescribeList snapshot={snapshot} onClose={close} />}
        {dialog === 'watch' && <WatchList snapshot={snapshot} onClose={close} />}
      </Suspense>
    </>
  );
}
