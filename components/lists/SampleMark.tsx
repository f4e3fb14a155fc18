import { i18n } from '#i18n';
import { isSample, type Snapshot } from '../../lib/model/snapshot.ts';

/** Marks the sample list; renders nothing for other lists. */
export function SampleMark({ snapshot }: { readonly snapshot: Pick<Snapshot, 'provider'> }) {
  return isSample(snapshot) ? <span className="mark-sample">{i18n.t('sample.mark')}</span> : null;
}
