import { useDeferredValue, useId, useMemo, useState } from 'react';
import { i18n } from '#i18n';
import { estimateBatch, type BatchEstimate } from '../../../lib/batch/estimate.ts';
import { platformIn, readLines, type Column, type ReadLines } from '../../../lib/batch/lines.ts';
import { send } from '../../../lib/messages/send.ts';
import type { BatchId } from '../../../lib/model/batch.ts';
import type { ProviderId } from '../../../lib/model/ids.ts';
import type { CreditPrice } from '../../../lib/model/money.ts';
import { PLATFORMS, RELATIONS, type Platform, type Relation } from '../../../lib/model/platform.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { listKind, type Preferences } from '../../../lib/settings/preferences.ts';
import type { KeyInfo } from '../../../lib/store/keys.ts';
import { platformHint, platformName, relationTitle } from '../../../lib/words/names.ts';
import { amount, count, priced } from '../../../lib/words/numbers.ts';
import { useAction } from '../../hooks/useAction.ts';
import { openSettings } from '../../runs/open-extension-page.ts';
import { readyProviders, type Ready } from '../../runs/provider.ts';
import { readAmount, writeAmount } from '../../shared/amount-text.ts';
import { ProviderSelect } from '../../shared/ProviderSelect.tsx';
import { RadioChoices } from '../../shared/RadioChoices.tsx';
import { Button } from '../../shared/Button.tsx';
import { ErrorText } from '../../shared/ErrorText.tsx';
import { HowMany, howManyOf, type Wanted } from '../../start/HowMany.tsx';
import { PlatformSwitch } from '../../start/PlatformSwitch.tsx';
import { checkLines, type CheckedLines, type CheckOptions } from './checked-lines.ts';
import { LineResults } from './LineResults.tsx';
import { ProfilesField } from './ProfilesField.tsx';
import { LimitField } from './LimitField.tsx';

interface ManyFormProps {
  /** The field's initial text. */
  readonly text: string;
  /** Newest first. */
  readonly snapshots: readonly Snapshot[];
  readonly keys: readonly KeyInfo[];
  readonly preferences: Preferences;
  readonly onStarted: (id: BatchId) => void;
}

/** What the user typed, and what would be collected of it. */
function useLines(text: string, chosen: Platform | null) {
  const [column, setColumn] = useState<Column | null>(null);
  // Reading a long text takes longer than a key press should.
  const settled = useDeferredValue(text);
  const platform = useMemo(() => chosen ?? platformIn(settled) ?? 'x', [chosen, settled]);
  const read = useMemo(() => readLines(settled, platform, column), [settled, platform, column]);
  return { platform, read, setColumn };
}

function useChecked(
  read: ReadLines,
  { platform, relation, listsBy, again, snapshots }: CheckOptions,
): CheckedLines {
  return useMemo(
    () => checkLines(read.lines, { platform, relation, listsBy, again, snapshots }),
    [read, platform, relation, listsBy, again, snapshots],
  );
}

/** Many handles and links, what is to be collected of each, and one limit for all. */
export function ManyForm({ text: initial, snapshots, keys, preferences, onStarted }: ManyFormProps) {
  const [text, setText] = useState(initial);
  const [chosen, setChosen] = useState<Platform | null>(null);
  const [relation, setRelation] = useState<Relation>('followers');
  const [provider, setProvider] = useState<ProviderId | null>(null);
  const [wanted, setWanted] = useState<Wanted>({ kind: 'newest', rows: 1_000 });
  const [again, setAgain] = useState(false);
  const { platform, read, setColumn } = useLines(text, chosen);
  const ready = readyProviders(
    platform,
    relation,
    keys,
    provider ?? preferences.preferredProvider[listKind(platform, relation)],
  );
  const [lead] = ready;
  const listsBy = lead?.adapter.listsBy ?? 'id';
  const checked = useChecked(read, { platform, relation, listsBy, again, snapshots });
  const advice = platformHint(platform);
  return (
    <form
      className="many-form"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <ProfilesField text={text} onText={setText} />
      <PlatformSwitch possible={PLATFORMS} platform={platform} onPlatform={setChosen} />
      {read.lines.length > 0 && (
        <LineResults
          read={read}
          checked={checked}
          platform={platform}
          again={again}
          onAgain={setAgain}
          onColumn={setColumn}
        />
      )}
      <RadioChoices
        name={i18n.t('many.relation')}
        values={RELATIONS}
        value={relation}
        textOf={relationTitle}
        onValue={setRelation}
      />
      {lead === undefined ? (
        <NoKey platform={platform} />
      ) : (
        <>
          <HowMany
            wanted={wanted}
            onWanted={setWanted}
            startable={[
              {
                relation,
                ready: [lead, ...ready.slice(1)],
                known: { platform, count: null, idKnown: false },
              },
            ]}
          />
          {advice !== null && <p className="meta">{advice}</p>}
          {ready.length > 1 && (
            <ProviderSelect
              adapters={ready.map(({ adapter }) => adapter)}
              value={lead.adapter.id}
              textOf={({ name }) => name}
              onProvider={setProvider}
            />
          )}
          <Price
            // With another unit, the limit means something else.
            key={`${lead.adapter.id} ${String(checked.handles.length === 0)}`}
            lead={lead}
            checked={checked}
            howMany={howManyOf(wanted)}
            batch={{ platform, relation, again }}
            creditPrice={preferences.creditPrice[lead.adapter.id] ?? null}
            onStarted={onStarted}
          />
        </>
      )}
    </form>
  );
}

