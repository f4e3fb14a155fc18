import { useEffect, useId, useRef, useState } from 'react';
import { i18n } from '#i18n';
import type { Adapter } from '../../lib/providers/adapter.ts';
import { readBaseUrl } from '../../lib/providers/http.ts';
import { requestHostPermission } from '../../lib/permissions/hosts.ts';
import type { KeyInfo } from '../../lib/store/keys.ts';
import { amount } from '../../lib/words/numbers.ts';
import { saidSentence, troubleSentence } from '../../lib/words/errors.ts';
import { useHostPermission } from '../hooks/useHostPermission.ts';
import { ToneIcon } from '../shared/Icon.tsx';
import { baseUrlError } from './base-url.ts';
import { removeKey, saveKey, testAndSave, testKey, type KeyAttempt, type Tested } from './key-actions.ts';
import { Button } from '../shared/Button.tsx';

interface ProviderRegionProps {
  readonly adapter: Adapter;
  /** The saved key, without its secret. */
  readonly info: KeyInfo | null;
}

type Works = Extract<Tested, { kind: 'works' }>;

type Said =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'busy'; readonly text: string }
  | { readonly kind: 'good'; readonly text: string }
  /** The key works. What is left of its balance goes on changing, so the words are found when they are shown. */
  | { readonly kind: 'works'; readonly tested: Works }
  | { readonly kind: 'bad'; readonly text: string; readonly more: string | null }
  /** The key could not be judged: it is kept only if the user says so. */
  | { readonly kind: 'unsure'; readonly text: string; readonly attempt: KeyAttempt };

/** Failures that say nothing about the key itself. */
const SAY_NOTHING = new Set([
  'unreachable',
  'provider-broken',
  'too-fast',
  'unreadable',
  'too-large',
  'redirect-refused',
  'refused-request',
]);

/** What is worth knowing before a key is got. */
function noteText({ note }: Adapter): string | null {
  switch (note) {
    case 'x-policy':
      return i18n.t('options.x_policy');
    case 'old-contract':
      return i18n.t('options.v1_note');
    case null:
      return null;
  }
}

