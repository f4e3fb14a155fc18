/**
 * Hides the button when its script no longer runs. Firefox stops the scripts of an extension that was removed or
 * disabled, but leaves their elements on the page.
 */

/** Milliseconds without a call; several times the caller's interval, because timers of hidden tabs are late. */
const TIMEOUT = 6000;

/** @returns a function to be called repeatedly; the element is hidden some time after the last call */
export function hideWhenOrphaned(element: HTMLElement): () => void {
  // A delayed animation has no effect and renders no frames.
  const hidden = { display: 'none', visibility: 'hidden' };
  const end = element.animate([hidden, hidden], { delay: TIMEOUT, duration: 1, fill: 'forwards' });
  return () => {
    end.currentTime = 0;
  };
}
