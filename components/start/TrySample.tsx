import { i18n } from '#i18n';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { exclusively } from '../../lib/store/exclusive.ts';
import { store } from '../hooks/store.ts';
import { useAct } from '../hooks/useAction.ts';

interface TrySampleProps {
  readonly primary?: boolean;
  readonly onOpen: (id: SnapshotId) => void;
}

/** Opens the sample list, for whoever has no key yet. */
export function TrySample({ primary = false, onOpen }: TrySampleProps) {
  const { act, busy, trouble } = useAct();
  async function open(): Promise<void> {
    // Its accounts are made up when somebody wants to see them.
    const { provideSample } = await import('../../lib/sample/sample.ts');
    onOpen(await exclusively(() => provideSample(store, i18n.t('sample.profile'))));
  }
  return (
    <>
      <button
        type="button"
        className={primary ? 'button primary' : 'button'}
        disabled={busy}
        onClick={() => {
          act(open);
        }}
      >
        {i18n.t('sample.try')}
      </button>
      {trouble !== null && (
        <p role="alert" className="tone-error">
          {trouble}
        </p>
      )}
    </>
  );
}
