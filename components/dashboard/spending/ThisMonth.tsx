import { i18n } from '#i18n';
import type { ProviderId } from '../../../lib/model/ids.ts';
import type { Unit } from '../../../lib/model/money.ts';
import { adapters } from '../../../lib/providers/index.ts';
import { monthlyLimitOf } from '../../../lib/settings/preferences.ts';
import { monthOf, type MonthlySpending } from '../../../lib/store/spending.ts';
import { amount } from '../../../lib/words/numbers.ts';
import { useKeyInfos } from '../../hooks/useDatabase.ts';
import { useNow } from '../../hooks/useNow.ts';
import { usePreferences } from '../../hooks/usePreferences.ts';
import { LimitBar } from '../../shared/LimitBar.tsx';

/** Each provider that has a key or was paid this month: its spending against the limit, and its balance. */
export function ThisMonth({ months }: { readonly months: readonly MonthlySpending[] }) {
  const month = monthOf(useNow(60_000));
  const keys = useKeyInfos();
  const preferences = usePreferences();
  if (keys === undefined || preferences === undefined) return null;
  const rows = adapters.flatMap(({ id, name, price: { unit } }) => {
    const key = keys.find(({ provider }) => provider === id);
    const counted = months.find((row) => row.provider === id && row.month === month)?.counted ?? 0;
    if (key === undefined && counted === 0) return [];
    const limit = monthlyLimitOf(preferences, id);
    return [{ id, name, unit, counted, limit, balance: key?.balance ?? null }];
  });
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="this-month">
      <header className="line spending-heading">
        <h2 id="this-month" className="grow">
          {i18n.t('spending.this_month')}
        </h2>
        <a href="/options.html#spending">{i18n.t('spending.limits')}</a>
      </header>
      <ul className="providers-this-month">
        {rows.map((row) => (
          <ProviderThisMonth key={row.id} {...row} />
        ))}
      </ul>
    </section>
  );
}

interface ProviderThisMonthProps {
  readonly id: ProviderId;
  readonly name: string;
  readonly unit: Unit;
  readonly counted: number;
  readonly limit: number | null;
  readonly balance: number | null;
}

function ProviderThisMonth({ name, unit, counted, limit, balance }: ProviderThisMonthProps) {
  return (
    <li className="panel">
      <h3>{name}</h3>
      <LimitBar
        unit={unit}
        counted={counted}
        limit={limit}
        name={i18n.t('spending.this_month_of', { provider: name })}
      />
      {balance !== null && (
        <p className="meta">{i18n.t('options.balance', { balance: amount(unit, balance) })}</p>
      )}
    </li>
  );
}
