/** Tells whether something that arrived is what it should be, without a schema library. */
import type { PageChanged, PageView } from '../../lib/messages/types.ts';

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isKind(value: unknown): value is Fields {
  return isObject(value) && typeof value['kind'] === 'string';
}

function isCountOrNull(value: unknown): boolean {
  return value === null || Number.isFinite(value);
}

/** Whether a state carries what its kind promises; a kind that is not known carries nothing. */
function isState(state: unknown): boolean {
  if (!isKind(state)) return false;
  const { kind, until, trouble, outcome } = state;
  if (kind === 'waiting' && !Number.isFinite(until)) return false;
  if (kind === 'waiting' || kind === 'blocked') return isKind(trouble);
  return (
    kind !== 'ended' || (isKind(outcome) && (outcome['kind'] !== 'failed' || isKind(outcome['trouble'])))
  );
}

/** Whether `value` has what the button shows of a {@link PageView}; other fields are not looked at. */
export function isPageView(value: unknown): value is PageView {
  if (!isObject(value) || typeof value['handle'] !== 'string' || typeof value['button'] !== 'boolean')
    return false;
  const { run } = value;
  if (run === null) return true;
  if (!isObject(run) || !isState(run['state'])) return false;
  const { rows, expected, howMany } = run;
  return Number.isFinite(rows) && isCountOrNull(expected) && isCountOrNull(howMany);
}

/** Whether a message to this tab says that a button's state changed. */
export function isPageChanged(message: unknown): message is PageChanged {
  return isObject(message) && message['name'] === 'page.changed' && isPageView(message['view']);
}
