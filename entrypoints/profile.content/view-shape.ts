/** Tells whether something that arrived is what it should be, without a schema library. */
import type { PageChanged, PageSwitched, PageView } from '../../lib/messages/types.ts';

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Whether `value` is a view of some profile. Only our own background can send one: what it is made of is not looked at. */
export function isPageView(value: unknown): value is PageView {
  return isObject(value) && typeof value['handle'] === 'string' && typeof value['button'] === 'boolean';
}

/** Whether a message to this tab says that a button's state changed. */
export function isPageChanged(message: unknown): message is PageChanged {
  return isObject(message) && message['name'] === 'page.changed' && isPageView(message['view']);
}

/** Whether a message to this tab says that the user wants a button, or none. */
export function isPageSwitched(message: unknown): message is PageSwitched {
  return isObject(message) && message['name'] === 'page.switched' && typeof message['button'] === 'boolean';
}
