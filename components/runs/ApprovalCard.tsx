import { useId, useState } from 'react';
import { i18n } from '#i18n';
import { approvalChoices, preselected, type Choice } from '../../lib/collector/choices.ts';
import { send } from '../../lib/messages/send.ts';
import { countedSpending, type Snapshot } from '../../lib/model/snapshot.ts';
import { adapterOf } from '../../lib/providers/index.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import { amount, briefly, priced } from '../../lib/words/numbers.ts';
import { aboveMessage, usuallyServesMessage } from '../../lib/words/prices.ts';
import type { Action } from '../hooks/useAction.ts';
import { useKeyInfos } from '../hooks/useDatabase.ts';
import { changePreferences, usePreferences } from '../hooks/usePreferences.ts';
import { readAmount, writeAmount } from '../shared/amount-text.ts';
import { Button } from '../shared/Button.tsx';
import { BalanceBar } from './BalanceBar.tsx';
import { ChoiceRows } from './ChoiceRows.tsx';
import { nameOfProvider } from './provider.ts';
import '../styles/money.css';

interface ApprovalCardProps {
  readonly snapshot: Snapshot;
  readonly action: Action;
}

/** Whether the user has not approved a price of a list from a page with this provider yet. */
function isFirstUse({ startedFrom, provider }: Snapshot, { usedFromPages }: Preferences): boolean {
  return startedFrom === 'page' && !usedFromPages.includes(provider);
}

function whyAsked(snapshot: Snapshot, preferences: Preferences): string {
  const { unit, estimate, provider } = snapshot;
  const limit = preferences.askAbove[unit];
  if (isFirstUse(snapshot, preferences)) {
    return i18n.t('run.first_use', { provider: nameOfProvider(provider) });
  }
  if (estimate?.amount == null) return i18n.t('run.price_unknown');
  return snapshot.startedFrom === 'page' && estimate.amount <= limit
    ? i18n.t('run.above_page', { n: amount(unit, limit) })
    : aboveMessage(unit, limit);
}

/** A price needs the user's approval: one figure, what the balance pays for, and one decision. */
export default function ApprovalCard({ snapshot, action }: ApprovalCardProps) {
  const preferences = usePreferences();
  const keys = useKeyInfos();
  if (preferences === undefined || keys === undefined) return null;
  const balance = keys.find(({ provider }) => provider === snapshot.provider)?.balance ?? null;
  return <Approval snapshot={snapshot} action={action} preferences={preferences} balance={balance} />;
}

interface ApprovalProps extends ApprovalCardProps {
  readonly preferences: Preferences;
  readonly balance: number | null;
}

function nameOf({ kind, howMany, amount: total }: Choice): string {
  return `${kind} ${String(howMany)} ${kind === 'up-to' ? String(total) : ''}`;
}

function Approval({ snapshot, action, preferences, balance }: ApprovalProps) {
  const { unit, provider } = snapshot;
  const [name, setName] = useState<string | null>(null);
  const [limit, setLimit] = useState(writeAmount(preferences.askAbove[unit], unit));
  const id = useId();
  const adapter = adapterOf(snapshot);
  if (adapter === undefined) return null;
  const creditPrice = preferences.creditPrice[provider] ?? null;
  const choices = approvalChoices(adapter, snapshot, { balance, unapproved: preferences.askAbove[unit] });
  const chosen = choices.find((one) => one.obstacle === null && nameOf(one) === name) ?? preselected(choices);
  const spent = countedSpending(snapshot);
  const isFirst = isFirstUse(snapshot, preferences);
  const askAbove = readAmount(limit, unit) ?? undefined;
  const usual = usuallyServesMessage(
    snapshot.platform,
    choices.find(({ likely }) => likely !== null)?.likely,
    unit,
  );
  return (
    <div className="approval">
      <p id={`${id}-why`}>{whyAsked(snapshot, preferences)}</p>
      {chosen !== null && <p className="price-figure">{priced(unit, chosen.amount, creditPrice)}</p>}
      {spent > 0 && (
        <p className="meta">{i18n.t('run.spent_before', { amount: priced(unit, spent, creditPrice) })}</p>
      )}
      {balance !== null && (
        <BalanceBar
          unit={unit}
          price={chosen?.amount ?? 0}
          dearest={Math.max(...choices.map(({ amount: each }) => each ?? 0))}
          balance={balance}
        />
      )}
      {usual !== null && <p className="meta">{usual}</p>}
      <ChoiceRows
        choices={choices}
        chosen={chosen}
        onChoose={(choice) => {
          setName(nameOf(choice));
        }}
        unit={unit}
        balance={balance}
        creditPrice={creditPrice}
      />
      {isFirst && (
        <AskMeAbove snapshot={snapshot} text={limit} onText={setLimit} isValid={askAbove !== undefined} />
      )}
      <Decision
        snapshot={snapshot}
        chosen={isFirst && askAbove === undefined ? null : chosen}
        before={async () => {
          if (!isFirst || askAbove === undefined) return;
          await changePreferences((now) => ({
            usedFromPages: [...now.usedFromPages.filter((one) => one !== provider), provider],
            askAbove: { ...now.askAbove, [unit]: askAbove },
          }));
        }}
        describedBy={`${id}-why`}
        label={
          chosen === null
            ? i18n.t('run.nothing_affordable')
            : chosen.kind === 'check'
              ? i18n.t('run.with_price', {
                  action: i18n.t('run.check_price'),
                  amount: priced(unit, chosen.amount, creditPrice),
                })
              : i18n.t('run.use_up_to', { amount: briefly(unit, chosen.cap, creditPrice) })
        }
        action={action}
      />
    </div>
  );
}

interface DecisionProps extends ApprovalCardProps {
  readonly chosen: Choice | null;
  /** Done before the choice is sent. */
  readonly before: () => Promise<void>;
  readonly label: string;
  readonly describedBy: string;
}

function Decision({
  snapshot: { id: snapshotId },
  chosen,
  before,
  label,
  describedBy,
  action,
}: DecisionProps) {
  const { run, busy } = action;
  return (
    <div className="buttons">
      <Button
        variant="primary"
        disabled={busy || chosen === null}
        aria-describedby={describedBy}
        onClick={() => {
          if (chosen === null) return;
          const { howMany, cap, kind } = chosen;
          run(async () => {
            await before();
            await send('run.confirm', { snapshotId, howMany, cap, check: kind === 'check' });
          });
        }}
      >
        {label}
      </Button>
      <Button
        variant="quiet"
        disabled={busy}
        onClick={() => {
          run(() => send('run.stop', { snapshotId }));
        }}
      >
        {i18n.t('run.cancel')}
      </Button>
    </div>
  );
}

interface AskMeAboveProps {
  readonly snapshot: Snapshot;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly isValid: boolean;
}

/** What a click on a page may spend from now on without asking. */
function AskMeAbove({ snapshot: { unit }, text, onText, isValid }: AskMeAboveProps) {
  const id = useId();
  return (
    <div className="field">
      <div className="with-unit">
        <label htmlFor={id}>{i18n.t('run.ask_above')}</label>
        <input
          id={id}
          className="input"
          inputMode="decimal"
          aria-invalid={!isValid}
          aria-describedby={`${id}-unit`}
          value={text}
          onChange={({ target }) => {
            onText(target.value);
          }}
        />
        <span id={`${id}-unit`} className="muted">
          {i18n.t(`options.unit_${unit}`)}
        </span>
      </div>
      {!isValid && <p className="tone-error">{i18n.t('options.number_broken')}</p>}
    </div>
  );
}
