/**
 * The sentences of troubles and outcomes, as everywhere else, for a place that can carry little: `lib/words` chooses
 * and fills them with a function each, this by their names in the message file. A test holds the two together.
 */
import { createI18n } from '@wxt-dev/i18n';
import type { Outcome, Trouble } from '../../lib/model.ts';
import type { RunFacts } from '../../lib/words/facts.ts';
import { platform } from '../../lib/platforms/index.ts';

const { t } = createI18n();
const whole = new Intl.NumberFormat();
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });

/** A count in full, grouped: `84,210`. */
export function count(n: number): string {
  return whole.format(n);
}

/** What sentences can speak of: numbers as they are read, and the names of things. */
function values(facts: RunFacts, trouble: Trouble | null): Record<string, string> {
  const expected = facts.expected ?? 0;
  return {
    ...Object.fromEntries(Object.entries(trouble ?? {}).map(([name, value]) => [name, inWords(value)])),
    provider: facts.providerName,
    platform: platform(facts.platform).name,
    handle: facts.handle,
    relation: t(`relation.${facts.relation}`),
    rows: count(facts.rows),
    expected: count(expected),
    compact: expected < 10_000 ? count(expected) : short.format(expected),
  };
}

function inWords(value: unknown): string {
  return typeof value === 'number' ? count(value) : String(value);
}

function kept({ rows }: RunFacts): string {
  return t('sentence.kept', rows, { n: count(rows) });
}

function nameOfTrouble(trouble: Trouble, facts: RunFacts): string {
  if (trouble.kind !== 'no-credit') return trouble.kind.replaceAll('-', '_');
  if (facts.unit === 'usd') return 'no_credit_usd';
  return trouble.required !== null && (trouble.available ?? 0) > 0 ? 'no_credit_short' : 'no_credit';
}

/** What happened, and what is kept. */
export function troubleSentences(trouble: Trouble, facts: RunFacts): string {
  const all = values(facts, trouble);
  const n = all['times'] ?? '';
  return `${t(`trouble.${nameOfTrouble(trouble, facts)}`, { ...all, n })} ${kept(facts)}`;
}

/** How a list ended, whether it is whole, and what is kept where the sentence does not say. */
export function outcomeSentences(outcome: Outcome, facts: RunFacts): string {
  const { rows, expected } = facts;
  const all = values(facts, null);
  switch (outcome.kind) {
    case 'failed':
      return troubleSentences(outcome.trouble, facts);
    case 'stalled':
      return `${t('sentence.stalled', all)} ${kept(facts)}`;
    case 'complete': {
      if (rows === 0 && !expected)
        return t(facts.relation === 'followers' ? 'sentence.empty' : 'sentence.empty_following', all);
      const complete = t('sentence.complete', rows, { n: count(rows) });
      return (expected ?? 0) > rows ? `${complete} ${t('sentence.counted', all)}` : complete;
    }
    default: {
      const name =
        outcome.kind === 'capped' && outcome.by === 'monthly' ? 'monthly' : outcome.kind.replace('-', '_');
      const sentence = `sentence.${name}${expected === null ? '_unknown' : ''}`;
      return t(sentence, outcome.kind === 'ended-early' ? { ...all, expected: all['compact'] ?? '' } : all);
    }
  }
}
