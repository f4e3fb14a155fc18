import { useEffect, useMemo, useRef, useState } from 'react';
import { i18n } from '#i18n';
import { send } from '../../../lib/messages/send.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import { hasEnded, turnOf, type Snapshot } from '../../../lib/model/snapshot.ts';
import { isWaiting, type QueueMove } from '../../../lib/store/queue-order.ts';
import { platformName, profileName, relationTitle, toneOf } from '../../../lib/words/names.ts';
import { count } from '../../../lib/words/numbers.ts';
import { statusMessage } from '../../../lib/words/status.ts';
import { useAction, type Action } from '../../hooks/useAction.ts';
import { useSnapshots } from '../../hooks/useDatabase.ts';
import { useNow } from '../../hooks/useNow.ts';
import { factsAt } from '../../runs/facts.ts';
import { nameOfProvider } from '../../runs/provider.ts';
import { Button, IconButton } from '../../shared/Button.tsx';
import { ErrorText } from '../../shared/ErrorText.tsx';
import { ToneIcon } from '../../shared/Icon.tsx';
import { BackToLists } from '../BackToLists.tsx';
import { MainHeading } from '../MainHeading.tsx';
import '../../styles/many.css';
import type { PageProps } from './page.ts';

/** How many runs of a group are shown until all are requested. */
const FIRST = 50;

interface Groups {
  readonly running: readonly Snapshot[];
  readonly attention: readonly Snapshot[];
  readonly paused: readonly Snapshot[];
  /** By provider, in the order in which they begin. */
  readonly queues: readonly (readonly Snapshot[])[];
}

function groupsOf(snapshots: readonly Snapshot[]): Groups {
  const unfinished = snapshots
    .filter(({ state }) => !hasEnded(state))
    .toSorted((a, b) => turnOf(a) - turnOf(b));
  const ofKinds = (...kinds: readonly string[]): Snapshot[] =>
    unfinished.filter(({ state }) => kinds.includes(state.kind));
  const queues = Map.groupBy(unfinished.filter(isWaiting), ({ provider }) => provider);
  return {
    running: ofKinds('resolving', 'running', 'waiting'),
    attention: ofKinds('blocked', 'confirming'),
    paused: ofKinds('paused'),
    queues: [...queues.values()],
  };
}

/** What is being collected, what waits for its turn, and what needs the user. */
export default function QueuePage({ onBack, onOpen }: PageProps) {
  const snapshots = useSnapshots();
  const groups = useMemo(() => groupsOf(snapshots ?? []), [snapshots]);
  const action = useAction();
  const { running, attention, paused, queues } = groups;
  const isEmpty = running.length + attention.length + paused.length + queues.length === 0;
  return (
    <main className="page queue" aria-busy={snapshots === undefined}>
      <header className="list-header">
        <BackToLists onBack={onBack} />
        <MainHeading>{i18n.t('queue.title')}</MainHeading>
      </header>
      <p className="muted">{i18n.t('queue.intro')}</p>
      <ErrorText error={action.error} />
      {snapshots !== undefined && isEmpty && <p role="status">{i18n.t('queue.none')}</p>}
      <Group title={i18n.t('groups.attention')} runs={attention} action={action} onOpen={onOpen} />
      <Group title={i18n.t('groups.running')} runs={running} action={action} onOpen={onOpen} />
      {queues.map((runs) => {
        const provider = runs[0]?.provider;
        if (provider === undefined) return null;
        return (
          <Group
            key={provider}
            title={i18n.t('queue.of', { provider: nameOfProvider(provider) })}
            runs={runs}
            isQueue
            action={action}
            onOpen={onOpen}
          />
        );
      })}
      <Group title={i18n.t('state.paused')} runs={paused} action={action} onOpen={onOpen} />
    </main>
  );
}

interface GroupProps extends Pick<PageProps, 'onOpen'> {
  readonly title: string;
  readonly runs: readonly Snapshot[];
  /** Whether the order can be changed. */
  readonly isQueue?: boolean;
  readonly action: Action;
}

/** The button that moved a run keeps the focus, although the run is in another place. */
function useMoves(runs: readonly Snapshot[], { run }: Action) {
  const [moved, setMoved] = useState<{
    readonly id: SnapshotId;
    readonly to: QueueMove;
    /** Its place before. */
    readonly from: number;
  } | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const place = runs.findIndex(({ id }) => id === moved?.id);
  useEffect(() => {
    if (moved === null || place === -1) return;
    const item = list.current?.querySelector(`[data-run="${moved.id}"]`);
    const button = item?.querySelector<HTMLButtonElement>(`[data-to="${moved.to}"]:not(:disabled)`);
    (button ?? item?.querySelector<HTMLButtonElement>('[data-to]:not(:disabled)'))?.focus();
  }, [moved, place]);
  const move = (id: SnapshotId, to: QueueMove): void => {
    const from = runs.findIndex((one) => one.id === id);
    run(async () => {
      if (await send('queue.move', { snapshotId: id, to })) setMoved({ id, to, from });
    });
  };
  const said =
    moved === null || place === -1 || place === moved.from
      ? ''
      : i18n.t('queue.moved', { n: count(place + 1), of: count(runs.length) });
  return { list, move, said };
}

