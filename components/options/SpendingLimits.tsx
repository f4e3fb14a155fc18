import { i18n } from '#i18n';
import type { ProviderId } from '../../lib/model/ids.ts';
import type { CreditPrice, Unit } from '../../lib/model/money.ts';
import { adapters } from '../../lib/providers/index.ts';
import { monthlyLimitOf, type Preferences } from '../../lib/settings/preferences.ts';
import { changePreferences } from '../hooks/usePreferences.ts';
import { AmountField } from './AmountField.tsx';
import { CreditPriceField } from './CreditPriceField.tsx';
import { unitName } from '../shared/unit-name.ts';

const UNITS: readonly Unit[] = ['credits', 'usd', 'requests'];

function save(change: (now: Preferences) => Partial<Preferences>): void {
  changePreferences(change).catch(console.error);
}

function saveLimit(provider: ProviderId, value: number | null): void {
  save(({ monthlyLimit: { [provider]: _, ...others } }) => ({
    monthlyLimit: value === null ? others : { ...others, [provider]: value },
  }));
}

function savePrice(provider: ProviderId, value: CreditPrice | null): void {
  save(({ creditPrice: { [provider]: _, ...others } }) => ({
    creditPrice: value === null ? others : { ...others, [provider]: value },
  }));
}

interface SpendingLimitsProps {
  readonly preferences: Preferences;
}

/** The approval threshold, the monthly limit for each provider, and the price of credits. */
export function SpendingLimits({ preferences }: SpendingLimitsProps) {
  return (
    <div className="panel">
      <ApprovalThresholds preferences={preferences} />
      <MonthlyLimits preferences={preferences} />
      <CreditPrices preferences={preferences} />
      <p>
        <a href="/dashboard.html?view=spending">{i18n.t('options.see_spending')}</a>
      </p>
    </div>
  );
}

function ApprovalThresholds({ preferences }: SpendingLimitsProps) {
  return (
    <fieldset>
      <legend>{i18n.t('options.ask_above')}</legend>
      {UNITS.map((unit) => (
        <AmountField
          key={unit}
          name={i18n.t('options.ask_for', { unit: unitName(unit) })}
          unit={unit}
          value={preferences.askAbove[unit]}
          mayBeEmpty={false}
          onValue={(value) => {
            if (value !== null) save(({ askAbove }) => ({ askAbove: { ...askAbove, [unit]: value } }));
          }}
        />
      ))}
      <p className="meta">{i18n.t('options.ask_hint')}</p>
    </fieldset>
  );
}

function MonthlyLimits({ preferences }: SpendingLimitsProps) {
  return (
    <fieldset>
      <legend>{i18n.t('options.monthly')}</legend>
      {adapters.map(({ id, name, price }) => (
        <AmountField
          key={id}
          name={i18n.t('options.monthly_for', { provider: name })}
          label={name}
          unit={price.unit}
          value={monthlyLimitOf(preferences, id)}
          mayBeEmpty
          onValue={(value) => {
            saveLimit(id, value);
          }}
        />
      ))}
      <p className="meta">{i18n.t('options.monthly_hint')}</p>
    </fieldset>
  );
}

function CreditPrices({ preferences }: SpendingLimitsProps) {
  return (
    <fieldset>
      <legend>{i18n.t('options.cost')}</legend>
      {adapters
        .filter((adapter) => adapter.price.unit !== 'usd')
        .map((adapter) => (
          <CreditPriceField
            key={adapter.id}
            provider={adapter.name}
            unit={adapter.price.unit}
            value={preferences.creditPrice[adapter.id] ?? null}
            onValue={(value) => {
              savePrice(adapter.id, value);
            }}
          />
        ))}
      <p className="meta">{i18n.t('options.cost_hint')}</p>
    </fieldset>
  );
}
