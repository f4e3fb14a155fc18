import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import type { Trouble } from '../../lib/model/error.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { adapterById } from '../../lib/providers/index.ts';
import { requestHostPermission } from '../../lib/permissions/hosts.ts';
import { remedyFor } from '../../lib/words/errors.ts';
import type { Act } from '../hooks/useAction.ts';
import { useCreditPrice } from '../hooks/usePreferences.ts';
import { openSettings, openSite } from './open-extension-page.ts';
import { ReadAgain } from './ReadAgain.tsx';
import { tryWords } from './retry-text.ts';

interface RemediesProps {
  readonly snapshot: Snapshot;
  readonly trouble: Trouble;
  readonly act: Act;
}

/** The one button that mends what blocks a run. */
export function Remedies({ snapshot, trouble, act: { act, busy } }: RemediesProps) {
  const { id: snapshotId, provider } = snapshot;
  const creditPrice = useCreditPrice(provider);
  const resume = (): Promise<unknown> => send('run.resume', { snapshotId });
  const primary = (words: string, work: () => Promise<unknown>) => (
    <button
      type="button"
      className="button primary"
      disabled={busy}
      onClick={() => {
        act(work);
      }}
    >
      {words}
    </button>
  );
  switch (remedyFor(trouble)) {
    case 'add-key':
      return primary(i18n.t('remedy.add_key'), () => openSettings(provider));
    case 'replace-key':
      return primary(i18n.t('remedy.replace_key'), () => openSettings(provider));
    case 'unlock':
      return primary(i18n.t('remedy.unlock'), () => openSettings('keys'));
    case 'allow':
      return primary(i18n.t('remedy.allow'), async () => {
        if (trouble.kind === 'no-permission' && (await requestHostPermission(trouble.origin))) await resume();
      });
    case 'top-up': {
      const url = adapterById(provider)?.topUpUrl ?? null;
      return (
        <>
          {url !== null && primary(i18n.t('remedy.top_up'), () => openSite(url))}
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() => {
              act(resume);
            }}
          >
            {i18n.t('remedy.check_again')}
          </button>
        </>
      );
    }
    case 'read-again':
      return <ReadAgain snapshot={snapshot} act={{ act, busy, trouble: null }} />;
    case 'try-again':
      return primary(tryWords(snapshot, i18n.t('remedy.try_again'), creditPrice), resume);
  }
}
