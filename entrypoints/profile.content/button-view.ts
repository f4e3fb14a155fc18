/** What the button says and offers in each state. */
import type { PageView, RunView } from '../../lib/messages/types.ts';
import type { RunFacts } from '../../lib/words/run-facts.ts';
import { progress, target } from '../../lib/words/run-facts.ts';
import { count, translate } from './translate.ts';
import { outcomeMessage, errorMessage } from './status-messages.ts';

/** Everything the button and its menu can be asked to do; the first two start a run. */
export type Action = 'followers' | 'following' | 'open' | 'pause' | 'resume' | 'stop';

export type Tone = 'idle' | 'busy' | 'waiting' | 'error' | 'done';

export interface MenuItem {
  readonly act: Action;
  readonly label: string;
}

export interface ButtonView {
  /** On the button; also how its accessible name begins. */
  readonly label: string;
  /** The rest of the accessible name, and of what the menu says; `null` where the label says it all. */
  readonly detail: string | null;
  readonly tone: Tone;
  /** The part done, 0 to 1; 0 where there is none to show. */
  readonly progress: number;
  /** What a click on the button does. */
  readonly main: Action;
  readonly menu: readonly MenuItem[];
}

const START = ['followers', 'following'] as const;
const BUSY = ['busy', 'open', 'pause', 'stop'] as const;

/** How a state looks, and what the menu offers in it. */
const STATES: Readonly<Record<RunView['state']['kind'], readonly [Tone, ...Action[]]>> = {
  queued: BUSY,
  resolving: BUSY,
  running: BUSY,
  confirming: ['waiting', 'open', 'stop'],
  waiting: ['waiting', 'open', 'resume', 'pause', 'stop'],
  paused: ['waiting', 'open', 'resume', 'stop'],
  blocked: ['error', 'open', 'resume', 'stop'],
  ended: ['idle', 'open', ...START],
};

type Words = Pick<ButtonView, 'label' | 'detail'>;

/** The first sentence on the button, the others where there is room for them. */
function asWords(text: string): Words {
  const [, label = text, detail] = /^(.*?)\.(?: (.*))?$/s.exec(text) ?? [];
  return { label, detail: detail ?? null };
}

function wordsOf(facts: RunFacts, now: number): Words {
  const { state, handle } = facts;
  if (state.kind === 'ended') return asWords(outcomeMessage(state.outcome, facts));
  if (state.kind === 'waiting' || state.kind === 'blocked') {
    const why = errorMessage(state.trouble, facts);
    if (state.kind === 'blocked') return asWords(why);
    // Being online again ends a wait for the connection, not the clock.
    if (state.trouble.kind === 'offline') return asWords(translate('status.offline'));
    return { label: translate('page.waiting', { time: clock(state.until, now) }), detail: why };
  }
  const total = target(facts);
  const values = { handle, rows: count(facts.rows), expected: count(total ?? 0) };
  return asWords(
    translate(
      total === null && state.kind === 'running' ? 'page.running_unknown' : `page.${state.kind}`,
      values,
    ),
  );
}

/** The time of day; with its day where that is not today. */
function clock(at: number, now: number): string {
  const date = new Date(at);
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  const isToday = date.toDateString() === new Date(now).toDateString();
  return date.toLocaleString(undefined, isToday ? time : { ...time, day: 'numeric', month: 'short' });
}

/**
 * How the button looks for `view`; `null` is a profile of which nothing is known yet.
 * @param now epoch milliseconds
 */
export function buttonView(view: PageView | null, now: number): ButtonView {
  const run = view?.run ?? null;
  const [tone, ...acts]: readonly [Tone, ...Action[]] =
    run === null ? ['idle', ...START] : STATES[run.state.kind];
  const menu = acts.map((act) => ({
    act,
    label: translate(act === 'resume' && run?.state.kind === 'waiting' ? 'page.try_now' : `page.${act}`),
  }));
  if (view === null || run === null) {
    return { label: translate('page.followers'), detail: null, tone, progress: 0, main: 'followers', menu };
  }
  const facts: RunFacts = { ...run, platform: view.platform, handle: view.handle };
  const { label, detail } = wordsOf(facts, now);
  const { state } = run;
  const outcome = state.kind === 'ended' ? state.outcome.kind : null;
  return {
    label: run.relation === 'following' ? translate('page.of_following', { sentence: label }) : label,
    detail,
    tone: outcome === 'complete' ? 'done' : outcome === 'failed' ? 'error' : tone,
    progress: outcome === null ? (progress(facts) ?? 0) : 0,
    main: 'open',
    menu,
  };
}

/** The face with something else to say: something went wrong, or a click was not taken. */
export function withNotice(face: ButtonView, notice: string): ButtonView {
  return { ...face, ...asWords(notice), tone: 'error', progress: 0 };
}
