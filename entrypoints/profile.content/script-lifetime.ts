/** How long this script runs: until the extension is updated, removed, or disabled, or a newer script starts. */
import { pageDocument } from './page-document.ts';
import { browser } from '@wxt-dev/browser';
import { closedRootOf } from './shadow-roots.ts';

export interface ScriptLifetime {
  /** Aborts at the end. */
  readonly signal: AbortSignal;
  /** Checks whether the extension still exists: an orphaned script gets no event. */
  readonly isFinished: () => boolean;
}

/** Shared by all scripts of this extension on the page, but not with the page itself. */
const shared: typeof globalThis & { lifetime?: ScriptLifetime } = globalThis;

/** A class in the closed root that identifies Followledger's button, invisible to the page. */
export const MARK = 'theme';

/** Removes a button that an older script left behind, without events that the page could observe. */
export function removeOldButtons(): void {
  for (const element of pageDocument.querySelectorAll('div:not([class],[id])')) {
    if (closedRootOf(element)?.firstElementChild?.classList[0] === MARK) element.remove();
  }
}

/** @returns `null` if this script is not needed, because another one is still running */
export function startLifetime(): ScriptLifetime | null {
  if (shared.lifetime?.isFinished() === false) return null;
  const end = new AbortController();
  const { signal } = end;
  shared.lifetime = {
    signal,
    isFinished() {
      // The `runtime` of an orphaned script has no ID, or does not exist.
      if ((browser.runtime as typeof browser.runtime | undefined)?.id === undefined) end.abort();
      return signal.aborted;
    },
  };
  return shared.lifetime;
}
