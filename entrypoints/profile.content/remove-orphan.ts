/**
 * Has the button go by itself when its script is no more. Firefox ends the scripts of an extension that was removed or
 * switched off in the middle, and leaves in the page what they drew; nothing of ours runs that could take it away.
 */

/** Milliseconds without a sign of life; several of its intervals, since timers of hidden tabs come late. */
const AFTER = 6000;

/** @returns what to call as a sign of life: from the last one on the element is shown for a while, and then no more */
export function hideWhenOrphaned(element: HTMLElement): () => void {
  // As long as it is delayed an animation changes nothing, and takes no frames.
  const gone = { display: 'none', visibility: 'hidden' };
  const end = element.animate([gone, gone], { delay: AFTER, duration: 1, fill: 'forwards' });
  return () => {
    end.currentTime = 0;
  };
}
