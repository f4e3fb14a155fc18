import { useState } from 'react';
import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import type { Act } from '../hooks/useAction.ts';
import { useCreditPrice } from '../hooks/usePreferences.ts';
import { nameOfProvider } from './provider.ts';
import { tryWords } from './retry-text.ts';

interface ReadAgainProps {
  readonly snapshot: Snapshot;
  readonly act: Act;
}

/** For an answer that was kept because it could not be understood: read it again for nothing, or ask and pay again. */
export function ReadAgain({ snapshot, act: { act, busy } }: ReadAgainProps) {
  const { id: snapshotId, provider } = snapshot;
  const [failed, setFailed] = useState(false);
  const creditPrice = useCreditPrice(provider);
  return (
    <>
      <button
        type="button"
        className="button primary"
        disabled={busy}
        onClick={() => {
          act(async () => {
            setFailed(!(await send('run.read-again', { snapshotId })));
          });
        }}
      >
        {i18n.t('remedy.read_again')}
      </button>
      <button
        type="button"
        className="button"
        disabled={busy}
        onClick={() => {
          act(() => send('run.resume', { snapshotId }));
        }}
      >
        {tryWords(snapshot, i18n.t('remedy.request_again'), creditPrice)}
      </button>
      <p className="meta" role="status">
        {failed ? i18n.t('remedy.still_unreadable', { provider: nameOfProvider(provider) }) : ''}
      </p>
    </>
  );
}
