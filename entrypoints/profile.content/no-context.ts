/**
 * Stands in for the framework's context of a content script (see `wxt.config.ts`). The framework's announces itself to
 * the page by events that carry the extension's id, and any page may end it by sending one; {@link ./script-lifetime.ts} does what
 * is needed without a word to the page.
 */
export const ContentScriptContext = Object;
