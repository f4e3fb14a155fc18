import { i18n } from '#i18n';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { hasEnded, isWorthOpening, type Snapshot } from '../../lib/model/snapshot.ts';
import { outcomeName, relationTitle, toneOf } from '../../lib/words/names.ts';
import { outcomeMessage } from '../../lib/words/outcomes.ts';
import { ago } from '../../lib/words/times.ts';
import { useAction } from '../hooks/useAction.ts';
import { useNow } from '../hooks/useNow.ts';
import { ToneIcon } from '../shared/Icon.tsx';
import { EndedActions } from '../runs/EndedActions.tsx';
import { factsAt } from '../runs/facts.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';

interface ProfileListsProps {
  readonly snapshot: Snapshot;
  /** Whether opening it is the view's primary action. */
  readonly primary: boolean;
  readonly onOpen: (id: SnapshotId) => void;
}

/** A finished list of the profile. It can be opened instead of paying for it again. */
export function ProfileLists({ snapshot, primary, onOpen }: ProfileListsProps) {
  const now = useNow(30_000);
  const action = useAction();
  const { state, relation } = snapshot;
  if (!hasEnded(state)) return null;
  const { outcome } = state;
  const when = ago(snapshot.endedAt ?? snapshot.updatedAt, now);
  const failed = outcome.kind === 'failed';
  const offer =
    outcome.kind === 'complete'
      ? i18n.t('popup.collected', { ago: when })
      : i18n.t('popup.collected_part', { outcome: outcomeName(outcome), ago: when });
  return (
    <div className="existing">
      <div className="line">
        <div className="grow">
          <h3>{relationTitle(relation)}</h3>
          {!failed && isWorthOpening(snapshot) && <p className="muted">{offer}</p>}
        </div>
        {snapshot.rows > 0 && (
          <Button
            variant={primary ? 'primary' : 'default'}
            onClick={() => {
              onOpen(snapshot.id);
            }}
          >
            {i18n.t('popup.open')}
          </Button>
        )}
      </div>
      <div className="message">
        <span className={`tone-${toneOf(state)}`}>
          <ToneIcon tone={toneOf(state)} />
        </span>
        <p role="status" className="grow">
          {outcomeMessage(outcome, factsAt(snapshot, now))}
        </p>
      </div>
      <EndedActions snapshot={snapshot} action={action} />
      <ErrorText error={action.error} />
    </div>
  );
}
