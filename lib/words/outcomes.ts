/** How a list ended: whether it is complete, and if not, why. */
import type { Outcome } from '../model/snapshot.ts';
import { i18n } from '#i18n';
import type { RunFacts } from './run-facts.ts';
import { platformName } from './names.ts';
import { count } from './numbers.ts';
import { savedRowsMessage, errorMessage } from './errors.ts';
import { unexpectedMessage } from './unexpected.ts';

/** How many accounts no longer exist, and how many others have only an ID. */
function missingOf({ withoutDetails }: RunFacts): { readonly gone: number; readonly idsOnly: number } {
  const counts = withoutDetails ?? { idsOnly: 0, unavailable: 0 };
  return { gone: counts.unavailable, idsOnly: counts.idsOnly - counts.unavailable };
}

/** `312 no longer available, 40 without details`; `null` if all have details. */
export function missingText(facts: RunFacts): string | null {
  const { gone: removed, idsOnly } = missingOf(facts);
  const parts = [
    ...(removed === 0 ? [] : [i18n.t('sentence.no_longer_available', { n: count(removed) })]),
    ...(idsOnly === 0 ? [] : [i18n.t('sentence.without_details', { n: count(idsOnly) })]),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}

function complete(facts: RunFacts): string {
  const { rows, expected, handle } = facts;
  if (rows === 0 && (expected ?? 0) === 0) {
    return facts.relation === 'followers'
      ? i18n.t('sentence.empty', { handle })
      : i18n.t('sentence.empty_following', { handle });
  }
  const missing = missingText(facts);
  const whole =
    missing === null
      ? i18n.t('sentence.complete', rows, { n: count(rows) })
      : i18n.t('sentence.complete_but', rows, { n: count(rows), missing });
  if (expected === null || expected <= rows) return whole;
  const counted = i18n.t('sentence.counted', {
    platform: platformName(facts.platform),
    expected: count(expected),
  });
  return `${whole} ${counted}`;
}

type Capped = Extract<Outcome, { kind: 'capped' }>;

/** Lists without any account have their own messages, because "the newest 0" makes no sense. */
function none(outcome: Capped | { readonly kind: 'ended-early' | 'stopped' }, facts: RunFacts): string {
  const platform = platformName(facts.platform);
  switch (outcome.kind) {
    case 'ended-early':
      return facts.expected === null
        ? i18n.t('sentence.none_ended_early_unknown', { platform })
        : i18n.t('sentence.none_ended_early', { platform, expected: count(facts.expected) });
    case 'capped':
      return i18n.t(outcome.by === 'monthly' ? 'sentence.none_monthly' : 'sentence.none_capped');
    case 'stopped':
      return i18n.t('sentence.none_stopped');
  }
}

function capped(by: Capped['by'], facts: RunFacts): string {
  const rows = count(facts.rows);
  if (by === 'monthly') {
    return facts.expected === null
      ? i18n.t('sentence.monthly_unknown', { rows })
      : i18n.t('sentence.monthly', { rows, expected: count(facts.expected) });
  }
  return facts.expected === null
    ? i18n.t('sentence.capped_unknown', { rows })
    : i18n.t('sentence.capped', { rows, expected: count(facts.expected) });
}

/** The message about an outcome, with what was saved. */
export function outcomeMessage(outcome: Outcome, facts: RunFacts): string {
  const { sample = false, unexpected = 0 } = facts;
  const { gone: removed, idsOnly } = missingOf(facts);
  const isIncluded = outcome.kind === 'complete';
  if (sample) return i18n.t('sample.sentence', { n: count(facts.rows) });
  const message = endedMessage(outcome, facts);
  const more = [
    isIncluded || removed === 0 ? null : i18n.t('sentence.gone', removed, { n: count(removed) }),
    isIncluded || idsOnly === 0 ? null : i18n.t('sentence.ids_only', idsOnly, { n: count(idsOnly) }),
    unexpectedMessage(unexpected),
  ];
  return [message, ...more.filter((sentence) => sentence !== null)].join(' ');
}

function endedMessage(outcome: Outcome, facts: RunFacts): string {
  const rows = count(facts.rows);
  switch (outcome.kind) {
    case 'complete':
      return complete(facts);
    case 'ended-early':
      if (facts.rows === 0) return none(outcome, facts);
      return facts.expected === null
        ? i18n.t('sentence.ended_early_unknown', { platform: platformName(facts.platform), rows })
        : i18n.t('sentence.ended_early', {
            platform: platformName(facts.platform),
            rows,
            expected: count(facts.expected),
          });
    case 'updated': {
      const { newAccounts = 0 } = facts;
      return i18n.t('sentence.updated', newAccounts, { n: count(newAccounts), rows });
    }
    case 'capped':
      return facts.rows === 0 ? none(outcome, facts) : capped(outcome.by, facts);
    case 'stopped':
      if (facts.rows === 0) return none(outcome, facts);
      return facts.expected === null
        ? i18n.t('sentence.stopped_unknown', { rows })
        : i18n.t('sentence.stopped', { rows, expected: count(facts.expected) });
    case 'stalled':
      return `${i18n.t('sentence.stalled', { provider: facts.providerName })} ${savedRowsMessage(facts.rows)}`;
    case 'failed':
      return `${errorMessage(outcome.trouble, facts)} ${savedRowsMessage(facts.rows)}`;
  }
}
