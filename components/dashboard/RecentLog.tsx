import { useEffect } from 'react';
import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { collectedNothing, type Snapshot } from '../../lib/model/snapshot.ts';
import { spentText } from '../../lib/words/lists.ts';
import { platformName, profileName, relationTitle, toneOf } from '../../lib/words/names.ts';
import { statusMessage } from '../../lib/words/status.ts';
import { listTime } from '../../lib/words/times.ts';
import { useAction } from '../hooks/useAction.ts';
import { useNow } from '../hooks/useNow.ts';
import { factsAt } from '../runs/facts.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { ToneIcon } from '../shared/Icon.tsx';

const MOST_SHOWN = 20;

interface RecentLogProps {
  readonly snapshots: readonly Snapshot[];
  readonly onOpen: (id: SnapshotId) => void;
}

/** Collections that left no list, and why: no such profile, a private one, or stopped before the first account. */
export function RecentLog({ snapshots, onOpen }: RecentLogProps) {
  const recent = snapshots.filter(collectedNothing).slice(0, MOST_SHOWN);
  const { run, busy, error } = useAction();
  const now = useNow(60_000);
  const unseen = recent
    .filter(({ openedAt }) => openedAt === null)
    .map(({ id }) => id)
    .join(' ');
  useEffect(() => {
    for (const id of unseen.split(' ')) {
      const found = recent.find((snapshot) => snapshot.id === id);
      if (found !== undefined) send('list.opened', { snapshotId: found.id }).catch(console.error);
    }
    // `unseen` identifies everything in `recent` that matters.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [unseen]);
  if (recent.length === 0) return null;
  return (
    <section className="recent" aria-labelledby="recent">
      <div className="line">
        <h2 id="recent" className="grow">
          {i18n.t('recent.title')}
        </h2>
        <Button
          size="small"
          variant="quiet"
          disabled={busy}
          onClick={() => {
            run(async () => {
              await send('list.empty', { what: 'recent' });
              document.querySelector<HTMLElement>('main h1')?.focus();
            });
          }}
        >
          {i18n.t('recent.clear')}
        </Button>
      </div>
      <ErrorText error={error} />
      <ul>
        {recent.map((snapshot) => (
          <Entry key={snapshot.id} snapshot={snapshot} now={now} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  );
}

interface EntryProps extends Pick<RecentLogProps, 'onOpen'> {
  readonly snapshot: Snapshot;
  readonly now: number;
}

function Entry({ snapshot, now, onOpen }: EntryProps) {
  const { id, platform, handle, relation, createdAt, state } = snapshot;
  const spent = spentText(snapshot);
  const tone = toneOf(state);
  return (
    <li>
      <p className="line">
        <span className={`tone-${tone}`}>
          <ToneIcon tone={tone} />
        </span>
        <Button
          size="small"
          variant="quiet"
          onClick={() => {
            onOpen(id);
          }}
        >
          <bdi>{profileName(platform, handle)}</bdi>
        </Button>
        <span className="meta">
          {[
            platformName(platform),
            relationTitle(relation),
            listTime(createdAt, now),
            ...(spent === null ? [] : [spent]),
          ].join(' · ')}
        </span>
      </p>
      <p>{statusMessage(factsAt(snapshot, now), now)}</p>
    </li>
  );
}
