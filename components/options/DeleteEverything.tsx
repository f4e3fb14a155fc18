import { useId, useState } from 'react';
import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import { readStorageFigures, type StorageFigures } from '../hooks/storage-figures.ts';
import { useAction } from '../hooks/useAction.ts';
import { ConfirmButton } from '../shared/ConfirmButton.tsx';
import { deletedText } from './deleted-text.ts';
import { ErrorText } from '../shared/ErrorText.tsx';

/** The data is deleted whether or not the browser reports its remaining storage afterward. */
async function figuresIfReported(): Promise<StorageFigures | null> {
  try {
    return await readStorageFigures();
  } catch (error) {
    console.warn('The browser does not report storage usage.', error);
    return null;
  }
}

/** Deletes everything: lists, keys, spending history, preferences, and host permissions for providers. */
export function DeleteEverything({ onDone }: { readonly onDone: () => void }) {
  const id = useId();
  const { run, busy, error } = useAction();
  const [done, setDone] = useState<string | null>(null);
  return (
    <section className="panel" aria-labelledby={`${id}-name`}>
      <h3 id={`${id}-name`} className="provider-name">
        {i18n.t('everything.title')}
      </h3>
      <p className="meta">{i18n.t('everything.hint')}</p>
      <ConfirmButton
        isDangerous
        text={i18n.t('everything.delete')}
        question={i18n.t('everything.really')}
        yes={i18n.t('everything.yes')}
        busy={busy}
        onYes={() => {
          setDone(null);
          run(async () => {
            await send('everything.delete', {});
            onDone();
            setDone(deletedText(await figuresIfReported()));
          });
        }}
      />
      <p role="status">{done ?? (busy ? i18n.t('everything.busy') : '')}</p>
      <ErrorText error={error} />
    </section>
  );
}
