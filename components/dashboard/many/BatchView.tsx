import { batchesIn } from '../../../lib/store/batches.ts';
import { useId, useMemo, useState } from 'react';
import { i18n } from '#i18n';
import { progressOf, type BatchProgress } from '../../../lib/batch/progress.ts';
import { send } from '../../../lib/messages/send.ts';
import type { Batch } from '../../../lib/model/batch.ts';
import type { Budget } from '../../../lib/model/budget.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import { MOST_LISTS } from '../../../lib/model/most-lists.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { amount, amountWithoutUnit, count } from '../../../lib/words/numbers.ts';
import { useAction } from '../../hooks/useAction.ts';
import { useLive } from '../../hooks/useDatabase.ts';
import { store } from '../../hooks/store.ts';
import { readAmount, writeAmount } from '../../shared/amount-text.ts';
import { Button } from '../../shared/Button.tsx';
import { ConfirmButton } from '../../shared/ConfirmButton.tsx';
import { ErrorText } from '../../shared/ErrorText.tsx';
import { ExportLists } from '../compare/ExportLists.tsx';
import { BatchLines } from './BatchLines.tsx';
import { LimitField } from './LimitField.tsx';

interface BatchViewProps {
  readonly batch: Batch;
  /** Lists that are not deleted. */
  readonly snapshots: readonly Snapshot[];
  readonly onOpen: (id: SnapshotId) => void;
  readonly onCompare: (ids: readonly SnapshotId[]) => void;
}

/** A batch: how far it is, what it spent, what became of each profile, and what can be done with its lists. */
export function BatchView({ batch, snapshots, onOpen, onCompare }: BatchViewProps) {
  const progress = useMemo(() => {
    const byId = new Map(snapshots.map((list) => [list.id, list]));
    return progressOf(batch, (id) => byId.get(id) ?? null);
  }, [batch, snapshots]);
  const budget = useLive(() => batchesIn(store).budget(batch.budget), [batch.budget]);
  return (
    <>
      <Progress progress={progress} />
      {budget !== undefined && <Spent budget={budget} />}
      <Actions batch={batch} budget={budget} progress={progress} />
      {progress.lists.length > 0 && <Results progress={progress} onCompare={onCompare} />}
      <BatchLines progress={progress} onOpen={onOpen} />
    </>
  );
}

function Progress({ progress: { counts, done, lines } }: { readonly progress: BatchProgress }) {
  const share = lines.length === 0 ? 1 : done / lines.length;
  const text = i18n.t('many.done', { n: count(done), of: count(lines.length) });
  const states = (['running', 'queued', 'paused', 'attention', 'failed', 'partial'] as const).filter(
    (state) => counts[state] > 0,
  );
  return (
    <div className="many-progress">
      <p role="status">
        {[text, ...states.map((state) => `${count(counts[state])} ${i18n.t(`many.state_${state}`)}`)].join(
          ' · ',
        )}
      </p>
      <div
        className="progress"
        role="progressbar"
        aria-label={i18n.t('run.progress')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share * 100)}
        aria-valuetext={text}
      >
        <span style={{ inlineSize: `${String(share * 100)}%` }} />
      </div>
    </div>
  );
}

function Spent({ budget: { unit, counted, limit } }: { readonly budget: Budget }) {
  const text = i18n.t('many.spent', { spent: amountWithoutUnit(unit, counted), limit: amount(unit, limit) });
  return <p className={counted >= limit ? 'tone-waiting' : 'meta'}>{text}</p>;
}

interface ActionsProps {
  readonly batch: Batch;
  readonly budget: Budget | undefined;
  readonly progress: BatchProgress;
}