function NoKey({ platform }: { readonly platform: Platform }) {
  return (
    <div className="stack">
      <p>{i18n.t('many.no_key', { platform: platformName(platform) })}</p>
      <Button
        onClick={() => {
          openSettings('keys').catch(console.error);
        }}
      >
        {i18n.t('many.add_key')}
      </Button>
    </div>
  );
}

interface PriceProps {
  readonly lead: Ready;
  readonly checked: CheckedLines;
  /** `null` is all, `undefined` not a number. */
  readonly howMany: number | null | undefined;
  readonly batch: { readonly platform: Platform; readonly relation: Relation; readonly again: boolean };
  readonly creditPrice: CreditPrice | null;
  readonly onStarted: (id: BatchId) => void;
}

/** One price with its range, one limit for all, and the button that starts them. */
function Price({ lead, checked, howMany, batch, creditPrice, onStarted }: PriceProps) {
  const { adapter, balance } = lead;
  const { unit } = adapter.price;
  const { handles, known } = checked;
  const [typed, setTyped] = useState<string | null>(null);
  const { run, busy, error } = useAction();
  const estimate = useMemo(
    () => (howMany === undefined ? null : estimateBatch(adapter, { ...batch, howMany, counts: known })),
    [adapter, batch, howMany, known],
  );
  // Until the user chooses a limit, it is the most that all of them can cost.
  const most = estimate?.to ?? null;
  const limitText = typed ?? (most === null || handles.length === 0 ? '' : writeAmount(most, unit));
  const limit = readAmount(limitText, unit) ?? null;
  const isReady = handles.length > 0 && estimate !== null && limit !== null;
  const id = useId();
  async function start(): Promise<void> {
    if (!isReady || howMany === undefined) return;
    const { platform, relation, again } = batch;
    const response = await send('batch.start', {
      platform,
      relation,
      provider: adapter.id,
      howMany,
      limit,
      handles: [...handles],
      again,
    });
    if (response.kind === 'started') onStarted(response.batchId);
    else if (response.kind === 'no-key') await openSettings(adapter.id);
    else throw new Error(i18n.t('many.unsupported', { provider: adapter.name }));
  }
  return (
    <section className="many-price" aria-labelledby={id}>
      <h2 id={id}>{i18n.t('many.price')}</h2>
      <div aria-live="polite">
        {estimate !== null && handles.length > 0 && (
          <>
            <p className="price-figure">{rangeText(estimate, unit)}</p>
            <p className="meta">{priceDetails(estimate, { handles: handles.length, lead, creditPrice })}</p>
          </>
        )}
        {handles.length === 0 && <p className="muted">{i18n.t('many.nothing')}</p>}
      </div>
      <LimitField
        label={i18n.t('many.limit')}
        text={limitText}
        unit={unit}
        onText={setTyped}
        hint={limitHint({ limit, estimate, balance, handles: handles.length }, unit)}
      />
      <ErrorText error={error} />
      <Button
        variant="primary"
        disabled={busy || !isReady}
        onClick={() => {
          run(start);
        }}
      >
        {handles.length === 0
          ? i18n.t('many.start_none')
          : i18n.t('many.start', handles.length, { n: count(handles.length) })}
      </Button>
    </section>
  );
}

function rangeText({ from, to }: BatchEstimate, unit: Ready['adapter']['price']['unit']): string {
  if (to === null) return i18n.t('many.at_least', { amount: amount(unit, from) });
  if (from === to) return i18n.t('amount.about', { amount: amount(unit, to) });
  return i18n.t('many.range', { from: amount(unit, from), to: amount(unit, to) });
}

interface Details {
  readonly handles: number;
  readonly lead: Ready;
  readonly creditPrice: CreditPrice | null;
}

/** How the range comes about, what it is in money, and the balance. */
function priceDetails({ known, to }: BatchEstimate, { handles, lead, creditPrice }: Details): string {
  const { unit } = lead.adapter.price;
  const unknown = handles - known;
  const parts = [
    ...(unknown === 0 ? [] : [i18n.t('many.unknown_counts', unknown, { n: count(unknown) })]),
    ...(to === null || creditPrice === null
      ? []
      : [i18n.t('many.at_most', { amount: priced(unit, to, creditPrice) })]),
    ...(lead.balance === null ? [] : [i18n.t('many.balance', { amount: amount(unit, lead.balance) })]),
  ];
  return parts.join(' · ');
}

interface Limited {
  readonly limit: number | null;
  readonly estimate: BatchEstimate | null;
  readonly balance: number | null;
  readonly handles: number;
}

/** What a limit means for these profiles. */
function limitHint(
  { limit, estimate, balance, handles }: Limited,
  unit: Ready['adapter']['price']['unit'],
): string {
  if (limit === null || estimate === null || handles === 0) return i18n.t('many.limit_hint');
  if (limit < estimate.from || (estimate.to !== null && limit < estimate.to)) return i18n.t('many.limit_low');
  if (balance !== null && balance < limit) {
    return i18n.t('many.limit_above_balance', { balance: amount(unit, balance) });
  }
  return i18n.t('many.limit_hint');
}
