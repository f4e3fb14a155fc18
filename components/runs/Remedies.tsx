import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import type { RunError } from '../../lib/model/error.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { adapterById } from '../../lib/providers/index.ts';
import { requestHostPermission } from '../../lib/permissions/hosts.ts';
import { remedyFor } from '../../lib/words/errors.ts';
import type { Action } from '../hooks/useAction.ts';
import { useCreditPrice } from '../hooks/usePreferences.ts';
import { openSettings, openSite } from './open-extension-page.ts';
import { ReadAgain } from './ReadAgain.tsx';
import { retryText } from './retry-text.ts';
import { Button } from '../shared/Button.tsx';

interface RemediesProps {
  readonly snapshot: Snapshot;
  readonly trouble: RunError;
  readonly action: Action;
}

/** The button that resolves what blocks a run. */
export default function Remedies({ snapshot, trouble: runError, action: { run, busy } }: RemediesProps) {
  const { id: snapshotId, provider } = snapshot;
  const creditPrice = useCreditPrice(provider);
  const resume = (): Promise<unknown> => send('run.resume', { snapshotId });
  const primary = (text: string, work: () => Promise<unknown>) => (
    <Button
      variant="primary"
      disabled={busy}
      onClick={() => {
        run(work);
      }}
    >
      {text}
    </Button>
  );
  switch (remedyFor(runError)) {
    case 'add-key':
      return primary(i18n.t('remedy.add_key'), () => openSettings(provider));
    case 'replace-key':
      return primary(i18n.t('remedy.replace_key'), () => openSettings(provider));
    case 'unlock':
      return primary(i18n.t('remedy.unlock'), () => openSettings('keys'));
    case 'allow':
      return primary(i18n.t('remedy.allow'), async () => {
        if (runError.kind === 'no-permission' && (await requestHostPermission(runError.origin)))
          await resume();
      });
    case 'top-up': {
      const url = adapterById(provider)?.topUpUrl ?? null;
      return (
        <>
          {url !== null && primary(i18n.t('remedy.top_up'), () => openSite(url))}
          <Button
            disabled={busy}
            onClick={() => {
              run(resume);
            }}
          >
            {i18n.t('remedy.check_again')}
          </Button>
        </>
      );
    }
    case 'read-again':
      return <ReadAgain snapshot={snapshot} action={{ run, busy, error: null }} />;
    case 'try-again':
      return primary(retryText(snapshot, i18n.t('remedy.try_again'), creditPrice), resume);
  }
}
