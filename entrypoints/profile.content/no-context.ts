/**
 * Replaces WXT's context of a content script (see `wxt.config.ts`). WXT's dispatches events on the page that contain the
 * extension's ID, and any page can end it by dispatching one. {@link ./script-lifetime.ts} works without events.
 */
export const ContentScriptContext = Object;
