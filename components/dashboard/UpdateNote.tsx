import { i18n } from '#i18n';
import { wholeList } from '../../lib/lists/query.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import type { Update } from '../../lib/model/update.ts';
import { outcomeMessage } from '../../lib/words/outcomes.ts';
import { listTime } from '../../lib/words/times.ts';
import { whoLeft } from '../../lib/words/update.ts';
import { useSnapshot } from '../hooks/useDatabase.ts';
import { useNow } from '../hooks/useNow.ts';
import type { ListState } from '../lists/useListState.ts';
import { factsAt } from '../runs/facts.ts';
import { Button } from '../shared/Button.tsx';
import { ToneIcon } from '../shared/Icon.tsx';

interface UpdateNoteProps {
  readonly snapshot: Snapshot;
  readonly update: Update;
  readonly list: ListState;
  /** Shows the accounts. */
  readonly onAccounts: () => void;
}

/** What an updated list knows: who is new, and as of when it is known who left. */
export function UpdateNote({ snapshot, update, list, onAccounts }: UpdateNoteProps) {
  const now = useNow(60_000);
  const base = useSnapshot(update.base);
  const newAccounts = update.joined?.newAccounts ?? 0;
  return (
    <div className="run update-note">
      <div className="message">
        <span className="tone-done">
          <ToneIcon tone="done" />
        </span>
        <p className="grow" role="status">
          {outcomeMessage({ kind: 'updated' }, factsAt(snapshot, now))}{' '}
          {i18n.t('update.since', { time: listTime(update.baseStartedAt, now) })}. {whoLeft(update, now)}
        </p>
        {base != null && newAccounts > 0 && (
          <Button
            onClick={() => {
              list.onQuery({ ...wholeList, filters: { ...wholeList.filters, notInLists: [update.base] } });
              onAccounts();
            }}
          >
            {i18n.t('update.show_new')}
          </Button>
        )}
      </div>
    </div>
  );
}
