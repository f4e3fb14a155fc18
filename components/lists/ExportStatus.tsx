import { i18n } from '#i18n';
import { isOver, type ExportView } from '../../lib/export/job.ts';
import { send } from '../../lib/messages/send.ts';
import { exportSentence } from '../../lib/export/sentence.ts';
import { useExports } from '../hooks/useExports.ts';
import { Icon } from '../look/Icon.tsx';

/** How exports stand, on whatever page of ours: they go on when the page that asked is closed. */
export function ExportStatus() {
  const views = useExports();
  return (
    <div className="exports" role="status" aria-label={i18n.t('export.title')}>
      {views.map((view) => (
        <OneExport key={view.id} view={view} />
      ))}
    </div>
  );
}

function OneExport({ view }: { readonly view: ExportView }) {
  const { id, state, rows } = view;
  const over = isOver(state);
  return (
    <div className="export-line" data-state={state.kind}>
      {over && <Icon name={state.kind === 'done' ? 'done' : 'error'} />}
      <p className="grow">
        <bdi>{exportSentence(view)}</bdi>
      </p>
      {state.kind === 'writing' && (
        <div
          className="progress"
          role="progressbar"
          aria-label={i18n.t('export.progress')}
          aria-valuemin={0}
          aria-valuemax={rows}
          aria-valuenow={state.rows}
        >
          <span style={{ inlineSize: `${String((100 * state.rows) / Math.max(1, rows))}%` }} />
        </div>
      )}
      <button
        type="button"
        className={over ? 'button icon-only quiet' : 'button'}
        aria-label={over ? i18n.t('export.dismiss') : i18n.t('export.cancel')}
        onClick={() => {
          send(over ? 'export.dismiss' : 'export.cancel', { id }).catch(console.error);
        }}
      >
        {over ? <Icon name="close" /> : i18n.t('export.cancel_short')}
      </button>
    </div>
  );
}
