import { useState } from 'react';
import { createPortal } from 'react-dom';
import { i18n } from '#i18n';
import type { ExportView } from '../../lib/export/jobs/job.ts';
import { exportMessage } from '../../lib/export/jobs/state-message.ts';
import { send } from '../../lib/messages/send.ts';
import { count, percent } from '../../lib/words/numbers.ts';
import { useExports } from '../hooks/useExports.ts';
import { Toast } from '../shared/Toast.tsx';
import { toastContainer } from '../shared/toast-container.ts';
import { namesOf, summarize } from './export-summary.ts';
import { Button } from './Button.tsx';

/** Dismisses finished exports, so that no page shows them again. */
function forget(views: readonly ExportView[]): void {
  for (const { id } of views) send('export.dismiss', { id }).catch(console.error);
}

/**
 * All exports in one toast, on every extension page: exports continue when the page that started them is closed.
 * Failures have a separate toast, which stays.
 */
export default function ExportToast() {
  const { underWay, waiting, done, failed } = summarize(useExports());
  /** Exports in progress that the user dismissed. Their results are still shown. */
  const [hidden, setHidden] = useState<string | null>(null);
  const isShown = underWay !== null && hidden !== underWay.id;
  return createPortal(
    <>
      <div role="status" aria-label={i18n.t('export.title')} className="toast-region">
        {done.length > 0 && !isShown && (
          <Toast
            key={namesOf(done)}
            tone="done"
            leaves
            onLeave={() => {
              forget(done);
            }}
          >
            <Sentences
              views={done}
              summary={i18n.t('export.files_saved', done.length, { n: count(done.length) })}
            />
          </Toast>
        )}
        {isShown && (
          <UnderWay
            key={underWay.id}
            view={underWay}
            waiting={waiting}
            done={done.length}
            onHide={() => {
              setHidden(underWay.id);
            }}
          />
        )}
      </div>
      <div role="alert" className="toast-region">
        {failed.length > 0 && (
          <Toast
            key={namesOf(failed)}
            tone="error"
            leaves={false}
            onLeave={() => {
              forget(failed);
            }}
          >
            <Sentences
              views={failed}
              summary={i18n.t('export.files_failed', failed.length, { n: count(failed.length) })}
            />
          </Toast>
        )}
      </div>
    </>,
    toastContainer(),
  );
}

/** A single message, or the number of messages with a list that can be expanded. */
function Sentences({ views, summary }: { readonly views: readonly ExportView[]; readonly summary: string }) {
  const lines = views.map((view) => (
    <p key={view.id}>
      <bdi>{exportMessage(view)}</bdi>
    </p>
  ));
  if (views.length === 1) return lines;
  return (
    <details>
      <summary>{summary}</summary>
      <div className="toast-lines">{lines}</div>
    </details>
  );
}

interface UnderWayProps {
  readonly view: ExportView;
  /** How many exports are waiting. */
  readonly waiting: number;
  /** How many other exports are done. */
  readonly done: number;
  readonly onHide: () => void;
}

function UnderWay({ view, waiting, done, onHide }: UnderWayProps) {
  const { id, state, rows } = view;
  const written = state.kind === 'writing' ? state.rows : 0;
  const beside = [
    ...(done === 0 ? [] : [i18n.t('export.files_saved', done, { n: count(done) })]),
    ...(waiting === 0 ? [] : [i18n.t('export.more_waiting', waiting, { n: count(waiting) })]),
  ].join(' ');
  const share = Math.floor((100 * written) / Math.max(1, rows)) / 100;
  return (
    <Toast
      tone="busy"
      leaves={false}
      onLeave={onHide}
      action={
        <Button
          size="small"
          aria-label={i18n.t('export.cancel')}
          onClick={() => {
            send('export.cancel', { id }).catch(console.error);
          }}
        >
          {i18n.t('export.cancel_short')}
        </Button>
      }
    >
      <p>
        <bdi>{exportMessage(view)}</bdi>
      </p>
      {beside !== '' && <p className="meta">{beside}</p>}
      {state.kind === 'writing' && (
        // Not announced at each step: the message was announced once.
        <div className="line toast-progress" aria-live="off">
          <div
            className="progress grow"
            role="progressbar"
            aria-label={i18n.t('export.progress')}
            aria-valuemin={0}
            aria-valuemax={rows}
            aria-valuenow={written}
          >
            <span style={{ inlineSize: `${String(share * 100)}%` }} />
          </div>
          <span className="meta">{percent(share)}</span>
        </div>
      )}
    </Toast>
  );
}
