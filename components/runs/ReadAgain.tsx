import { useState } from 'react';
import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import type { Action } from '../hooks/useAction.ts';
import { useCreditPrice } from '../hooks/usePreferences.ts';
import { nameOfProvider } from './provider.ts';
import { retryText } from './retry-text.ts';
import { Button } from '../shared/Button.tsx';

interface ReadAgainProps {
  readonly snapshot: Snapshot;
  readonly action: Action;
}

/** For a saved response that could not be parsed: parses it again for free, or sends and pays for a new request. */
export function ReadAgain({ snapshot, action: { run, busy } }: ReadAgainProps) {
  const { id: snapshotId, provider } = snapshot;
  const [failed, setFailed] = useState(false);
  const creditPrice = useCreditPrice(provider);
  return (
    <>
      <Button
        variant="primary"
        disabled={busy}
        onClick={() => {
          run(async () => {
            setFailed(!(await send('run.read-again', { snapshotId })));
          });
        }}
      >
        {i18n.t('remedy.read_again')}
      </Button>
      <Button
        disabled={busy}
        onClick={() => {
          run(() => send('run.resume', { snapshotId }));
        }}
      >
        {retryText(snapshot, i18n.t('remedy.request_again'), creditPrice)}
      </Button>
      <p className="meta" role="status">
        {failed ? i18n.t('remedy.still_unreadable', { provider: nameOfProvider(provider) }) : ''}
      </p>
    </>
  );
}
