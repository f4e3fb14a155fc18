import { useId, useState } from 'react';
import { i18n } from '#i18n';
import { fullPrice } from '../../lib/collector/watch/start-due.ts';
import type { WatchSetting } from '../../lib/collector/watch/setting.ts';
import type { UpdateOffer } from '../../lib/collector/update-offer.ts';
import { send } from '../../lib/messages/send.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { intervals, MOST_UPDATES, type Interval } from '../../lib/model/watch.ts';
import { monthlyLimitOf } from '../../lib/settings/preferences.ts';
import { profileTitle } from '../../lib/words/lists.ts';
import { amount } from '../../lib/words/numbers.ts';
import { priceRange } from '../../lib/words/update.ts';
import { intervalName } from '../../lib/words/watch.ts';
import { useAction } from '../hooks/useAction.ts';
import { usePreferences } from '../hooks/usePreferences.ts';
import { useUpdateOffer } from '../hooks/useUpdateOffer.ts';
import { useWatchOf, type WholeWatch } from '../hooks/useWatches.ts';
import { openSettings } from '../runs/open-extension-page.ts';
import { readAmount, writeAmount } from '../shared/amount-text.ts';
import { Button } from '../shared/Button.tsx';
import { FieldError } from '../shared/ErrorText.tsx';
import { RadioChoices } from '../shared/RadioChoices.tsx';
import { unitName } from '../shared/unit-name.ts';
import { FormDialog } from './FormDialog.tsx';

interface WatchListProps {
  readonly snapshot: Snapshot;
  readonly onClose: () => void;
}

/** A dialog for how a list is kept up to date. */
export default function WatchList(props: WatchListProps) {
  const known = useWatchOf(props.snapshot);
  const offer = useUpdateOffer(props.snapshot);
  // The form starts with what is stored.
  if (known === undefined || offer === undefined) return null;
  return <WatchForm {...props} known={known} offer={offer} />;
}

type Kind = WatchSetting['kind'];

/** What the user has entered so far. */
interface Entered {
  readonly kind: Kind;
  readonly every: Interval;
  readonly allowance: string;
  readonly fullEvery: string;
}

function enteredBefore(known: WholeWatch | null, offer: UpdateOffer | null): Entered {
  const action = known?.watch.action;
  const unit = offer?.adapter.price.unit ?? 'credits';
  const limit = known?.budget?.limit;
  return {
    kind: action?.kind ?? 'off',
    every: known?.watch.every ?? 'week',
    allowance: limit === undefined ? '' : writeAmount(limit, unit),
    fullEvery: String((action?.kind === 'update' ? action.fullEvery : null) ?? 0),
  };
}

/** The setting that was entered; `null` if something is missing. */
function settingOf(
  { kind, every, allowance, fullEvery }: Entered,
  offer: UpdateOffer | null,
): WatchSetting | null {
  switch (kind) {
    case 'off':
      return { kind };
    case 'remind':
      return { kind, every };
    case 'update': {
      const most = offer === null ? null : readAmount(allowance, offer.adapter.price.unit);
      const updates = Math.min(MOST_UPDATES, Math.trunc(Number(fullEvery)));
      if (offer === null || most == null || most === 0 || !(updates >= 0)) return null;
      const provider = offer.adapter.id;
      return { kind, every, provider, allowance: most, fullEvery: updates === 0 ? null : updates };
    }
  }
}

interface WatchFormProps extends WatchListProps {
  readonly known: WholeWatch | null;
  readonly offer: UpdateOffer | null;
}