/** One provider: its key, where to get one, and where it is sent. */
export function ProviderRegion({ adapter, info }: ProviderRegionProps) {
  const id = useId();
  const region = useRef<HTMLElement>(null);
  const [typed, setTyped] = useState('');
  const [url, setUrl] = useState<string | null>(null);
  const [said, setSaid] = useState<Said>({ kind: 'nothing' });
  const baseUrl = url ?? info?.baseUrl ?? adapter.origin;
  const wrong = baseUrlError(baseUrl);
  const { unit } = adapter.price;
  const note = noteText(adapter);
  /** The user took back what the saved key needs. */
  const withdrawn = useHostPermission(info?.baseUrl ?? null) === false;

  useEffect(() => {
    if (location.hash === `#${adapter.id}`) region.current?.scrollIntoView({ block: 'start' });
  }, [adapter.id]);

  function attemptOf(): KeyAttempt | null {
    const clean = adapter.key.clean(typed);
    const base = readBaseUrl(baseUrl);
    if (base === null) return null;
    if (clean === '' && info === null) {
      setSaid({ kind: 'bad', text: i18n.t('options.empty'), more: null });
      return null;
    }
    // A saved key was given for one address: for another the user gives it again.
    if (clean === '' && info !== null && base !== info.baseUrl) {
      setSaid({ kind: 'bad', text: i18n.t('options.type_again'), more: null });
      return null;
    }
    return { adapter, typed: clean, baseUrl: base };
  }

  /** What a Save that saved nothing leaves behind: one sentence for one fact, whatever was the reason. */
  const unsaved = info === null ? i18n.t('options.not_kept') : i18n.t('options.saved_untouched');

  function tell(attempt: KeyAttempt, tested: Tested, saving: boolean): void {
    switch (tested.kind) {
      case 'works': {
        if (tested.saved) {
          setTyped('');
          setUrl(null);
        }
        setSaid({ kind: 'works', tested });
        return;
      }
      case 'denied':
        setSaid({
          kind: 'bad',
          text: i18n.t('options.denied', { origin: new URL(attempt.baseUrl).origin }),
          more: null,
        });
        return;
      case 'locked':
        setSaid({ kind: 'bad', text: i18n.t('lock.first'), more: null });
        return;
      case 'interrupted':
        setSaid({ kind: 'bad', text: i18n.t('everything.interrupted'), more: null });
        return;
      case 'limit': {
        const text = i18n.t('options.test_limit', { amount: amount(unit, adapter.price.keyCheck ?? 0) });
        setSaid(
          saving
            ? { kind: 'unsure', text: `${text} ${unsaved}`, attempt }
            : { kind: 'bad', text, more: null },
        );
        return;
      }
      case 'refused': {
        const { trouble } = tested.failure;
        const facts = {
          platform: 'x',
          handle: '',
          relation: 'followers',
          providerName: adapter.name,
          unit,
        } as const;
        const text = troubleSentence(trouble, facts);
        if (saving && SAY_NOTHING.has(trouble.kind)) {
          setSaid({ kind: 'unsure', text: `${text} ${unsaved}`, attempt });
          return;
        }
        const prefix = adapter.key.prefix;
        const hint =
          attempt.typed !== '' && prefix !== null && !attempt.typed.startsWith(prefix)
            ? i18n.t('options.prefix', { provider: adapter.name, prefix })
            : null;
        setSaid({
          kind: 'bad',
          text: saving ? `${text} ${unsaved}` : text,
          more: hint ?? saidSentence(trouble, adapter.name),
        });
      }
    }
  }

  function run(work: Promise<void>): void {
    work.catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      setSaid({ kind: 'bad', text: i18n.t('options.failed', { why }), more: null });
    });
  }

  function ask(saving: boolean): void {
    const attempt = attemptOf();
    if (attempt === null) return;
    // Asked for before anything is awaited: browsers forget the click.
    const allowed = requestHostPermission(attempt.baseUrl);
    setSaid({ kind: 'busy', text: i18n.t('options.testing', { provider: adapter.name }) });
    const tested = saving ? testAndSave(attempt, allowed) : testKey(attempt, allowed);
    run(
      tested.then((result) => {
        tell(attempt, result, saving);
      }),
    );
  }

  /** Asks the browser once more for what the user took back. */
  function allow(savedUrl: string): void {
    run(
      requestHostPermission(savedUrl).then((allowed) => {
        setSaid(
          allowed
            ? { kind: 'nothing' }
            : {
                kind: 'bad',
                text: i18n.t('options.denied', { origin: new URL(savedUrl).origin }),
                more: null,
              },
        );
      }),
    );
  }

  function saveAnyway(attempt: KeyAttempt): void {
    run(
      saveKey(attempt).then(() => {
        setTyped('');
        setUrl(null);
        setSaid({ kind: 'good', text: i18n.t('options.kept_untested') });
      }),
    );
  }

  function remove(): void {
    run(
      removeKey(adapter).then(() => {
        setTyped('');
        setUrl(null);
        setSaid({ kind: 'good', text: i18n.t('options.removed') });
      }),
    );
  }

  const busy = said.kind === 'busy';
  return (
    <section ref={region} className="panel provider" aria-labelledby={`${id}-name`} id={adapter.id}>
      <div className="line">
        <h3 id={`${id}-name`} className="grow provider-name">
          {adapter.name}
        </h3>
        <span className="meta">
          {info === null ? i18n.t('options.no_key_yet') : savedText(adapter, info)}
        </span>
      </div>
      {note !== null && <p className="meta">{note}</p>}
      <div className="field">
        <label htmlFor={`${id}-key`}>{i18n.t('options.key')}</label>
        <div className="with-link">
          <input
            id={`${id}-key`}
            type="password"
            className="input"
            value={typed}
            autoComplete="off"
            spellCheck={false}
            placeholder={info === null ? adapter.key.placeholder : savedEnds(info)}
            disabled={busy}
            onChange={({ target }) => {
              setTyped(target.value);
            }}
          />
          <a href={adapter.key.url} target="_blank" rel="noreferrer noopener">
            {i18n.t('options.get_key')}
          </a>
        </div>
      </div>
      <details>
        <summary>{i18n.t('options.advanced')}</summary>
        <div className="field advanced">
          <label htmlFor={`${id}-url`}>{i18n.t('options.base_url')}</label>
          <input
            id={`${id}-url`}
            type="url"
            className="input"
            value={baseUrl}
            spellCheck={false}
            aria-invalid={wrong !== null}
            aria-describedby={`${id}-url-hint`}
            disabled={busy}
            onChange={({ target }) => {
              setUrl(target.value);
            }}
          />
          <p id={`${id}-url-hint`} className={wrong === null ? 'meta' : 'tone-error'}>
            {wrong === null ? i18n.t('options.base_url_default', { origin: adapter.origin }) : urlText(wrong)}
          </p>
        </div>
      </details>
      <div className="buttons">
        <Button
          variant={info === null || typed !== '' ? 'primary' : 'default'}
          disabled={busy || wrong !== null}
          onClick={() => {
            ask(true);
          }}
        >
          {i18n.t('options.save')}
        </Button>
        <Button
          disabled={busy || wrong !== null}
          onClick={() => {
            ask(false);
          }}
        >
          {i18n.t('options.test')}
        </Button>
        <Button disabled={busy || info === null} onClick={remove}>
          {i18n.t('options.remove')}
        </Button>
      </div>
      {adapter.price.keyCheck !== undefined && (
        <p className="meta">
          {i18n.t('options.test_costs', { amount: amount(unit, adapter.price.keyCheck) })}
        </p>
      )}
      {info !== null && withdrawn && (
        <div className="said-line">
          <div role="status" className="said">
            <span className="tone-error">
              <ToneIcon tone="error" />
            </span>
            <p>
              {i18n.t('trouble.no_permission', { origin: new URL(info.baseUrl).origin })}{' '}
              {i18n.t('options.key_kept')}
            </p>
          </div>
          <Button
            onClick={() => {
              allow(info.baseUrl);
            }}
          >
            {i18n.t('remedy.allow')}
          </Button>
        </div>
      )}
      <SaidLine said={shownText(said, { adapter, info, withdrawn })} onSaveAnyway={saveAnyway} />
    </section>
  );
}

