/** Validates messages without a schema library. */
import type { PageChanged, PageSwitched, PageView } from '../../lib/messages/types.ts';

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Whether `value` is a view of a profile. Only the extension's own background can send one, so not every field is checked. */
export function isPageView(value: unknown): value is PageView {
  return isObject(value) && typeof value['handle'] === 'string' && typeof value['button'] === 'boolean';
}

/** Whether a message to this tab reports that a button's state changed. */
export function isPageChanged(message: unknown): message is PageChanged {
  return isObject(message) && message['name'] === 'page.changed' && isPageView(message['view']);
}

/** Whether a message to this tab reports that the user turned the button on or off. */
export function isPageSwitched(message: unknown): message is PageSwitched {
  return isObject(message) && message['name'] === 'page.switched' && typeof message['button'] === 'boolean';
}