function Actions({ batch: { id: batchId }, budget, progress: { counts } }: ActionsProps) {
  const { run, busy, error } = useAction();
  const isActive = counts.queued + counts.running > 0;
  const unfinished = counts.queued + counts.running + counts.paused + counts.attention;
  const toRetry = counts.failed + counts.attention + counts.partial;
  return (
    <div className="stack">
      <div className="buttons">
        {isActive && (
          <Button
            disabled={busy}
            onClick={() => {
              run(() => send('batch.pause', { batchId }));
            }}
          >
            {i18n.t('run.pause')}
          </Button>
        )}
        {counts.paused > 0 && (
          <Button
            disabled={busy}
            onClick={() => {
              run(() => send('batch.resume', { batchId }));
            }}
          >
            {i18n.t('run.resume')}
          </Button>
        )}
        {toRetry > 0 && (
          <Button
            disabled={busy}
            onClick={() => {
              run(() => send('batch.retry', { batchId }));
            }}
          >
            {i18n.t('many.retry', toRetry, { n: count(toRetry) })}
          </Button>
        )}
        {unfinished > 0 && (
          <ConfirmButton
            text={i18n.t('run.stop')}
            question={i18n.t('many.stop_question', unfinished, { n: count(unfinished) })}
            yes={i18n.t('many.stop_yes')}
            busy={busy}
            onYes={() => {
              run(() => send('batch.stop', { batchId }));
            }}
          />
        )}
        {budget !== undefined && (
          <ChangeLimit
            key={budget.limit}
            budget={budget}
            busy={busy}
            onLimit={(limit) => {
              run(() => send('batch.limit', { batchId, limit }));
            }}
          />
        )}
      </div>
      <ErrorText error={error} />
    </div>
  );
}

interface ChangeLimitProps {
  readonly budget: Budget;
  readonly busy: boolean;
  readonly onLimit: (limit: number) => void;
}

/** Changes the limit. Profiles that did not start because of it start then. */
function ChangeLimit({ budget: { limit, unit }, busy, onLimit }: ChangeLimitProps) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState(writeAmount(limit, unit));
  const next = readAmount(text, unit) ?? null;
  if (!isOpen) {
    return (
      <Button
        disabled={busy}
        onClick={() => {
          setOpen(true);
        }}
      >
        {i18n.t('many.change_limit')}
      </Button>
    );
  }
  return (
    <form
      className="many-limit"
      onSubmit={(event) => {
        event.preventDefault();
        if (next !== null) onLimit(next);
        setOpen(false);
      }}
    >
      <LimitField
        label={i18n.t('many.limit')}
        text={text}
        unit={unit}
        hint={i18n.t('many.change_limit_hint')}
        onText={setText}
      />
      <div className="buttons">
        <Button type="submit" disabled={busy || next === null}>
          {i18n.t('many.change_limit_yes')}
        </Button>
        <Button
          onClick={() => {
            setOpen(false);
          }}
        >
          {i18n.t('run.cancel')}
        </Button>
      </div>
    </form>
  );
}

interface ResultsProps {
  readonly progress: BatchProgress;
  readonly onCompare: (ids: readonly SnapshotId[]) => void;
}

/** What can be done with the lists: compare them, save them in one file, or in one file each. */
function Results({ progress: { lists }, onCompare }: ResultsProps) {
  const id = useId();
  const ids = lists.map((list) => list.id);
  const accounts = lists.reduce((sum, { rows }) => sum + rows, 0);
  return (
    <section className="many-results" aria-labelledby={id}>
      <h2 id={id}>{i18n.t('many.results')}</h2>
      <p className="muted">
        {i18n.t('many.results_of', lists.length, { n: count(lists.length), accounts: count(accounts) })}
      </p>
      <div className="buttons">
        {lists.length >= 2 && (
          <Button
            disabled={lists.length > MOST_LISTS}
            aria-describedby={lists.length > MOST_LISTS ? `${id}-most` : undefined}
            onClick={() => {
              onCompare(ids);
            }}
          >
            {i18n.t('compare.title')}
          </Button>
        )}
        <ExportLists ids={ids} isBatch />
      </div>
      {lists.length > MOST_LISTS && (
        <p id={`${id}-most`} className="meta">
          {i18n.t('many.too_many_to_compare', { n: count(MOST_LISTS) })}
        </p>
      )}
    </section>
  );
}