function savedEnds({ masked, locked }: KeyInfo): string {
  if (locked) return i18n.t('lock.saved');
  return i18n.t('options.saved_ends', { end: masked.slice(-4) });
}

function savedText(adapter: Adapter, info: KeyInfo): string {
  const balance =
    info.balance === null
      ? null
      : i18n.t('options.balance', { balance: amount(adapter.price.unit, info.balance) });
  return [savedEnds(info), ...(balance === null ? [] : [balance])].join(' · ');
}

interface Shown {
  readonly adapter: Adapter;
  readonly info: KeyInfo | null;
  readonly withdrawn: boolean;
}

/** What is said, in words. A key that the browser no longer lets us use is not praised. */
function shownText(said: Said, { adapter, info, withdrawn }: Shown): ShownMessage {
  if (said.kind !== 'works') return withdrawn && said.kind === 'good' ? { kind: 'nothing' } : said;
  if (withdrawn) return { kind: 'nothing' };
  const text = [worksText(adapter, info, said.tested), reckonedText(adapter, said.tested)];
  return { kind: 'good', text: text.filter((each) => each !== null).join(' ') };
}

/** Of the saved key, the balance is the one in the line above: what is spent after the test is taken off both. */
function worksText({ price }: Adapter, info: KeyInfo | null, { ofSaved, saved, balance }: Works): string {
  const left = ofSaved || saved ? (info?.balance ?? null) : balance;
  const text = saved
    ? i18n.t('options.works_saved')
    : ofSaved
      ? i18n.t('options.works')
      : i18n.t('options.works_unsaved');
  if (left === null) return text;
  return `${text} ${i18n.t('options.works_balance', { balance: amount(price.unit, left) })}`;
}

/** By how much the provider's balance was another than what our own requests left of the last one. */
function reckonedText({ price }: Adapter, { balance, reckoned }: Works): string | null {
  if (balance === null || reckoned === null) return null;
  const n = amount(price.unit, Math.abs(balance - reckoned));
  return balance < reckoned ? i18n.t('options.balance_less', { n }) : i18n.t('options.balance_more', { n });
}

function urlText(wrong: 'broken' | 'insecure' | 'extra'): string {
  switch (wrong) {
    case 'broken':
      return i18n.t('options.url_broken');
    case 'insecure':
      return i18n.t('options.url_insecure');
    case 'extra':
      return i18n.t('options.url_extra');
  }
}

type ShownMessage = Exclude<Said, { kind: 'works' }>;

function SaidLine(props: {
  readonly said: ShownMessage;
  readonly onSaveAnyway: (attempt: KeyAttempt) => void;
}) {
  const { said, onSaveAnyway } = props;
  const tone = said.kind === 'good' ? 'done' : said.kind === 'busy' ? 'busy' : 'error';
  return (
    <div className="said-line">
      <div role="status" className={said.kind === 'nothing' ? undefined : 'said'}>
        {said.kind !== 'nothing' && (
          <>
            <span className={`tone-${tone}`}>
              <ToneIcon tone={tone} />
            </span>
            <p>{said.text}</p>
          </>
        )}
      </div>
      {said.kind === 'bad' && said.more !== null && (
        <p className="meta">
          <bdi>{said.more}</bdi>
        </p>
      )}
      {said.kind === 'unsure' && (
        <Button
          onClick={() => {
            onSaveAnyway(said.attempt);
          }}
        >
          {i18n.t('options.save_anyway')}
        </Button>
      )}
    </div>
  );
}
