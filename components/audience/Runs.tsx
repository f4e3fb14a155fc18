import { useId } from 'react';
import { i18n } from '#i18n';
import type { Run } from '../../lib/insight/answers.ts';
import { MIN_COUNT, MIN_RATIO } from '../../lib/insight/runs.ts';
import { count } from '../../lib/words/numbers.ts';
import { createdDay } from '../../lib/words/times.ts';
import { Button } from '../shared/Button.tsx';

interface RunsProps {
  /** `null` until they are computed. */
  readonly runs: readonly Run[] | null;
  readonly onRun: (run: Run) => void;
}

/** Parts of the list with unusually many accounts that were created at about the same time. */
export function Runs({ runs, onRun }: RunsProps) {
  const id = useId();
  return (
    <section className="facet runs" aria-labelledby={id} aria-busy={runs === null}>
      <h2 id={id}>{i18n.t('audience.runs')}</h2>
      <p className="meta">{i18n.t('audience.runs_about', { n: MIN_COUNT, times: MIN_RATIO })}</p>
      {runs?.length === 0 && <p>{i18n.t('audience.no_runs')}</p>}
      {runs !== null && runs.length > 0 && (
        <div className="facet-table" tabIndex={0} role="group" aria-labelledby={id}>
          <table>
            <thead>
              <tr>
                <th scope="col">{i18n.t('audience.run_positions')}</th>
                <th scope="col">{i18n.t('audience.run_created')}</th>
                <th scope="col">{i18n.t('audience.accounts')}</th>
                <th scope="col">{i18n.t('audience.run_expected')}</th>
                <th scope="col">{i18n.t('audience.run_times')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {runs.map((run) => (
                <tr key={`${String(run.first)}-${String(run.createdFrom)}`}>
                  <th scope="row">
                    {count(run.first + 1)}–{count(run.last + 1)}
                  </th>
                  <td>
                    {createdDay(run.createdFrom)} – {createdDay(run.createdTo)}
                  </td>
                  <td>{count(run.count)}</td>
                  <td>{run.expected < 1 ? '< 1' : count(Math.round(run.expected))}</td>
                  <td>{i18n.t('audience.times', { n: count(Math.round(run.count / run.expected)) })}</td>
                  <td>
                    <Button
                      size="small"
                      aria-label={i18n.t('audience.show_run', {
                        from: count(run.first + 1),
                        to: count(run.last + 1),
                      })}
                      onClick={() => {
                        onRun(run);
                      }}
                    >
                      {i18n.t('audience.filter_area')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
