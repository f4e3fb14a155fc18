/**
 * The extension's storage as the browser reports it: its data and, separately, the browser's cached copy of its code.
 */
import { z } from '../../lib/zod.ts';

const estimateSchema = z.object({
  usage: z.optional(z.number()),
  /** Only Chromium provides this breakdown. */
  usageDetails: z.optional(z.object({ serviceWorkerRegistrations: z.optional(z.number()) })),
});

export interface StorageFigures {
  /** Bytes of lists, files, and all other stored data. */
  readonly data: number;
  /** Bytes of the background script in the browser's code cache; `null` if the browser reports only a total. */
  readonly code: number | null;
}

/** @returns `null` if the browser does not report it */
export async function readStorageFigures(): Promise<StorageFigures | null> {
  const { usage, usageDetails } = estimateSchema.parse(await navigator.storage.estimate());
  if (usage === undefined) return null;
  if (usageDetails === undefined) return { data: usage, code: null };
  const code = Math.min(usage, usageDetails.serviceWorkerRegistrations ?? 0);
  return { data: usage - code, code };
}

/** More than the files of an empty database: about 11 kB in Chromium, 615 kB in Firefox. */
const EMPTY_IN_CHROMIUM = 300_000;
const EMPTY_IN_FIREFOX = 1_000_000;

/** Whether more is stored than an empty database. If nothing is in it, the browser has not freed deleted data yet. */
export function isMoreThanEmpty({ data, code }: StorageFigures): boolean {
  return data > (code === null ? EMPTY_IN_FIREFOX : EMPTY_IN_CHROMIUM);
}
