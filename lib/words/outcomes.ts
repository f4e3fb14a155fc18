/** How a list ended, in a sentence that says whether it is whole, and if not, why. */
import type { Outcome } from '../model.ts';
import { i18n } from '#i18n';
import type { RunFacts } from './facts.ts';
import { platformName } from './names.ts';
import { compactCount, count } from './numbers.ts';
import { keptSentence, troubleSentence } from './troubles.ts';

function complete(facts: RunFacts): string {
  const { rows, expected, handle } = facts;
  if (rows === 0 && (expected ?? 0) === 0) {
    return facts.relation === 'followers'
      ? i18n.t('sentence.empty', { handle })
      : i18n.t('sentence.empty_following', { handle });
  }
  const whole = i18n.t('sentence.complete', rows, { n: count(rows) });
  if (expected === null || expected <= rows) return whole;
  const counted = i18n.t('sentence.counted', {
    platform: platformName(facts.platform),
    expected: count(expected),
  });
  return `${whole} ${counted}`;
}

function capped(by: Extract<Outcome, { kind: 'capped' }>['by'], facts: RunFacts): string {
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

/** The outcome in words, with what is kept. */
export function outcomeSentence(outcome: Outcome, facts: RunFacts): string {
  const { bare = 0, sample = false } = facts;
  if (sample) return i18n.t('sample.sentence', { n: count(facts.rows) });
  const said = endedSentence(outcome, facts);
  return bare === 0 ? said : `${said} ${i18n.t('sentence.ids_only', bare, { n: count(bare) })}`;
}

function endedSentence(outcome: Outcome, facts: RunFacts): string {
  const rows = count(facts.rows);
  switch (outcome.kind) {
    case 'complete':
      return complete(facts);
    case 'ended-early':
      return facts.expected === null
        ? i18n.t('sentence.ended_early_unknown', { platform: platformName(facts.platform), rows })
        : i18n.t('sentence.ended_early', {
            platform: platformName(facts.platform),
            rows,
            expected: compactCount(facts.expected),
          });
    case 'capped':
      return capped(outcome.by, facts);
    case 'stopped':
      return facts.expected === null
        ? i18n.t('sentence.stopped_unknown', { rows })
        : i18n.t('sentence.stopped', { rows, expected: count(facts.expected) });
    case 'stalled':
      return `${i18n.t('sentence.stalled', { provider: facts.providerName })} ${keptSentence(facts.rows)}`;
    case 'failed':
      return `${troubleSentence(outcome.trouble, facts)} ${keptSentence(facts.rows)}`;
  }
}
