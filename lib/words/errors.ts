/** Error messages, and what the user can do about each error. */
import { storageErrors, type RunError } from '../model/error.ts';
import type { State } from '../model/snapshot.ts';
import { i18n } from '#i18n';
import type { RunFacts } from './run-facts.ts';
import { platformName, relationName } from './names.ts';
import { count, pricedWithin } from './numbers.ts';
import { storageMessage } from './storage-error.ts';

/** What happened. {@link savedRowsMessage} states what is saved. */
export function errorMessage(
  runError: RunError,
  facts: Pick<RunFacts, 'platform' | 'handle' | 'relation' | 'providerName' | 'unit'> &
    Partial<Pick<RunFacts, 'maybeCharged' | 'creditPrice'>>,
): string {
  const provider = facts.providerName;
  const platform = platformName(facts.platform);
  const relation = relationName(facts.relation);
  const handle = facts.handle;
  switch (runError.kind) {
    case 'no-key':
      return i18n.t('error.no_key', { provider });
    case 'locked':
      return i18n.t('error.locked');
    case 'no-permission':
      return i18n.t('error.no_permission', { origin: runError.origin });
    case 'bad-key':
      return i18n.t('error.bad_key', { provider });
    case 'no-credit':
      return noCreditMessage(runError, facts);
    case 'not-allowed':
      return i18n.t('error.not_allowed', { provider, relation });
    case 'no-such-profile':
      return runError.suspended === true
        ? i18n.t('error.suspended_profile', { platform, handle })
        : i18n.t('error.no_such_profile', { platform, handle });
    case 'private-profile':
      return i18n.t('error.private_profile', { platform, handle, relation });
    case 'hidden-list':
      return i18n.t('error.hidden_list', { handle, relation });
    case 'too-fast':
      return i18n.t('error.too_fast', { provider });
    case 'provider-broken':
      return i18n.t('error.provider_broken', { provider, status: runError.status });
    case 'refused-request':
      return i18n.t('error.refused_request', { provider, status: runError.status });
    case 'redirect-refused':
      return i18n.t('error.redirect_refused', { provider });
    case 'unreadable':
      return i18n.t('error.unreadable', { provider });
    case 'too-large':
      return i18n.t('error.too_large', { provider, n: count(runError.megabytes) });
    case 'unreachable':
      return i18n.t('error.unreachable', { provider });
    case 'offline':
      return i18n.t('error.offline');
    case 'lost-answers':
      return lostResponseMessage(runError, facts);
    case 'unknown-provider':
      return i18n.t('error.unknown_provider', { provider });
    case 'other-profile':
      return i18n.t('error.other_profile', { handle });
    case 'storage':
      return storageErrorMessage(runError);
  }
}

function noCreditMessage(
  { required, available }: Extract<RunError, { kind: 'no-credit' }>,
  { unit, providerName: provider }: Pick<RunFacts, 'unit' | 'providerName'>,
): string {
  if (unit === 'usd') return i18n.t('error.no_credit_usd', { provider });
  if (required === null || available === null || available <= 0) {
    return i18n.t('error.no_credit', { provider });
  }
  const values = { provider, required: count(required), available: count(available) };
  return i18n.t('error.no_credit_short', values);
}

function storageErrorMessage({ name }: Extract<RunError, { kind: 'storage' }>): string {
  const known = storageErrors.find((runError) => runError === name);
  return known === undefined ? i18n.t('error.storage', { name }) : storageMessage(known);
}

/** How often responses were lost, what that may have cost, and what a retry may cost. */
function lostResponseMessage(
  { times, price = 0 }: Extract<RunError, { kind: 'lost-answers' }>,
  { unit, maybeCharged = 0, creditPrice = null }: Pick<RunFacts, 'unit'> & Partial<RunFacts>,
): string {
  const n = count(times);
  if (price === 0) return i18n.t('error.lost_answers', { n });
  return i18n.t('error.lost_answers_cost', {
    n,
    price: pricedWithin(unit, price, creditPrice),
    maybe: pricedWithin(unit, maybeCharged, creditPrice),
  });
}

/** What a retry can cost, in the run's unit, if earlier attempts may have been charged; else `null`. */
export function retryPrice(state: State): number | null {
  if (state.kind !== 'blocked') return null;
  const { trouble: runError } = state;
  return state.price ?? (runError.kind === 'lost-answers' ? (runError.price ?? null) : null);
}

/** What a retry costs, if the error message does not contain it. */
export function retryMessage(
  state: State,
  { unit, creditPrice = null }: Pick<RunFacts, 'unit'> & Partial<RunFacts>,
): string | null {
  const price = retryPrice(state);
  if (price === null || price === 0 || state.kind !== 'blocked' || state.trouble.kind === 'lost-answers')
    return null;
  return i18n.t('error.retry_costs', { price: pricedWithin(unit, price, creditPrice) });
}

/** What is saved: `31,500 accounts are saved.` */
export function savedRowsMessage(rows: number): string {
  return i18n.t('sentence.kept', rows, { n: count(rows) });
}

/** The provider's own message, if it sent one. */
export function providerMessage(runError: RunError, providerName: string): string | null {
  if (!('said' in runError) || runError.said === null || runError.said === '') return null;
  return i18n.t('error.message', { provider: providerName, message: runError.said });
}

/** What the user can do about an error. */
export type Remedy = 'add-key' | 'replace-key' | 'unlock' | 'allow' | 'top-up' | 'read-again' | 'try-again';

export function remedyFor(runError: RunError): Remedy {
  switch (runError.kind) {
    case 'no-key':
      return 'add-key';
    case 'bad-key':
    case 'not-allowed':
      return 'replace-key';
    case 'locked':
      return 'unlock';
    case 'no-permission':
      return 'allow';
    case 'no-credit':
      return 'top-up';
    case 'unreadable':
      return 'read-again';
    // Only for a run that has rows. Without rows, the first three end it.
    case 'no-such-profile':
    case 'private-profile':
    case 'hidden-list':
    case 'too-fast':
    case 'provider-broken':
    case 'refused-request':
    case 'redirect-refused':
    case 'too-large':
    case 'unreachable':
    case 'offline':
    case 'lost-answers':
    case 'unknown-provider':
    case 'other-profile':
    case 'storage':
      return 'try-again';
  }
}
