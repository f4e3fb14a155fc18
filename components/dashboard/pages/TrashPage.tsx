import { useMemo, useState } from 'react';
import { i18n } from '#i18n';
import { send } from '../../../lib/messages/send.ts';
import { TRASH_TIME, type Snapshot } from '../../../lib/model/snapshot.ts';
import { accountsText, listTitle, profileTitle } from '../../../lib/words/lists.ts';
import { platformName } from '../../../lib/words/names.ts';
import { count } from '../../../lib/words/numbers.ts';
import { bytesText } from '../../../lib/words/sizes.ts';
import { day } from '../../../lib/words/times.ts';
import { useAction } from '../../hooks/useAction.ts';
import { useDeletedSnapshots, useSnapshots } from '../../hooks/useDatabase.ts';
import { useNow } from '../../hooks/useNow.ts';
import { useListSizes, useTotalStorage } from '../../hooks/useStorage.ts';
import { Button } from '../../shared/Button.tsx';
import { ConfirmButton } from '../../shared/ConfirmButton.tsx';
import { ErrorText } from '../../shared/ErrorText.tsx';
import { focusHeadingIfLost } from '../../shared/focus-heading.ts';
import { BackToLists } from '../BackToLists.tsx';
import { MainHeading } from '../MainHeading.tsx';
import type { PageProps } from './page.ts';

/** Drawing thousands of lists would take long. Those deleted last come first. */
const MOST_SHOWN = 200;
const NONE: readonly Snapshot[] = [];

/** The approximate size of each shown list, and of the whole trash, in bytes; `null` while it isn't known. */
function useSizes(deleted: readonly Snapshot[]) {
  const lists = useSnapshots();
  const all = useMemo(() => [...(lists ?? NONE), ...deleted], [lists, deleted]);
  const total = useTotalStorage(lists === undefined ? undefined : all);
  const counted = useListSizes(deleted.slice(0, MOST_SHOWN), total);
  const rows = deleted.reduce((sum, list) => sum + list.rows, 0);
  const known = deleted.filter(({ id }) => counted.has(id));
  const knownRows = known.reduce((sum, list) => sum + list.rows, 0);
  const bytes = known.reduce((sum, { id }) => sum + (counted.get(id) ?? 0), 0);
  return { counted, whole: knownRows === 0 ? null : (bytes / knownRows) * rows };
}

/** The lists in the trash: each can be restored, and all can be deleted. */
export default function TrashPage({ onBack, onOpen }: PageProps) {
  const [restored, setRestored] = useState<Snapshot | null>(null);
  const deleted = useDeletedSnapshots();
  const lists = deleted ?? NONE;
  const { counted, whole } = useSizes(lists);
  const { run, busy, error } = useAction();
  const size = whole === null ? '' : ` · ${bytesText(whole)}`;
  return (
    <main className="page" aria-busy={deleted === undefined}>
      <header className="list-header">
        <BackToLists onBack={onBack} />
        <MainHeading>{i18n.t('trash.title')}</MainHeading>
      </header>
      <p className="muted">{i18n.t('trash.intro')}</p>
      {restored !== null && <Restored snapshot={restored} onOpen={onOpen} />}
      {deleted?.length === 0 && <p role="status">{i18n.t('trash.none')}</p>}
      {lists.length > 0 && (
        <>
          <p role="status">
            {i18n.t('trash.count', lists.length, { n: count(lists.length) })}
            {size}
          </p>
          <ConfirmButton
            text={i18n.t('trash.empty')}
            question={i18n.t('trash.empty_question', lists.length, { n: count(lists.length) })}
            yes={i18n.t('trash.empty_yes')}
            busy={busy}
            onYes={() => {
              run(() => send('list.empty', { what: 'trash' }).finally(focusHeadingIfLost));
            }}
          />
          <ErrorText error={error} />
          <ul className="trash-lists" aria-label={i18n.t('trash.lists')}>
            {lists.slice(0, MOST_SHOWN).map((snapshot) => (
              <TrashedList
                key={snapshot.id}
                snapshot={snapshot}
                size={counted.get(snapshot.id) ?? null}
                onRestored={setRestored}
              />
            ))}
          </ul>
          {lists.length > MOST_SHOWN && (
            <p className="muted">{i18n.t('trash.more', { n: count(lists.length - MOST_SHOWN) })}</p>
          )}
        </>
      )}
    </main>
  );
}

/** Says which list was restored last, and leads to it. */
function Restored({ snapshot, onOpen }: { readonly snapshot: Snapshot } & Pick<PageProps, 'onOpen'>) {
  const now = useNow(60_000);
  const list = `${profileTitle(snapshot)}, ${listTitle(snapshot, now)}`;
  return (
    <div className="line">
      <p role="status">{i18n.t('trash.restored', { list })}</p>
      <Button
        size="small"
        onClick={() => {
          onOpen(snapshot.id);
        }}
      >
        {i18n.t('popup.open')}
      </Button>
    </div>
  );
}

/** Moves the focus to the next list's button when this list leaves, to the previous one's, or to the heading. */
function focusNeighbor(item: HTMLElement | null): void {
  const neighbor = item?.nextElementSibling ?? item?.previousElementSibling;
  const button = neighbor?.querySelector('button');
  if (button == null) document.querySelector<HTMLElement>('main h1')?.focus();
  else button.focus();
}

interface TrashedListProps {
  readonly snapshot: Snapshot;
  readonly size: number | null;
  readonly onRestored: (snapshot: Snapshot) => void;
}

function TrashedList({ snapshot, size, onRestored }: TrashedListProps) {
  const now = useNow(60_000);
  const { run, busy, error } = useAction();
  const { id, platform, rows, deletedAt = now } = snapshot;
  const title = `${profileTitle(snapshot)}, ${listTitle(snapshot, now)}`;
  const parts = [
    platformName(platform),
    accountsText(rows),
    ...(size === null ? [] : [bytesText(size)]),
    i18n.t('trash.until', { day: day(deletedAt + TRASH_TIME, now) }),
  ];
  async function restore(item: HTMLElement | null): Promise<void> {
    if (!(await send('list.restore', { snapshotId: id }))) throw new Error(i18n.t('list.undo_late'));
    onRestored(snapshot);
    focusNeighbor(item);
  }
  return (
    <li>
      <div className="grow">
        <p className="name ellipsis" dir="auto">
          <bdi>{profileTitle(snapshot)}</bdi> · <bdi>{listTitle(snapshot, now)}</bdi>
        </p>
        <p className="meta">{parts.join(' · ')}</p>
        <ErrorText error={error} />
      </div>
      <Button
        size="small"
        aria-label={i18n.t('trash.restore_list', { list: title })}
        aria-disabled={busy}
        onClick={({ currentTarget }) => {
          if (!busy) {
            const item = currentTarget.closest('li');
            run(() => restore(item));
          }
        }}
      >
        {i18n.t('trash.restore')}
      </Button>
    </li>
  );
}
