/** A stay on one profile's page. */
import { pageDocument } from './page-document.ts';
import { handleKey } from '../../lib/model/handles.ts';
import type { PageView } from '../../lib/messages/types.ts';
import { platform, readSchema, readUrl } from '../../lib/platforms/index.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';

export interface Visit {
  readonly profile: PageProfile;
  view: PageView | null;
  /** What the button shows instead of its state. */
  notice: string | null;
  /** Whether the button may float, because no anchor was found in time. */
  mayFloat: boolean;
  /** The page's data when it was last sent to the background, as JSON. */
  sentData: string;
}

export function startVisit(profile: PageProfile): Visit {
  return { profile, view: null, notice: null, mayFloat: false, sentData: '[]' };
}

/** The profile in the page's address. */
export function currentProfile(): PageProfile | null {
  return readUrl(new URL(location.href));
}

export function isSameProfile(
  a: { platform: string; handle: string },
  b: { platform: string; handle: string },
): boolean {
  return a.platform === b.platform && handleKey(a.handle) === handleKey(b.handle);
}

/** The page's own data about the profile, unless other parts of the page contradict it. */
export function pageData({ profile }: Visit): readonly string[] {
  return readSchema(pageDocument, profile);
}

/** Whether the page appears to be the profile's, as far as that can be checked without an anchor. */
export function isProved({ platform: site, handle }: PageProfile): boolean {
  const proof = platform(site).proof(handle);
  return proof === null || pageDocument.querySelector(proof) !== null;
}
