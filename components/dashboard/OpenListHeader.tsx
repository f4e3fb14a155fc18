import type { ReactNode } from 'react';
import { i18n } from '#i18n';
import { isFiltering } from '../../lib/lists/query.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { hasEnded, isSample, shownRows, type Snapshot } from '../../lib/model/snapshot.ts';
import { profileUrl } from '../../lib/platforms/index.ts';
import { listDescription, profileTitle } from '../../lib/words/lists.ts';
import { platformName, profileName, stateName, toneOf } from '../../lib/words/names.ts';
import { count } from '../../lib/words/numbers.ts';
import { statusMessage } from '../../lib/words/status.ts';
import { useNow } from '../hooks/useNow.ts';
import { ExportOf } from '../lists/ExportOf.tsx';
import { Picture } from '../shared/Picture.tsx';
import { SampleMark } from '../lists/SampleMark.tsx';
import type { ListState } from '../lists/useListState.ts';
import { factsAt } from '../runs/facts.ts';
import { ToneIcon } from '../shared/Icon.tsx';
import { ListMenu } from './ListMenu.tsx';
import { UpdateButton } from './UpdateButton.tsx';
import { MainHeading } from './MainHeading.tsx';

interface OpenListHeaderProps {
  readonly snapshot: Snapshot;
  readonly pictures: boolean;
  readonly back: ReactNode;
  /** What Export saves: the same on every tab. */
  readonly list: ListState;
  /** Opens another list. */
  readonly onList: (id: SnapshotId) => void;
}

/** The first row of a list: whose it is, its state and time, and what can be done with it. */
export function OpenListHeader({ snapshot, pictures, back, list, onList }: OpenListHeaderProps) {
  const now = useNow(60_000);
  const { facts, platform, handle, name, profileId } = snapshot;
  const profile = profileTitle(snapshot);
  return (
    <header className="open-header">
      {back}
      <Picture
        id={profileId ?? handle}
        name={facts?.name ?? null}
        handle={handle}
        url={pictures ? (facts?.avatarUrl ?? null) : null}
      />
      <MainHeading id="list-name" className="ellipsis" title={name ?? profile}>
        <bdi>{name ?? profile}</bdi>
      </MainHeading>
      {isSample(snapshot) ? (
        <SampleMark snapshot={snapshot} />
      ) : (
        <a
          className="handle ellipsis"
          href={profileUrl(platform, handle)}
          target="_blank"
          rel="noreferrer noopener"
          title={i18n.t('list.show_profile', { platform: platformName(platform) })}
        >
          <bdi>{profileName(platform, handle)}</bdi> <span className="muted">{platformName(platform)}</span>
        </a>
      )}
      <StatusPill snapshot={snapshot} />
      <p className="meta ellipsis grow">{listDescription(snapshot, now)}</p>
      {(snapshot.rows > 0 || isFiltering(list.query)) && (
        <ExportOf snapshot={snapshot} state={list} variant="primary" />
      )}
      <UpdateButton snapshot={snapshot} onList={onList} />
      <ListMenu snapshot={snapshot} />
    </header>
  );
}

/** `Complete · 2,450`. A screen reader gets the whole sentence. */
function StatusPill({ snapshot }: { readonly snapshot: Snapshot }) {
  const now = useNow(1000);
  const { state } = snapshot;
  const tone = toneOf(state);
  const sentence = statusMessage(factsAt(snapshot, now), now);
  const isComplete = hasEnded(state) && state.outcome.kind === 'complete';
  return (
    <p className={`pill tone-${tone}`} title={sentence} role={isComplete ? 'status' : undefined}>
      <ToneIcon tone={tone} />
      <span aria-hidden={isComplete}>
        {stateName(state)} · {count(shownRows(snapshot))}
      </span>
      {isComplete && <span className="visually-hidden">{sentence}</span>}
    </p>
  );
}
