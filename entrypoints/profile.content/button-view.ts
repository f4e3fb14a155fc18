/** What the button and its menu show in each state. */
import type { PageView, RunView } from '../../lib/messages/types.ts';
import type { RunFacts } from '../../lib/words/run-facts.ts';
import { progress, target } from '../../lib/words/run-facts.ts';
import { count, translate } from './translate.ts';
import { outcomeMessage, errorMessage } from './status-messages.ts';

/** Everything that the button and its menu can do; the first two start a run. */
export type Action = 'followers' | 'following' | 'open' | 'pause' | 'resume' | 'stop';

export type Tone = 'idle' | 'busy' | 'waiting' | 'error' | 'done';

export interface MenuItem {
  readonly action: Action;
  readonly label: string;
}

export interface ButtonView {
  /** What the user should know before a click that costs something; the accessible description. */
  readonly description: string;
  /** Shown on the button; also the beginning of its accessible name. */
  readonly label: string;
  /** The rest of the accessible name and of the menu's text; `null` if the label is complete. */
  readonly detail: string | null;
  readonly tone: Tone;
  /** From 0 to 1; 0 if there is no progress to show. */
  readonly progress: number;
  /** What a click on the button does. */
  readonly main: Action;
  readonly menu: readonly MenuItem[];
}

const START = ['followers', 'following'] as const;
const BUSY = ['busy', 'open', 'pause', 'stop'] as const;

/** The tone and the menu items of each state. */
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

type Text = Pick<ButtonView, 'label' | 'detail'>;

/** The first sentence is the label, the rest is the detail. */
function split(text: string): Text {
  const [, label = text, detail] = /^(.*?)\.(?: (.*))?$/s.exec(text) ?? [];
  return { label, detail: detail ?? null };
}

function textOf(facts: RunFacts, now: number): Text {
  const { state, handle } = facts;
  if (state.kind === 'ended') return split(outcomeMessage(state.outcome, facts));
  if (state.kind === 'waiting' || state.kind === 'blocked') {
    const why = errorMessage(state.trouble, facts);
    if (state.kind === 'blocked') return split(why);
    // This wait ends when the browser is online again, not at a time.
    if (state.trouble.kind === 'offline') return split(translate('status.offline'));
    return { label: translate('page.waiting', { time: clock(state.until, now) }), detail: why };
  }
  const total = target(facts);
  const values = { handle, rows: count(facts.rows), expected: count(total ?? 0) };
  return split(
    translate(
      total === null && state.kind === 'running' ? 'page.running_unknown' : `page.${state.kind}`,
      values,
    ),
  );
}

/** The time of day, with the date if it is not today. */
function clock(at: number, now: number): string {
  const date = new Date(at);
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  const isToday = date.toDateString() === new Date(now).toDateString();
  return date.toLocaleString(undefined, isToday ? time : { ...time, day: 'numeric', month: 'short' });
}

/**
 * How the button looks for `view`; `null` means that nothing is known about the profile yet.
 * @param now epoch milliseconds
 */
export function buttonView(view: PageView | null, now: number): ButtonView {
  const run = view?.run ?? null;
  const [tone, ...actions]: readonly [Tone, ...Action[]] =
    run === null ? ['idle', ...START] : STATES[run.state.kind];
  const offers = view?.offers;
  const labelOf = (action: Action): string =>
    (action === 'followers' || action === 'following' ? offers?.[action]?.label : null) ??
    translate(action === 'resume' && run?.state.kind === 'waiting' ? 'page.try_now' : `page.${action}`);
  const menu = actions.map((action) => ({ action, label: labelOf(action) }));
  if (view === null || run === null) {
    return {
      label: labelOf('followers'),
      detail: null,
      description: offers?.followers?.detail ?? '',
      tone,
      progress: 0,
      main: 'followers',
      menu,
    };
  }
  const facts: RunFacts = { ...run, platform: view.platform, handle: view.handle };
  const { label, detail } = textOf(facts, now);
  const { state } = run;
  const outcome = state.kind === 'ended' ? state.outcome.kind : null;
  return {
    label: run.relation === 'following' ? translate('page.of_following', { sentence: label }) : label,
    detail,
    description: '',
    tone: outcome === 'complete' || outcome === 'updated' ? 'done' : outcome === 'failed' ? 'error' : tone,
    progress: outcome === null ? (progress(facts) ?? 0) : 0,
    main: 'open',
    menu,
  };
}

/** The view with a notice instead: about an error, or a click that was refused. */
export function withNotice(view: ButtonView, notice: string): ButtonView {
  return { ...view, ...split(notice), tone: 'error', progress: 0 };
}
