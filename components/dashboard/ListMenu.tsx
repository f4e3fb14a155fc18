import { Menu, MenuButton, MenuItem, MenuProvider } from '@ariakit/react/menu';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import { hasEnded, type Snapshot } from '../../lib/model/snapshot.ts';
import { useAction } from '../hooks/useAction.ts';
import { useCollectAgain } from '../runs/CollectAgain.tsx';
import { buttonClass } from '../shared/Button.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Icon } from '../shared/Icon.tsx';

// Loaded separately: it is not needed until the user wants to write something.
const DescribeList = lazy(() => import('./DescribeList.tsx'));

/** What can be done with a list, besides exporting it. */
export function ListMenu({ snapshot }: { readonly snapshot: Snapshot }) {
  const { id, state } = snapshot;
  const action = useAction();
  const again = useCollectAgain(snapshot);
  const [describing, setDescribing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasDescribing = useRef(false);
  useEffect(() => {
    // While the dialog is open, nothing outside of it can take the focus.
    if (wasDescribing.current && !describing) button.current?.focus();
    wasDescribing.current = describing;
  }, [describing]);
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
              setDescribing(true);
            }}
          >
            {i18n.t('list_menu.describe')}
          </MenuItem>
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
      {describing && (
        <Suspense fallback={null}>
          <DescribeList
            snapshot={snapshot}
            onClose={() => {
              setDescribing(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
