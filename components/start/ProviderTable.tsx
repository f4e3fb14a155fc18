import { i18n } from '#i18n';
import { compareProviders } from '../../lib/collector/compare-providers.ts';
import { rowsToCollect } from '../../lib/collector/estimate.ts';
import type { Lack } from '../../lib/providers/adapter.ts';
import { adaptersFor } from '../../lib/providers/index.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import { relationTitle } from '../../lib/words/names.ts';
import { priced } from '../../lib/words/numbers.ts';
import { aboutDuration } from '../../lib/words/times.ts';
import type { Startable } from './LimitAndProvider.tsx';

function lackText(lack: Lack): string {
  switch (lack) {
    case 'dates':
      return i18n.t('popup.lacks_dates');
    case 'follow-times':
      return i18n.t('popup.lacks_follow_times');
    case 'certain-follow-times':
      return i18n.t('popup.lacks_certain_follow_times');
    case 'private':
      return i18n.t('popup.lacks_private');
  }
}

interface ProviderTableProps {
  readonly startable: Startable;
  /** How many accounts; `null` is all. */
  readonly howMany: number | null;
  readonly creditPrices: Preferences['creditPrice'];
}

/** What a list costs and takes with every provider that has it, also without a key, and what each leaves out. */
export function ProviderTable({ startable, howMany, creditPrices }: ProviderTableProps) {
  const { relation, known, ready } = startable;
  const { platform, count, idKnown } = known;
  const rows = rowsToCollect(howMany, count);
  const compared = compareProviders(
    adaptersFor(platform, relation),
    { platform, rows, listed: count, resolved: idKnown },
    creditPrices,
  );
  const title = relationTitle(relation);
  return (
    <table className="provider-table">
      <caption>
        {rows === null
          ? i18n.t('popup.compared_thousand', { relation: title })
          : i18n.t('popup.compared', { relation: title })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{i18n.t('popup.provider')}</th>
          <th scope="col">{i18n.t('popup.price')}</th>
          <th scope="col">{i18n.t('popup.time')}</th>
          <th scope="col">{i18n.t('popup.not_included')}</th>
        </tr>
      </thead>
      <tbody>
        {compared.map(({ adapter, estimate, cheapest }) => (
          <tr key={adapter.id}>
            <th scope="row">
              {adapter.name}
              {!ready.some(({ adapter: { id } }) => id === adapter.id) && (
                <span className="meta block">{i18n.t('popup.without_key')}</span>
              )}
            </th>
            <td>
              {priced(adapter.price.unit, estimate.amount, creditPrices[adapter.id] ?? null)}
              {cheapest && <strong className="block">{i18n.t('popup.cheapest')}</strong>}
            </td>
            <td>{estimate.seconds === null ? '–' : aboutDuration(estimate.seconds)}</td>
            <td>
              {adapter.lacks.length === 0
                ? '–'
                : new Intl.ListFormat(undefined, { type: 'unit' }).format(adapter.lacks.map(lackText))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
