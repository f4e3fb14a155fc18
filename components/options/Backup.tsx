import { useRef, useState } from 'react';
import { i18n } from '#i18n';
import type { Preferences } from '../../lib/settings/preferences.ts';
import type * as Actions from './backup-actions.ts';
import type { BackupMessage, BackupWork } from './backup-actions.ts';
import { Button } from '../shared/Button.tsx';

interface Work {
  readonly what: 'save' | 'restore';
  readonly abort: AbortController;
  /** In whole percent. */
  readonly percent: number;
}

function workText({ what }: Work): string {
  return what === 'save' ? i18n.t('backup.saving') : i18n.t('backup.restoring');
}

function Progress({ work }: { readonly work: Work }) {
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={workText(work)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={work.percent}
    >
      <span style={{ inlineSize: `${work.percent.toString()}%` }} />
    </div>
  );
}

type Start = (
  what: Work['what'],
  work: (module: typeof Actions, of: BackupWork) => Promise<BackupMessage>,
) => void;

/** Backs up or restores, one at a time, and reports the progress and the last result. */
function useBackup(preferences: Preferences) {
  const [current, setCurrent] = useState<Work | null>(null);
  const [message, setMessage] = useState<BackupMessage | null>(null);
  const start: Start = (what, work) => {
    const abort = new AbortController();
    const onProgress = (share: number): void => {
      const percent = Math.floor(100 * Math.min(1, share));
      setCurrent((now) => (now === null || now.percent === percent ? now : { ...now, percent }));
    };
    setMessage(null);
    setCurrent({ what, abort, percent: 0 });
    import('./backup-actions.ts')
      .then((module) => work(module, { preferences, signal: abort.signal, onProgress }))
      .catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        return { text: i18n.t('options.failed', { why }), failed: true };
      })
      .then(setMessage)
      .finally(() => {
        setCurrent(null);
      })
      .catch(console.error);
  };
  return { current, message, start };
}

/** Backs up everything to one file, and restores it. */
export function Backup({ preferences }: { readonly preferences: Preferences }) {
  const { current, message, start } = useBackup(preferences);
  return (
    <section className="panel" aria-labelledby="backup">
      <h3 id="backup" className="provider-name">
        {i18n.t('backup.title')}
      </h3>
      <p className="meta">{i18n.t('backup.intro')}</p>
      <p className="meta">{i18n.t('backup.restore_hint')}</p>
      <Buttons current={current} start={start} />
      <p role="status" className={message?.failed === true ? 'tone-error' : undefined}>
        {current === null ? (message?.text ?? '') : workText(current)}
      </p>
    </section>
  );
}

function Buttons({ current, start }: { readonly current: Work | null; readonly start: Start }) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={chooser}
        type="file"
        hidden
        accept=".gz,.ndjson,.jsonl,application/gzip,application/x-ndjson"
        aria-label={i18n.t('backup.choose')}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // Reset, so that choosing the same file again fires a change event.
          target.value = '';
          if (file !== undefined) start('restore', ({ restore }, work) => restore(file, work));
        }}
      />
      {current !== null && <Progress work={current} />}
      <div className="buttons">
        {current === null ? (
          <>
            <Button
              onClick={() => {
                start('save', ({ save }, work) => save(work));
              }}
            >
              {i18n.t('backup.save')}
            </Button>
            <Button onClick={() => chooser.current?.click()}>{i18n.t('backup.restore')}</Button>
          </>
        ) : (
          <Button
            onClick={() => {
              current.abort.abort();
            }}
          >
            {i18n.t('backup.cancel')}
          </Button>
        )}
      </div>
    </>
  );
}
