/** What `npm run new` can create. */
import { formatSkeleton } from './format.ts';
import { platformSkeleton } from './platform.ts';
import { providerSkeleton } from './provider.ts';

export interface Skeleton {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** What is left to write, in order. */
  readonly remaining: readonly string[];
  readonly guide: string;
}

/** By what is created. A name is lowercase words joined by hyphens. */
export const SKELETONS: ReadonlyMap<string, (name: string) => Skeleton> = new Map([
  ['provider', providerSkeleton],
  ['platform', platformSkeleton],
  ['format', formatSkeleton],
]);