function Group({ title, runs, isQueue = false, action, onOpen }: GroupProps) {
  const [isAll, setAll] = useState(false);
  const now = useNow(10_000);
  const { list, move, said } = useMoves(runs, action);
  if (runs.length === 0) return null;
  const shown = isAll ? runs : runs.slice(0, FIRST);
  return (
    <section aria-label={title} className="queue-group">
      <h2>
        {title} <span className="meta">{count(runs.length)}</span>
      </h2>
      <ol ref={list}>
        {shown.map((run, index) => (
          <li key={run.id} data-run={run.id}>
            <Entry run={run} now={now} isQueue={isQueue} onOpen={onOpen} />
            {isQueue && (
              <Moves
                run={run}
                isFirst={index === 0}
                isLast={index === runs.length - 1}
                busy={action.busy}
                onMove={(to) => {
                  move(run.id, to);
                }}
              />
            )}
            <RunButtons run={run} action={action} />
          </li>
        ))}
      </ol>
      <p role="status" className="visually-hidden">
        {said}
      </p>
      {shown.length < runs.length && (
        <Button
          onClick={() => {
            setAll(true);
          }}
        >
          {i18n.t('queue.show_all', { n: count(runs.length) })}
        </Button>
      )}
    </section>
  );
}

interface EntryProps extends Pick<PageProps, 'onOpen'> {
  readonly run: Snapshot;
  readonly now: number;
  readonly isQueue: boolean;
}

function Entry({ run, now, isQueue, onOpen }: EntryProps) {
  const { id, platform, handle, relation, state } = run;
  const tone = toneOf(state);
  return (
    <div className="grow">
      <p className="line">
        {!isQueue && (
          <span className={`tone-${tone}`}>
            <ToneIcon tone={tone} />
          </span>
        )}
        <Button
          size="small"
          variant="quiet"
          onClick={() => {
            onOpen(id);
          }}
        >
          <bdi>{profileName(platform, handle)}</bdi>
        </Button>
        <span className="meta">{`${relationTitle(relation)} · ${platformName(platform)}`}</span>
      </p>
      {!isQueue && <p className="meta">{statusMessage(factsAt(run, now), now)}</p>}
    </div>
  );
}

interface MovesProps {
  readonly run: Snapshot;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly busy: boolean;
  readonly onMove: (to: QueueMove) => void;
}

/** Changes the place of a run in the queue. */
function Moves({ run: { platform, handle }, isFirst, isLast, busy, onMove }: MovesProps) {
  const profile = profileName(platform, handle);
  const move = (to: QueueMove) => ({
    'data-to': to,
    onClick: () => {
      // While a move is in progress, the button keeps the focus.
      if (!busy) onMove(to);
    },
  });
  return (
    <div className="buttons">
      <Button
        size="small"
        disabled={isFirst}
        aria-label={i18n.t('queue.next_of', { profile })}
        {...move('first')}
      >
        {i18n.t('queue.next')}
      </Button>
      <IconButton icon="up" disabled={isFirst} label={i18n.t('queue.up', { profile })} {...move('up')} />
      <IconButton icon="down" disabled={isLast} label={i18n.t('queue.down', { profile })} {...move('down')} />
    </div>
  );
}

/** What the user can do with a run here. The rest is on its own page. */
function RunButtons({
  run: { id: snapshotId, state, platform, handle },
  action,
}: Pick<EntryProps, 'run'> & Pick<GroupProps, 'action'>) {
  const profile = profileName(platform, handle);
  const button = (name: 'run.pause' | 'run.resume' | 'run.stop', text: string) => (
    <Button
      size="small"
      aria-label={i18n.t('queue.do', { action: text, profile })}
      disabled={action.busy}
      onClick={() => {
        action.run(() => send(name, { snapshotId }));
      }}
    >
      {text}
    </Button>
  );
  const isActive = ['queued', 'resolving', 'running', 'waiting'].includes(state.kind);
  return (
    <div className="buttons">
      {isActive && button('run.pause', i18n.t('run.pause'))}
      {(state.kind === 'paused' || state.kind === 'blocked') && button('run.resume', i18n.t('run.resume'))}
      {button('run.stop', i18n.t('run.stop'))}
    </div>
  );
}
