import { i18n } from '#i18n';
import type { SnapshotId } from '../../lib/model/ids.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import { useKeyInfos } from '../hooks/useDatabase.ts';
import { MainHeading } from './MainHeading.tsx';
import { RecentLog } from './RecentLog.tsx';
import { StartHere } from '../start/StartHere.tsx';
import { TrySample } from '../start/TrySample.tsx';

interface HomeProps {
  /** The field's initial text. */
  readonly text: string | null;
  readonly snapshots: readonly Snapshot[];
  readonly preferences: Preferences;
  readonly onOpen: (id: SnapshotId) => void;
}

/** Shown while no list is open: the form for a new list. */
export function Home({ text, snapshots, preferences, onOpen }: HomeProps) {
  const keys = useKeyInfos();
  if (keys === undefined) return <main className="home" aria-busy="true" />;
  return (
    <main className="home">
      <MainHeading>{i18n.t('dashboard.new_list')}</MainHeading>
      <StartHere
        activeProfile={null}
        text={text}
        snapshots={snapshots}
        keys={keys}
        preferences={preferences}
        onOpen={onOpen}
      />
      {snapshots.length === 0 && (
        <div className="buttons">
          <p className="muted">{i18n.t('dashboard.try_sample')}</p>
          <TrySample onOpen={onOpen} />
        </div>
      )}
      <RecentLog snapshots={snapshots} onOpen={onOpen} />
    </main>
  );
}
