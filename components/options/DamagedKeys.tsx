import { useSyncExternalStore } from 'react';
import { i18n } from '#i18n';
import { count } from '../../lib/words/numbers.ts';
import { store } from '../hooks/store.ts';

const watch = (changed: () => void): (() => void) => store.keys.damage.watch(changed);
const read = (): number => store.keys.damage.rows;

/** Shows how many saved keys cannot be read; renders nothing if all can. */
export function DamagedKeys() {
  const keys = useSyncExternalStore(watch, read);
  if (keys === 0) return null;
  return (
    <p role="alert" className="tone-error">
      {i18n.t('options.damaged_keys', keys, { n: count(keys) })}
    </p>
  );
}
