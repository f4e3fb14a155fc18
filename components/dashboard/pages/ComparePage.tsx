import { useMemo, useState } from 'react';
import { i18n } from '#i18n';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import { collectedNothing, type Snapshot } from '../../../lib/model/snapshot.ts';
import { platformName } from '../../../lib/words/names.ts';
import { count } from '../../../lib/words/numbers.ts';
import { useSnapshots } from '../../hooks/useDatabase.ts';
import { useNow } from '../../hooks/useNow.ts';
import { referenceTo } from '../../lists/list-reference.ts';
import { Button } from '../../shared/Button.tsx';
import { focusHeadingIfLost } from '../../shared/focus-heading.ts';
import { BackToLists } from '../BackToLists.tsx';
import { isPartial, type ComparedList } from '../compare/combinations.ts';
import { Comparison } from '../compare/Comparison.tsx';
import { ExportLists } from '../compare/ExportLists.tsx';
import { ListChoice } from '../compare/ListChoice.tsx';
import { MainHeading } from '../MainHeading.tsx';
import '../../styles/audience.css';
import '../../styles/compare.css';
import type { PageProps } from './page.ts';

const NONE: readonly Snapshot[] = [];

/** The lists of an address that can be compared, and how many can't. */
function chosenLists(ids: readonly SnapshotId[], lists: readonly Snapshot[]) {
  const found = ids.flatMap((id) => lists.find((list) => list.id === id) ?? []);
  const platform = found[0]?.platform ?? null;
  const compared = found.filter((list) => list.platform === platform);
  return { compared, platform, gone: ids.length - found.length, apart: found.length - compared.length };
}

/** Compares 2 to 20 lists of one platform: what all of their combinations share. */
export default function ComparePage({ onBack, onOpen, onShow, lists: ids, onLists }: PageProps) {
  const snapshots = useSnapshots();
  const lists = useMemo(
    () => snapshots?.filter((list) => !collectedNothing(list) && list.rows > 0) ?? NONE,
    [snapshots],
  );
  const { compared, platform, gone, apart } = chosenLists(ids, lists);
  const [wasOpened, setOpened] = useState<boolean | null>(null);
  const now = useNow(60_000);
  const chosen = compared.map(({ id }) => id);
  const isEnough = compared.length >= 2;
  const isChoosing = !isEnough || (wasOpened ?? ids.length < 2);
  const named = compared.map((snapshot): ComparedList => ({
    snapshot,
    title: referenceTo(snapshot, now),
    isPartial: isPartial(snapshot),
  }));
  return (
    <main className="page compare" aria-busy={snapshots === undefined}>
      <header className="list-header">
        <BackToLists onBack={onBack} />
        <MainHeading className="grow">{i18n.t('compare.title')}</MainHeading>
        {isEnough && <ExportLists ids={chosen} />}
        {isEnough && (
          <Button
            aria-expanded={isChoosing}
            onClick={() => {
              setOpened(!isChoosing);
            }}
          >
            {i18n.t(isChoosing ? 'compare.done' : 'compare.choose')}
          </Button>
        )}
      </header>
      <p className="muted">{i18n.t('compare.intro')}</p>
      {snapshots !== undefined && (
        <>
          {gone > 0 && <p role="status">{i18n.t('compare.gone', gone, { n: count(gone) })}</p>}
          {apart > 0 && platform !== null && (
            <p role="status">
              {i18n.t('compare.left_out', apart, { n: count(apart), platform: platformName(platform) })}
            </p>
          )}
          {lists.length < 2 ? (
            <p role="status">{i18n.t('compare.too_few')}</p>
          ) : (
            isChoosing && (
              <ListChoice
                lists={lists}
                chosen={chosen}
                platform={platform}
                onChosen={(next) => {
                  setOpened(true);
                  onLists(next);
                }}
              />
            )
          )}
          {isEnough && (
            <Comparison
              lists={named}
              onOpen={onOpen}
              onShow={onShow}
              onRemove={(id) => {
                onLists(chosen.filter((one) => one !== id));
                requestAnimationFrame(focusHeadingIfLost);
              }}
            />
          )}
        </>
      )}
    </main>
  );
}
