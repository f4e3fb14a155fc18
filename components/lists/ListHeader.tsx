import type { ReactNode } from 'react';
import { i18n } from '#i18n';
import { isSample, type Snapshot } from '../../lib/model/snapshot.ts';
import { profileUrl } from '../../lib/platforms/index.ts';
import { platformName, relationTitle } from '../../lib/words/names.ts';
import { listTime } from '../../lib/words/times.ts';
import { useNow } from '../hooks/useNow.ts';
import { nameOfProvider } from '../runs/provider.ts';
import { SampleMark } from './SampleMark.tsx';

interface ListHeaderProps {
  readonly snapshot: Snapshot;
  /** The back link, if there is one. */
  readonly back: ReactNode;
}

/** The profile, the relation, and the date of a list. */
export function ListHeader({ snapshot, back }: ListHeaderProps) {
  const now = useNow(60_000);
  const { platform, handle, relation, facts } = snapshot;
  const name = facts?.name ?? null;
  const parts = [
    relationTitle(relation),
    i18n.t('time.list_of', { day: listTime(snapshot.createdAt, now) }),
    ...(isSample(snapshot) ? [] : [i18n.t('list.by', { provider: nameOfProvider(snapshot.provider) })]),
  ];
  return (
    <header className="list-header">
      {back}
      <div className="grow">
        <div className="line list-title">
          <h1 tabIndex={-1} className="ellipsis" dir="auto" title={snapshot.name ?? name ?? `@${handle}`}>
            <bdi>{snapshot.name ?? name ?? `@${handle}`}</bdi>
          </h1>
          {!isSample(snapshot) && (
            <a
              className="handle ellipsis"
              href={profileUrl(platform, handle)}
              target="_blank"
              rel="noreferrer noopener"
              aria-label={`@${handle}, ${i18n.t('list.show_profile', { platform: platformName(platform) })}`}
            >
              <bdi>
                {name === null && snapshot.name === undefined ? platformName(platform) : `@${handle}`}
              </bdi>
            </a>
          )}
          <SampleMark snapshot={snapshot} />
        </div>
        <p className="meta">{parts.join(' · ')}</p>
      </div>
    </header>
  );
}