function WatchForm({ snapshot, onClose, known, offer }: WatchFormProps) {
  const [entered, setEntered] = useState(() => enteredBefore(known, offer));
  const action = useAction();
  const preferences = usePreferences();
  const setting = settingOf(entered, offer);
  const isLimited =
    offer === null || (preferences !== undefined && monthlyLimitOf(preferences, offer.adapter.id) !== null);
  const change = (part: Partial<Entered>): void => {
    setEntered((before) => ({ ...before, ...part }));
  };
  async function save(): Promise<void> {
    if (setting === null) throw new Error(i18n.t('watch.allowance_missing'));
    const result = await send('list.watch', { snapshotId: snapshot.id, setting });
    if (result === 'gone') throw new Error(i18n.t('watch.gone'));
    if (result === 'no-provider') throw new Error(i18n.t('watch.no_provider'));
    if (result === 'no-limit')
      throw new Error(i18n.t('watch.needs_limit', { provider: offer?.adapter.name ?? '' }));
    onClose();
  }
  return (
    <FormDialog
      title={i18n.t('watch.question', { list: profileTitle(snapshot) })}
      saveText={i18n.t('watch.save')}
      isBlocked={entered.kind === 'update' && !isLimited}
      action={action}
      save={save}
      onClose={onClose}
    >
      <RadioChoices
        name={i18n.t('watch.action')}
        values={KINDS}
        value={entered.kind}
        textOf={kindText}
        isDisabled={(kind) => kind === 'update' && offer === null}
        onValue={(kind) => {
          change({ kind });
        }}
      />
      {entered.kind !== 'off' && (
        <EveryField
          every={entered.every}
          onEvery={(every) => {
            change({ every });
          }}
        />
      )}
      {entered.kind === 'remind' && <p className="muted">{i18n.t('watch.remind_hint')}</p>}
      {entered.kind === 'update' && offer !== null && (
        <>
          {!isLimited && <NoLimit offer={offer} />}
          <AllowanceFields snapshot={snapshot} offer={offer} entered={entered} onChange={change} />
        </>
      )}
    </FormDialog>
  );
}

const KINDS: readonly Kind[] = ['off', 'remind', 'update'];

function kindText(kind: Kind): string {
  switch (kind) {
    case 'off':
      return i18n.t('watch.off');
    case 'remind':
      return i18n.t('watch.remind');
    case 'update':
      return i18n.t('watch.update');
  }
}

function EveryField({
  every,
  onEvery,
}: {
  readonly every: Interval;
  readonly onEvery: (every: Interval) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{i18n.t('watch.every')}</label>
      <select
        id={id}
        className="select"
        value={every}
        onChange={({ target }) => {
          onEvery(intervals.find((one) => one === target.value) ?? every);
        }}
      >
        {intervals.map((one) => (
          <option key={one} value={one}>
            {intervalName(one)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Automatic updates need a monthly limit, so that no mistake can spend more than the user wants. */
function NoLimit({ offer }: { readonly offer: UpdateOffer }) {
  const { id, name } = offer.adapter;
  return (
    <div className="line">
      <p className="grow">{i18n.t('watch.needs_limit', { provider: name })}</p>
      <Button
        size="small"
        onClick={() => {
          void openSettings(id);
        }}
      >
        {i18n.t('watch.set_limit')}
      </Button>
    </div>
  );
}

interface AllowanceFieldsProps {
  readonly snapshot: Snapshot;
  readonly offer: UpdateOffer;
  readonly entered: Entered;
  readonly onChange: (part: Partial<Entered>) => void;
}

function AllowanceFields({ snapshot, offer, entered, onChange }: AllowanceFieldsProps) {
  const id = useId();
  const { adapter, price } = offer;
  const { unit } = adapter.price;
  const isWrong = readAmount(entered.allowance, unit) === undefined;
  const full = fullPrice(adapter, snapshot);
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-allowance`}>{i18n.t('watch.allowance', { unit: unitName(unit) })}</label>
        <input
          id={`${id}-allowance`}
          className="input"
          inputMode="decimal"
          required
          value={entered.allowance}
          aria-invalid={isWrong}
          aria-describedby={`${id}-hint ${id}-error`}
          onChange={({ target }) => {
            onChange({ allowance: target.value });
          }}
        />
        <FieldError id={`${id}-error`} error={isWrong ? i18n.t('options.number_broken') : null} />
        <p id={`${id}-hint`} className="muted">
          {i18n.t('watch.allowance_hint', { price: priceRange(unit, price, null), provider: adapter.name })}
        </p>
      </div>
      <div className="field">
        <label htmlFor={`${id}-full`}>{i18n.t('watch.full')}</label>
        <div className="with-unit">
          <input
            id={`${id}-full`}
            className="input"
            type="number"
            min={0}
            max={MOST_UPDATES}
            value={entered.fullEvery}
            aria-describedby={`${id}-full-hint`}
            onChange={({ target }) => {
              onChange({ fullEvery: target.value });
            }}
          />
          <span className="muted">{i18n.t('watch.full_updates')}</span>
        </div>
        <p id={`${id}-full-hint`} className="muted">
          {full === null
            ? i18n.t('watch.full_hint_unknown')
            : i18n.t('watch.full_hint', { price: i18n.t('amount.about', { amount: amount(unit, full) }) })}
        </p>
      </div>
    </>
  );
}
