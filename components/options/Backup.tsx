import { useRef, useState } from 'react';
import { i18n } from '#i18n';
import type { Preferences } from '../../lib/settings/preferences.ts';
import type * as Work from './backup-actions.ts';
import type { BackupSaid, BackupWork } from './backup-actions.ts';
import { Button } from '../shared/Button.tsx';

interface Going {
  readonly what: 'save' | 'restore';
  readonly ending: AbortController;
  /** In whole per cent. */
  readonly percent: number;
}

function Progress({ what, percent }: Pick<Going, 'what' | 'percent'>) {
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={what === 'save' ? i18n.t('backup.saving') : i18n.t('backup.restoring')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <span style={{ inlineSize: `${percent.toString()}%` }} />
    </div>
  );
}

/** Everything as one file, and back. */
export function Backup({ preferences }: { readonly preferences: Preferences }) {
  const [going, setGoing] = useState<Going | null>(null);
  const [said, setSaid] = useState<BackupSaid | null>(null);
  const chooser = useRef<HTMLInputElement>(null);

  async function begin(
    what: Going['what'],
    work: (module: typeof Work, of: BackupWork) => Promise<BackupSaid>,
  ): Promise<void> {
    const ending = new AbortController();
    setSaid(null);
    setGoing({ what, ending, percent: 0 });
    try {
      setSaid(
        await work(await import('./backup-actions.ts'), {
          preferences,
          signal: ending.signal,
          onProgress: (share) => {
            const percent = Math.floor(100 * Math.min(1, share));
            setGoing((now) => (now === null || now.percent === percent ? now : { ...now, percent }));
          },
        }),
      );
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      setSaid({ text: i18n.t('options.failed', { why }), failed: true });
    } finally {
      setGoing(null);
    }
  }

  return (
    <section className="panel" aria-labelledby="backup">
      <h2 id="backup">{i18n.t('backup.title')}</h2>
      <p className="meta">{i18n.t('backup.intro')}</p>
      <p className="meta">{i18n.t('backup.restore_hint')}</p>
      <input
        ref={chooser}
        type="file"
        hidden
        accept=".gz,.ndjson,.jsonl,application/gzip,application/x-ndjson"
        aria-label={i18n.t('backup.choose')}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // So that choosing the same file once more is a change again.
          target.value = '';
          if (file !== undefined) void begin('restore', ({ restore }, work) => restore(file, work));
        }}
      />
      {going !== null && <Progress what={going.what} percent={going.percent} />}
      <div className="buttons">
        {going === null ? (
          <>
            <Button
              onClick={() => {
                void begin('save', ({ save }, work) => save(work));
              }}
            >
              {i18n.t('backup.save')}
            </Button>
            <Button onClick={() => chooser.current?.click()}>{i18n.t('backup.restore')}</Button>
          </>
        ) : (
          <Button
            onClick={() => {
              going.ending.abort();
            }}
          >
            {i18n.t('backup.cancel')}
          </Button>
        )}
      </div>
      <p role="status" className={said?.failed === true ? 'tone-error' : undefined}>
        {going === null
          ? (said?.text ?? '')
          : going.what === 'save'
            ? i18n.t('backup.saving')
            : i18n.t('backup.restoring')}
      </p>
    </section>
  );
}
