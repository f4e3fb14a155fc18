/** The messages shown after a key is tested, saved, or removed. */
import { i18n } from '#i18n';
import type { Adapter } from '../../lib/providers/adapter.ts';
import type { KeyInfo } from '../../lib/store/keys.ts';
import { amount } from '../../lib/words/numbers.ts';
import { providerMessage, errorMessage } from '../../lib/words/errors.ts';
import type { KeyAttempt, Tested } from './key-actions.ts';

type Works = Extract<Tested, { kind: 'works' }>;
type Refused = Extract<Tested, { kind: 'refused' }>;

/** A message with a fixed text. */
export type ShownMessage =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'busy'; readonly text: string }
  | { readonly kind: 'good'; readonly text: string }
  | { readonly kind: 'bad'; readonly text: string; readonly more: string | null }
  /** The key could not be tested: it is saved only if the user confirms. */
  | { readonly kind: 'unsure'; readonly text: string; readonly attempt: KeyAttempt };

export type KeyMessage =
  | ShownMessage
  /** The key works. Its remaining balance keeps changing, so the text is built when it is shown. */
  | { readonly kind: 'works'; readonly tested: Works };

/** Failures that don't show whether the key is valid. */
const UNRELATED_TO_KEY = new Set([
  'unreachable',
  'provider-broken',
  'too-fast',
  'unreadable',
  'too-large',
  'redirect-refused',
  'refused-request',
]);

export function badMessage(text: string, more: string | null = null): ShownMessage {
  return { kind: 'bad', text, more };
}

/** The user or the browser denied permission for requests to the provider. */
export function deniedMessage(baseUrl: string): ShownMessage {
  return badMessage(i18n.t('options.denied', { origin: new URL(baseUrl).origin }));
}

/** A test, and whether the key was to be saved afterward. */
interface Test {
  readonly attempt: KeyAttempt;
  readonly saving: boolean;
  /** The previously saved key, without its secret. */
  readonly info: KeyInfo | null;
}

/** The message for a Save that saved nothing: either no key is saved, or the saved one is unchanged. */
function unsavedText(info: KeyInfo | null): string {
  return info === null ? i18n.t('options.not_kept') : i18n.t('options.saved_untouched');
}

/** The message after a test. */
export function messageAfter(test: Test, tested: Tested): KeyMessage {
  const { attempt, saving, info } = test;
  switch (tested.kind) {
    case 'works':
      return { kind: 'works', tested };
    case 'denied':
      return deniedMessage(attempt.baseUrl);
    case 'locked':
      return badMessage(i18n.t('lock.first'));
    case 'interrupted':
      return badMessage(i18n.t('everything.interrupted'));
    case 'limit': {
      const { unit, keyCheck } = attempt.adapter.price;
      const text = i18n.t('options.test_limit', { amount: amount(unit, keyCheck ?? 0) });
      return saving ? { kind: 'unsure', text: `${text} ${unsavedText(info)}`, attempt } : badMessage(text);
    }
    case 'refused':
      return refusedMessage(test, tested);
  }
}

function refusedMessage({ attempt, saving, info }: Test, { failure }: Refused): KeyMessage {
  const { adapter, typed } = attempt;
  const { trouble: error } = failure;
  const sentence = errorMessage(error, {
    platform: 'x',
    handle: '',
    relation: 'followers',
    providerName: adapter.name,
    unit: adapter.price.unit,
  });
  const text = saving ? `${sentence} ${unsavedText(info)}` : sentence;
  if (saving && UNRELATED_TO_KEY.has(error.kind)) return { kind: 'unsure', text, attempt };
  const { prefix } = adapter.key;
  const hint =
    typed !== '' && prefix !== null && !typed.startsWith(prefix)
      ? i18n.t('options.prefix', { provider: adapter.name, prefix })
      : null;
  return badMessage(text, hint ?? providerMessage(error, adapter.name));
}

interface MessageContext {
  readonly adapter: Adapter;
  readonly info: KeyInfo | null;
  /** Whether the user revoked the permission that the saved key needs. */
  readonly revoked: boolean;
}

/** The message with its text. A key without host permission is not reported as working. */
export function shownMessage(message: KeyMessage, { adapter, info, revoked }: MessageContext): ShownMessage {
  if (message.kind !== 'works') return revoked && message.kind === 'good' ? { kind: 'nothing' } : message;
  if (revoked) return { kind: 'nothing' };
  const parts = [worksText(adapter, info, message.tested), differenceText(adapter, message.tested)];
  return { kind: 'good', text: parts.filter((part) => part !== null).join(' ') };
}

/** For the saved key, this is the balance from the line above, so that later spending is deducted from both. */
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

/** The difference between the provider's balance and our own: the previous balance minus the recorded requests. */
function differenceText({ price }: Adapter, { balance, reckoned }: Works): string | null {
  if (balance === null || reckoned === null) return null;
  const n = amount(price.unit, Math.abs(balance - reckoned));
  return balance < reckoned ? i18n.t('options.balance_less', { n }) : i18n.t('options.balance_more', { n });
}
