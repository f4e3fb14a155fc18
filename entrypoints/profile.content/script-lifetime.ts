/** How long this script lives: until the extension is updated, removed or switched off, or a newer script begins. */
import { doc } from './page-document.ts';
import { browser } from '@wxt-dev/browser';
import { closedRootOf } from './shadow-roots.ts';

export interface ScriptLifetime {
  /** Aborts at the end. */
  readonly signal: AbortSignal;
  /** Looks whether the extension is still there: nothing tells an orphan. */
  readonly isOver: () => boolean;
}

/** What a script that runs in the same world as one before it finds. Pages do not share that world. */
const world: typeof globalThis & { life?: ScriptLifetime } = globalThis;

/** The mark in a closed root that tells a button of ours from other elements, to us alone. */
export const MARK = 'theme';

/** Takes away a button that an older script left behind; the page is told nothing, as events on its document would. */
export function removeOldButtons(): void {
  for (const element of doc.querySelectorAll('div:not([class],[id])')) {
    if (closedRootOf(element)?.firstElementChild?.classList[0] === MARK) element.remove();
  }
}

/**
 * Begins a life, unless one goes on in this very world.
 * @returns `null` when this script is not needed
 */
export function startLifetime(): ScriptLifetime | null {
  if (world.life?.isOver() === false) return null;
  const end = new AbortController();
  const { signal } = end;
  world.life = {
    signal,
    isOver() {
      // An orphan's `runtime` has no id, or is gone altogether.
      if ((browser.runtime as typeof browser.runtime | undefined)?.id === undefined) end.abort();
      return signal.aborted;
    },
  };
  return world.life;
}
