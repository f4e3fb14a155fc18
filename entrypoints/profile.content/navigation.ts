/** Follows in-page navigation. */
import { readUrl } from '../../lib/platforms/index.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';
import { currentProfile } from './visit.ts';

/** How often to read the address in browsers without the Navigation API, milliseconds. */
const POLL_INTERVAL = 500;
/** When to read the address again after a navigation started, milliseconds. */
const RECHECK_AFTER = 1000;

/** Calls `go` with the profile that the page shows, now and whenever it may have changed. */
export function followNavigation(signal: AbortSignal, go: (profile: PageProfile | null) => void): void {
  const goToCurrent = (): void => go(currentProfile());
  const { navigation } = globalThis as { readonly navigation?: EventTarget };
  if (navigation === undefined) {
    const timer = setInterval(goToCurrent, POLL_INTERVAL);
    signal.addEventListener('abort', () => {
      clearInterval(timer);
    });
  }
  navigation?.addEventListener(
    'navigate',
    (event: Event & { readonly destination?: { readonly url: string } }) => {
      // A page can dispatch a `navigate` event of its own.
      if (!event.isTrusted || event.destination === undefined) return;
      go(readUrl(new URL(event.destination.url)));
      // A navigation can be canceled or turn out to be a download.
      setTimeout(goToCurrent, RECHECK_AFTER);
    },
    { signal },
  );
  goToCurrent();
}
