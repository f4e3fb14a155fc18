import type { Snapshot } from '../../lib/model/snapshot.ts';
import { stateName, toneOf } from '../../lib/words/names.ts';
import { ToneIcon } from '../shared/Icon.tsx';

/** A state, shown by icon, color, and text. */
export function StateText({ state }: Pick<Snapshot, 'state'>) {
  const tone = toneOf(state);
  return (
    <span className={`state tone-${tone}`}>
      <ToneIcon tone={tone} />
      {stateName(state)}
    </span>
  );
}
