import { batchesIn } from '../../../lib/store/batches.ts';
import { i18n } from '#i18n';
import { batchIdSchema, type BatchId } from '../../../lib/model/batch.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { store } from '../../hooks/store.ts';
import { useKeyInfos, useLive, useSnapshots } from '../../hooks/useDatabase.ts';
import { useNow } from '../../hooks/useNow.ts';
import { usePreferences } from '../../hooks/usePreferences.ts';
import { Button } from '../../shared/Button.tsx';
import { addressOfPage } from '../address.ts';
import { BackToLists } from '../BackToLists.tsx';
import { BatchList } from '../many/BatchList.tsx';
import { batchTitle } from '../many/batch-title.ts';
import { BatchView } from '../many/BatchView.tsx';
import { ManyForm } from '../many/ManyForm.tsx';
import { MainHeading } from '../MainHeading.tsx';
import '../../styles/start.css';
import '../../styles/many.css';
import type { PageProps } from './page.ts';

/** Collects many profiles at once. In the address, `for` is a batch, or what is in the field at first. */
export default function ManyPage({ onBack, onOpen, onShow, text, onText }: PageProps) {
  const snapshots = useSnapshots();
  const id = batchIdSchema.safeParse(text).data ?? null;
  if (snapshots === undefined) return <main className="page many" aria-busy="true" />;
  return id === null ? (
    <NewBatch key={text} text={text} snapshots={snapshots} onBack={onBack} onBatch={onText} />
  ) : (
    <OneBatch
      key={id}
      id={id}
      snapshots={snapshots}
      onBack={onBack}
      onNew={() => {
        onText('');
      }}
      onOpen={onOpen}
      onCompare={(lists) => {
        onShow(addressOfPage('compare', lists));
      }}
    />
  );
}

interface NewBatchProps extends Pick<PageProps, 'onBack'> {
  readonly text: string;
  readonly snapshots: readonly Snapshot[];
  readonly onBatch: (id: BatchId) => void;
}

function NewBatch({ text, snapshots, onBack, onBatch }: NewBatchProps) {
  const keys = useKeyInfos();
  const preferences = usePreferences();
  const batches = useLive(() => batchesIn(store).all(), []);
  return (
    <main className="page many" aria-busy={keys === undefined || batches === undefined}>
      <header className="list-header">
        <BackToLists onBack={onBack} />
        <MainHeading>{i18n.t('many.title')}</MainHeading>
      </header>
      <p className="muted">{i18n.t('many.intro')}</p>
      {keys !== undefined && preferences !== undefined && (
        <ManyForm
          text={text}
          snapshots={snapshots}
          keys={keys}
          preferences={preferences}
          onStarted={onBatch}
        />
      )}
      <BatchList
        batches={batches ?? []}
        onBatch={({ id }) => {
          onBatch(id);
        }}
      />
    </main>
  );
}

interface OneBatchProps extends Pick<PageProps, 'onBack' | 'onOpen'> {
  readonly id: BatchId;
  readonly snapshots: readonly Snapshot[];
  readonly onNew: () => void;
  readonly onCompare: (lists: readonly SnapshotId[]) => void;
}

function OneBatch({ id, snapshots, onBack, onNew, onOpen, onCompare }: OneBatchProps) {
  const now = useNow(60_000);
  const found = useLive(async () => ({ batch: await batchesIn(store).get(id) }), [id]);
  const batch = found?.batch;
  return (
    <main className="page many" aria-busy={found === undefined}>
      <header className="list-header">
        <BackToLists onBack={onBack} />
        <MainHeading className="grow">
          {batch === undefined ? i18n.t('many.title') : batchTitle(batch, now)}
        </MainHeading>
        <Button onClick={onNew}>{i18n.t('many.new')}</Button>
      </header>
      {found !== undefined && batch === undefined && <p role="status">{i18n.t('many.no_batch')}</p>}
      {batch !== undefined && (
        <BatchView batch={batch} snapshots={snapshots} onOpen={onOpen} onCompare={onCompare} />
      )}
    </main>
  );
}
