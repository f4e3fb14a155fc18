/** What `npm run new` can create. */
import { formatSkeleton } from './format.ts';
import { platformSkeleton } from './platform.ts';
import { providerSkeleton } from './provider.ts';

export interface Skeleton {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** The remaining steps, in order. */
  readonly remaining: readonly string[];
  readonly guide: string;
}

/** Skeletons by kind. Names are lowercase words joined by hyphens. */
export const SKELETONS: ReadonlyMap<string, (name: string) => Skeleton> = new Map([
  ['provider', providerSkeleton],
  ['platform', platformSkeleton],
  ['format', formatSkeleton],
]);
