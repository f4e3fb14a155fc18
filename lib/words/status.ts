/** The status line: what a run does now, or how it ended. */
import { i18n } from '#i18n';
import type { RunFacts } from './run-facts.ts';
import { target } from './run-facts.ts';
import { platformName } from './names.ts';
import { count, priced } from './numbers.ts';
import { outcomeMessage } from './outcomes.ts';
import { clock } from './times.ts';
import { savedRowsMessage, errorMessage } from './errors.ts';

/** `1,400 of 84,210`, or `1,400 accounts` if the total is unknown. */
export function rowsOfTotal(facts: RunFacts): string {
  const total = target(facts);
  return total === null
    ? i18n.t('amount.accounts', facts.rows, { n: count(facts.rows) })
    : i18n.t('amount.of', { rows: count(facts.rows), expected: count(total) });
}

/** `1,400 of 84,210 · 21 credits · about $0.04 · done about 14:57`, as far as it is known. */
function progressText(facts: RunFacts, now: number): string {
  const parts = [rowsOfTotal(facts)];
  if (facts.charged > 0 || facts.unit !== 'requests')
    parts.push(priced(facts.unit, facts.charged, facts.creditPrice ?? null));
  if (facts.state.kind === 'running' && facts.doneAt !== null) {
    parts.push(i18n.t('status.done_about', { time: clock(facts.doneAt, now) }));
  }
  return parts.join(' · ');
}

function waiting(
  facts: RunFacts,
  state: Extract<RunFacts['state'], { kind: 'waiting' }>,
  now: number,
): string {
  const why =
    state.trouble.kind === 'too-fast'
      ? i18n.t('status.slow_down', { provider: facts.providerName })
      : errorMessage(state.trouble, facts);
  if (state.trouble.kind === 'offline') return i18n.t('status.offline');
  const time = clock(state.until, now);
  const when =
    facts.doneAt === null
      ? i18n.t('status.resumes', { time })
      : i18n.t('status.resumes_done', { time, done: clock(facts.doneAt, now) });
  return `${why} ${when}`;
}

/**
 * The text of a run's status line.
 * @param now epoch milliseconds
 */
export function statusMessage(facts: RunFacts, now: number): string {
  const { state } = facts;
  switch (state.kind) {
    case 'queued':
      return i18n.t('status.queued');
    case 'confirming':
      return i18n.t('status.confirming');
    case 'resolving':
      return i18n.t('status.resolving', { handle: facts.handle, platform: platformName(facts.platform) });
    case 'running':
      return i18n.t('status.running', { progress: progressText(facts, now) });
    case 'paused':
      return i18n.t('status.paused', { progress: progressText(facts, now) });
    case 'waiting':
      return waiting(facts, state, now);
    case 'blocked':
      return `${errorMessage(state.trouble, facts)} ${savedRowsMessage(facts.rows)}`;
    case 'ended':
      return outcomeMessage(state.outcome, facts);
  }
}
