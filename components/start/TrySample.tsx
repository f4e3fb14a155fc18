import { i18n } from '#i18n';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { exclusively } from '../../lib/store/exclusive.ts';
import { store } from '../hooks/store.ts';
import { useAction } from '../hooks/useAction.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';

interface TrySampleProps {
  readonly primary?: boolean;
  readonly onOpen: (id: SnapshotId) => void;
}

/** Opens the sample list, for users without a key. */
export function TrySample({ primary = false, onOpen }: TrySampleProps) {
  const { run, busy, error } = useAction();
  async function open(): Promise<void> {
    // Loaded separately: the sample accounts are generated when the user opens them.
    const { provideSample } = await import('../../lib/sample/sample.ts');
    onOpen(await exclusively(() => provideSample(store, i18n.t('sample.profile'))));
  }
  return (
    <>
      <Button
        variant={primary ? 'primary' : 'default'}
        disabled={busy}
        onClick={() => {
          run(open);
        }}
      >
        {i18n.t('sample.try')}
      </Button>
      <ErrorText error={error} />
    </>
  );
}
