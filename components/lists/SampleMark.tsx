import { i18n } from '#i18n';
import { isSample, type Snapshot } from '../../lib/model/snapshot.ts';

/** Stands beside the name of the sample list; nothing beside others. */
export function SampleMark({ snapshot }: { readonly snapshot: Pick<Snapshot, 'provider'> }) {
  return isSample(snapshot) ? <span className="mark-sample">{i18n.t('sample.mark')}</span> : null;
}
