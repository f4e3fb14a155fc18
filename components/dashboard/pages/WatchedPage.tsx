import { lazy, Suspense, useState } from 'react';
import { i18n } from '#i18n';
import { dueness, nextPeriodStart } from '../../../lib/collector/watch/schedule.ts';
import { send } from '../../../lib/messages/send.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { leftOf } from '../../../lib/store/budgets.ts';
import { profileTitle } from '../../../lib/words/lists.ts';
import { platformName, relationTitle, stateName } from '../../../lib/words/names.ts';
import { count } from '../../../lib/words/numbers.ts';
import { listTime } from '../../../lib/words/times.ts';
import { intervalName, obstacleText } from '../../../lib/words/watch.ts';
import { useAction } from '../../hooks/useAction.ts';
import { useNow } from '../../hooks/useNow.ts';
import { useObstacle } from '../../hooks/useObstacle.ts';
import { useWatches, type WholeWatch } from '../../hooks/useWatches.ts';
import { Button } from '../../shared/Button.tsx';
import { ErrorText } from '../../shared/ErrorText.tsx';
import { LimitBar } from '../../shared/LimitBar.tsx';
import { focusHeadingIfLost } from '../../shared/focus-heading.ts';
import { BackToLists } from '../BackToLists.tsx';
import { MainHeading } from '../MainHeading.tsx';
import type { PageProps } from './page.ts';

// Loaded separately: it is not needed until the user changes something.
const WatchList = lazy(() => import('../WatchList.tsx'));

/** What is watched, when it is next, and what it has cost. */
export default function WatchedPage({ onBack, onOpen }: PageProps) {
  const watches = useWatches();
  const [changing, setChanging] = useState<Snapshot | null>(null);
  return (
    <main className="page" aria-busy={watches === undefined}>
      <header className="list-header">
        <BackToLists onBack={onBack} />
        <MainHeading>{i18n.t('watch.title')}</MainHeading>
      </header>
      <p className="muted">{i18n.t('watch.intro')}</p>
      {watches?.length === 0 && <p role="status">{i18n.t('watch.none')}</p>}
      {watches !== undefined && watches.length > 0 && (
        <ul className="trash-lists" aria-label={i18n.t('watch.lists')}>
          {watches.map((one) => (
            <WatchedList key={one.watch.id} whole={one} onOpen={onOpen} onChange={setChanging} />
          ))}
        </ul>
      )}
      {changing !== null && (
        <Suspense fallback={null}>
          <WatchList
            snapshot={changing}
            onClose={() => {
              setChanging(null);
            }}
          />
        </Suspense>
      )}
    </main>
  );
}

interface WatchedListProps extends Pick<PageProps, 'onOpen'> {
  readonly whole: WholeWatch;
  readonly onChange: (list: Snapshot) => void;
}

function WatchedList({ whole, onOpen, onChange }: WatchedListProps) {
  const { watch, lists } = whole;
  const { run, busy, error } = useAction();
  const [latest] = lists;
  const title = latest === undefined ? `@${watch.handle}` : profileTitle(latest);
  const { action, every, relation, platform } = watch;
  const parts = [
    platformName(platform),
    relationTitle(relation),
    intervalName(every),
    i18n.t(action.kind === 'remind' ? 'watch.reminds' : 'watch.updates'),
    ...(latest === undefined ? [] : [stateName(latest.state)]),
  ];
  return (
    <li>
      <div className="grow">
        <p className="name ellipsis" dir="auto">
          <bdi>{title}</bdi>
        </p>
        <p className="meta">{parts.join(' · ')}</p>
        <NextLine whole={whole} />
        <Spent whole={whole} />
        <ErrorText error={error} />
      </div>
      {latest !== undefined && (
        <>
          <Button
            size="small"
            aria-label={i18n.t('watch.open_list', { list: title })}
            onClick={() => {
              onOpen(latest.id);
            }}
          >
            {i18n.t('popup.open')}
          </Button>
          <Button
            size="small"
            aria-label={i18n.t('watch.change_list', { list: title })}
            onClick={() => {
              onChange(latest);
            }}
          >
            {i18n.t('watch.change')}
          </Button>
        </>
      )}
      <Button
        size="small"
        aria-label={i18n.t('watch.stop_list', { list: title })}
        disabled={busy}
        onClick={() => {
          run(() => send('list.unwatch', { watch: watch.id }).finally(focusHeadingIfLost));
        }}
      >
        {i18n.t('watch.stop')}
      </Button>
    </li>
  );
}

/** When it is next, or why it has not been started although it is due. */
function NextLine({ whole: { watch, lists } }: { readonly whole: WholeWatch }) {
  const now = useNow(30_000);
  const isDue = dueness(watch, now) === 'due';
  const obstacle = useObstacle(watch, isDue);
  const [latest] = lists;
  const isReminded =
    watch.action.kind === 'remind' && watch.lastAt !== null && (latest?.createdAt ?? 0) < watch.lastAt;
  const { action, updates } = watch;
  const fullEvery = action.kind === 'update' ? action.fullEvery : null;
  const left = fullEvery === null ? null : Math.max(0, fullEvery - updates);
  const text =
    obstacle !== null
      ? i18n.t('watch.waiting', { why: obstacleText(obstacle) })
      : isReminded || isDue
        ? i18n.t('watch.due')
        : i18n.t('watch.next', { time: listTime(nextPeriodStart(watch), now) });
  return (
    <p className="meta">
      {text}
      {left !== null && ` ${i18n.t('watch.full_in', left, { n: count(left) })}`}
    </p>
  );
}

/** What it has cost this month, against its allowance. */
function Spent({ whole: { budget } }: { readonly whole: WholeWatch }) {
  const now = useNow(60_000);
  if (budget === null) return null;
  const { unit, limit } = budget;
  return (
    <LimitBar unit={unit} counted={limit - leftOf(budget, now)} limit={limit} name={i18n.t('watch.spent')} />
  );
}
