/** Asks a provider what its documentation leaves open, with a real key, and within a stated amount. */
import { pagePrice } from '../../lib/model/money.ts';
import { cursorSchema, type Cursor } from '../../lib/model/ids.ts';
import { PLATFORMS, type Platform } from '../../lib/model/platform.ts';
import { handleSchema } from '../../lib/model/profile.ts';
import { smallestPage, type Adapter } from '../../lib/providers/adapter.ts';
import { timeInPair, timeInPosition, timeInSeconds, timeInToken } from '../../lib/providers/follow-times.ts';
import { connect } from '../../lib/providers/http.ts';
import { Anonymizer, formOf } from './anonymize.ts';
import { ask, replayed, type Recorded, type Step, type Target } from './outcome.ts';

export interface ProbeOptions {
  readonly adapter: Adapter;
  readonly key: string;
  readonly baseUrl: string;
  readonly handle: string;
}

export interface Recording {
  readonly provider: string;
  readonly platform: Platform;
  readonly recordedOn: string;
  readonly steps: readonly Recorded[];
}

/** A handle that nobody has, with 15 characters, the most that X allows. */
const UNKNOWN = 'qz0x7k4v9w2j5p8';

function platformOf(adapter: Adapter): Platform {
  const platform = PLATFORMS.find((one) => adapter.supports(one, 'followers'));
  if (platform === undefined) throw new Error(`${adapter.name} has no followers on any platform.`);
  return platform;
}

/** The questions, in order. The second page is asked for only if there is one. */
export function stepsOf(adapter: Adapter): readonly Step[] {
  const step = (question: string, call: Step['call'], rest: Partial<Step> = {}): Step => ({
    question,
    call,
    relation: 'followers',
    profile: 'chosen',
    ...rest,
  });
  const lookUp = adapter.listsBy !== 'handle';
  return [
    step('Is the key valid?', 'check-key'),
    ...(lookUp ? [step('What does a profile look like?', 'resolve')] : []),
    step('What does the first page of followers look like?', 'page'),
    step('What does the next page look like?', 'page'),
    step('What does a page of following look like?', 'page', { relation: 'following' }),
    ...(lookUp ? [step('What is an unknown profile?', 'resolve', { profile: 'unknown' })] : []),
    ...(adapter.listsBy === 'id'
      ? []
      : [step('What is the list of an unknown profile?', 'page', { profile: 'unknown' })]),
    step('Is the key still valid, and did the balance change?', 'check-key'),
  ];
}

function priceOf(adapter: Adapter, { call }: Step): number {
  const { price } = adapter;
  if (call === 'check-key') return price.keyCheck ?? 0;
  return call === 'resolve'
    ? price.resolve
    : pagePrice(price, smallestPage(adapter.pages(platformOf(adapter))));
}

/** The most that a probe can cost, in the provider's unit. */
export function mostOf(adapter: Adapter): number {
  return stepsOf(adapter).reduce((sum, step) => sum + priceOf(adapter, step), 0);
}

/** What a cursor reveals, without the cursor itself: it may contain somebody's ID. */
function aboutCursor(cursor: Cursor): string {
  const readers = { 'P|S': timeInPair, position: timeInPosition, token: timeInToken, seconds: timeInSeconds };
  const times = Object.entries(readers).flatMap(([name, read]) => {
    const time = read(cursor);
    return time === null ? [] : [`as ${name} the time ${new Date(time).toISOString().slice(0, 10)}`];
  });
  return `${formOf(cursor)}; ${times.length === 0 ? 'no known form of a time' : times.join(', ')}`;
}

export interface Probed {
  readonly recording: Recording;
  /** Markdown, without the key and without people. */
  readonly report: string;
}

/** Sends the requests. A request whose price could exceed the stated amount is never sent. */
export async function probe({ adapter, key, baseUrl, handle }: ProbeOptions, most: number): Promise<Probed> {
  const platform = platformOf(adapter);
  const steps: Recorded[] = [];
  const lines = [`# ${adapter.name}, asked on ${new Date().toISOString().slice(0, 10)}`, ''];
  let id: string | null = null;
  let next: Cursor | null = null;
  let reserved = 0;
  let balance: number | null = null;
  for (const step of stepsOf(adapter)) {
    const isNext = step.question.includes('next page');
    if (isNext && next === null) continue;
    reserved += priceOf(adapter, step);
    if (reserved > most) break;
    const target: Target = {
      platform,
      handle: handleSchema.parse(step.profile === 'chosen' ? handle : UNKNOWN),
      id: step.profile === 'chosen' ? id : null,
      cursor: isNext ? next : null,
      limit: smallestPage(adapter.pages(platform)),
    };
    const connection = connect({ adapter, key, baseUrl, signal: AbortSignal.timeout(150_000) });
    const asked = await ask(adapter, step, target, connection);
    if (asked.id !== null) id = asked.id;
    if (step.call === 'page' && step.relation === 'followers' && step.profile === 'chosen') next = asked.next;
    const response = connection.lastResponse();
    const hidden = new Anonymizer([handle, id]);
    const body = response?.json === undefined ? '' : JSON.stringify(hidden.value(response.json));
    const status = response?.status ?? 0;
    const outcome =
      status === 0 ? asked.outcome : await replayed(adapter, { ...step, status, body }, anyTarget(adapter));
    if (status !== 0) steps.push({ ...step, status, body, outcome });
    lines.push(`## ${step.question}`, '', `Status ${String(status)}. ${JSON.stringify(asked.outcome)}`);
    if (JSON.stringify(outcome) !== JSON.stringify(asked.outcome)) {
      lines.push(`Without people, the response is read differently: ${JSON.stringify(outcome)}`);
    }
    if (asked.next !== null) lines.push(`Cursor: ${aboutCursor(asked.next)}.`);
    if (asked.balance != null) {
      if (balance !== null)
        lines.push(`The balance fell by ${String(balance - asked.balance)} (${adapter.price.unit}).`);
      balance = asked.balance;
    }
    lines.push('');
  }
  const recordedOn = new Date().toISOString().slice(0, 10);
  const recording: Recording = { provider: adapter.id, platform, recordedOn, steps };
  const report = lines.join('\n');
  for (const text of [report, JSON.stringify(recording)]) {
    if (text.includes(key)) throw new Error('The key is in the report, so nothing was written.');
  }
  return { recording, report };
}

/** Where recorded responses are replayed: any profile will do. */
export function anyTarget(adapter: Adapter): Target {
  return {
    platform: platformOf(adapter),
    handle: handleSchema.parse('someone'),
    id: '1',
    cursor: cursorSchema.parse('1'),
    limit: smallestPage(adapter.pages(platformOf(adapter))),
  };
}
