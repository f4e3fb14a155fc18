import { useId } from 'react';
import { i18n } from '#i18n';
import type { ProviderId } from '../../lib/model/ids.ts';
import type { Adapter } from '../../lib/providers/adapter.ts';

interface ProviderSelectProps {
  readonly adapters: readonly Adapter[];
  readonly value: ProviderId | undefined;
  readonly textOf: (adapter: Adapter) => string;
  readonly onProvider: (id: ProviderId) => void;
}

/** Chooses one of several providers, in the order of their names. */
export function ProviderSelect({ adapters, value, textOf, onProvider }: ProviderSelectProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{i18n.t('popup.provider')}</label>
      <select
        id={id}
        className="select"
        value={value}
        onChange={({ target }) => {
          const chosen = adapters.find((adapter) => adapter.id === target.value);
          if (chosen !== undefined) onProvider(chosen.id);
        }}
      >
        {adapters
          .toSorted((a, b) => a.name.localeCompare(b.name))
          .map((adapter) => (
            <option key={adapter.id} value={adapter.id}>
              {textOf(adapter)}
            </option>
          ))}
      </select>
    </div>
  );
}
