import { lazy, Suspense, useEffect, useRef } from 'react';
import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { progress } from '../../lib/words/run-facts.ts';
import { toneOf } from '../../lib/words/names.ts';
import { percent } from '../../lib/words/numbers.ts';
import { rowsOfTotal, statusMessage } from '../../lib/words/status.ts';
import { retryMessage, providerMessage } from '../../lib/words/errors.ts';
import { useAction, type Action } from '../hooks/useAction.ts';
import { useNow } from '../hooks/useNow.ts';
import { useCreditPrice } from '../hooks/usePreferences.ts';
import { ToneIcon } from '../shared/Icon.tsx';
import { CollectAgain } from './CollectAgain.tsx';
import { CopyDetails } from './CopyDetails.tsx';
import { EndedActions } from './EndedActions.tsx';
import { factsAt } from './facts.ts';
import { Button, type ButtonLook } from '../shared/Button.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';

// Loaded separately: most runs need neither approval nor a remedy.
const ApprovalCard = lazy(() => import('./ApprovalCard.tsx'));
const Remedies = lazy(() => import('./Remedies.tsx'));

interface RunCardProps {
  readonly snapshot: Snapshot;
}

/** The status of a run and its actions, the same wherever a run is shown. */
export function RunCard({ snapshot }: RunCardProps) {
  const status = useFocusAfterDecision(snapshot);
  const now = useNow(1000);
  const action = useAction();
  const creditPrice = useCreditPrice(snapshot.provider);
  const facts = factsAt(snapshot, now, creditPrice);
  const { state } = snapshot;
  const tone = toneOf(state);
  const error = state.kind === 'blocked' ? state.trouble : failure(snapshot);
  const message = error === null ? null : providerMessage(error, facts.providerName);
  const retry = retryMessage(state, facts);
  return (
    <div className="run">
      {state.kind !== 'ended' && state.kind !== 'confirming' && <ProgressBar snapshot={snapshot} now={now} />}
      <div className="message">
        <span className={`tone-${tone}`}>
          <ToneIcon tone={tone} />
        </span>
        <p
          ref={status}
          tabIndex={-1}
          role="status"
          aria-live={state.kind === 'running' ? 'off' : 'polite'}
          className="grow"
        >
          {statusMessage(facts, now)}
        </p>
      </div>
      {message !== null && (
        <p className="meta">
          <bdi>{message}</bdi>
        </p>
      )}
      {retry !== null && <p className="meta">{retry}</p>}
      {state.kind === 'confirming' && (
        <Suspense fallback={null}>
          <ApprovalCard snapshot={snapshot} action={action} />
        </Suspense>
      )}
      <RunButtons snapshot={snapshot} action={action} />
      <ErrorText error={action.error} />
    </div>
  );
}

/** The approval disappears with the decision. If it had the focus, the status takes it. */
function useFocusAfterDecision({ state }: Snapshot) {
  const status = useRef<HTMLParagraphElement>(null);
  const before = useRef(state.kind);
  useEffect(() => {
    const isDecided = before.current === 'confirming' && state.kind !== 'confirming';
    before.current = state.kind;
    if (isDecided && document.activeElement === document.body) status.current?.focus();
  }, [state.kind]);
  return status;
}

function failure({ state }: Snapshot) {
  return state.kind === 'ended' && state.outcome.kind === 'failed' ? state.outcome.trouble : null;
}

function ProgressBar({ snapshot, now }: { readonly snapshot: Snapshot; readonly now: number }) {
  const facts = factsAt(snapshot, now);
  const share = progress(facts);
  return (
    <div
      className={share === null ? 'progress unknown' : 'progress'}
      role="progressbar"
      aria-label={i18n.t('run.progress')}
      aria-valuetext={rowsOfTotal(facts)}
      {...(share === null
        ? {}
        : { 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': Math.floor(share * 100) })}
    >
      <span
        style={share === null ? undefined : { inlineSize: `${String(share * 100)}%` }}
        title={share === null ? undefined : percent(share)}
      />
    </div>
  );
}

function RunButtons({ snapshot, action }: { readonly snapshot: Snapshot; readonly action: Action }) {
  const { id: snapshotId, state } = snapshot;
  const button = (text: string, work: () => Promise<unknown>, variant?: ButtonLook['variant']) => (
    <ActionButton text={text} work={work} variant={variant} action={action} />
  );
  const pause = () => button(i18n.t('run.pause'), () => send('run.pause', { snapshotId }));
  const stop = () => button(i18n.t('run.stop'), () => send('run.stop', { snapshotId }), 'quiet');
  const resume = (text: string, variant?: ButtonLook['variant']) =>
    button(text, () => send('run.resume', { snapshotId }), variant);
  switch (state.kind) {
    case 'confirming':
      return null;
    case 'queued':
    case 'resolving':
    case 'running':
      return (
        <div className="buttons">
          {pause()}
          {stop()}
        </div>
      );
    case 'waiting':
      return (
        <div className="buttons">
          {resume(i18n.t('remedy.try_now'))}
          {pause()}
          {stop()}
        </div>
      );
    case 'paused':
      return (
        <div className="buttons">
          {resume(i18n.t('run.resume'), 'primary')}
          {stop()}
        </div>
      );
    case 'blocked':
      return (
        <div className="buttons">
          <Suspense fallback={null}>
            <Remedies snapshot={snapshot} trouble={state.trouble} action={action} />
          </Suspense>
          {stop()}
          <CopyDetails snapshot={snapshot} />
        </div>
      );
    case 'ended':
      return (
        <>
          <EndedActions snapshot={snapshot} action={action} />
          <CollectAgain snapshot={snapshot} action={action} />
        </>
      );
  }
}

interface ActionButtonProps {
  readonly text: string;
  readonly work: () => Promise<unknown>;
  readonly variant: ButtonLook['variant'];
  readonly action: Action;
}

function ActionButton({ text, work, variant, action }: ActionButtonProps) {
  return (
    <Button
      variant={variant}
      disabled={action.busy}
      onClick={() => {
        action.run(work);
      }}
    >
      {text}
    </Button>
  );
}
