/** What the button says and offers in each state. */
import { i18n } from '#i18n';
import type { PageView, RunView } from '../../lib/messages/types.ts';
import type { RunFacts } from '../../lib/words/facts.ts';
import { progress, target } from '../../lib/words/facts.ts';
import { count, outcomeSentences, troubleSentences } from './sentences.ts';

/** Everything the button and its menu can be asked to do. */
export type Act = 'get-followers' | 'get-following' | 'open' | 'pause' | 'resume' | 'stop';

export type Tone = 'idle' | 'busy' | 'waiting' | 'error' | 'done';

export interface Offer {
  readonly act: Act;
  readonly label: string;
}

export interface Face {
  /** On the button; also how its accessible name begins. */
  readonly label: string;
  /** The rest of the accessible name, and of what the menu says; `null` where the label says it all. */
  readonly detail: string | null;
  readonly tone: Tone;
  /** The part done, 0 to 1; `null` when there is none to show. */
  readonly progress: number | null;
  /** What a click on the button does. */
  readonly main: Act;
  readonly menu: readonly Offer[];
}

function offersOf(run: RunView | null): readonly Offer[] {
  const offer = (act: Act, label: string): Offer => ({ act, label });
  const start = [
    offer('get-followers', i18n.t('page.get_followers')),
    offer('get-following', i18n.t('page.get_following')),
  ];
  if (run === null) return start;
  const { kind } = run.state;
  const open = offer('open', kind === 'confirming' ? i18n.t('page.decide') : i18n.t('page.open'));
  if (kind === 'ended') return [open, ...start];
  const offers = [open];
  if (kind === 'waiting') offers.push(offer('resume', i18n.t('page.try_now')));
  if (kind === 'blocked') offers.push(offer('resume', i18n.t('page.try_again')));
  if (kind === 'paused') offers.push(offer('resume', i18n.t('page.resume')));
  else if (kind !== 'blocked' && kind !== 'confirming') offers.push(offer('pause', i18n.t('page.pause')));
  return [...offers, offer('stop', i18n.t('page.stop'))];
}

type Words = Pick<Face, 'label' | 'detail'>;

/** The first sentence on the button, the others where there is room for them. */
function asWords(text: string): Words {
  const end = text.indexOf('. ');
  return end < 0
    ? { label: text.replace(/\.$/, ''), detail: null }
    : { label: text.slice(0, end), detail: text.slice(end + 2) };
}

function wordsOf(facts: RunFacts, now: number): Words {
  const { state, handle } = facts;
  const rows = count(facts.rows);
  switch (state.kind) {
    case 'queued':
      return asWords(i18n.t('page.queued'));
    case 'confirming':
      return asWords(i18n.t('page.confirming'));
    case 'resolving':
      return asWords(i18n.t('page.resolving', { handle }));
    case 'running': {
      const total = target(facts);
      return asWords(
        total === null
          ? i18n.t('page.collecting', { rows })
          : i18n.t('page.collecting_of', { rows, expected: count(total) }),
      );
    }
    case 'paused':
      return asWords(i18n.t('page.paused', { rows }));
    case 'waiting': {
      const why = troubleSentences(state.trouble, facts);
      // Being online again ends the wait, not the clock.
      if (state.trouble.kind === 'offline') return asWords(why);
      return { label: i18n.t('page.waiting', { time: clock(state.until, now) }), detail: why };
    }
    case 'blocked':
      return asWords(troubleSentences(state.trouble, facts));
    case 'ended':
      return asWords(outcomeSentences(state.outcome, facts));
  }
}

/** The time of day; with its day where that is not today. */
function clock(at: number, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  return new Date(at).toLocaleString(undefined, isToday ? time : { ...time, day: 'numeric', month: 'short' });
}

function toneOf({ state }: RunView): Tone {
  switch (state.kind) {
    case 'blocked':
      return 'error';
    case 'confirming':
    case 'waiting':
    case 'paused':
      return 'waiting';
    case 'ended':
      if (state.outcome.kind === 'failed') return 'error';
      return state.outcome.kind === 'complete' ? 'done' : 'idle';
    default:
      return 'busy';
  }
}

/**
 * How the button looks for `view`; `null` is a profile of which nothing is known yet.
 * @param now epoch milliseconds
 */
export function faceOf(view: PageView | null, now: number): Face {
  const run = view?.run ?? null;
  const menu = offersOf(run);
  if (view === null || run === null) {
    return {
      ...asWords(i18n.t('page.get_followers')),
      tone: 'idle',
      progress: null,
      main: 'get-followers',
      menu,
    };
  }
  const facts: RunFacts = { ...run, platform: view.platform, handle: view.handle };
  const { label, detail } = wordsOf(facts, now);
  return {
    label: run.relation === 'following' ? i18n.t('page.of_following', { sentence: label }) : label,
    detail,
    tone: toneOf(run),
    progress: run.state.kind === 'ended' ? null : progress(facts),
    main: 'open',
    menu,
  };
}

/** The face with something else to say: something went wrong, or a click was not taken. */
export function withNotice(face: Face, notice: string): Face {
  return { ...face, ...asWords(notice), tone: 'error', progress: null };
}
