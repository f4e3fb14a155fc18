/** What the browser says the extension takes: its data, and apart from that the browser's own copy of its code. */
import { z } from '../../lib/zod.ts';

const estimateSchema = z.object({
  usage: z.optional(z.number()),
  /** Chromium alone parts the figure. */
  usageDetails: z.optional(z.object({ serviceWorkerRegistrations: z.optional(z.number()) })),
});

export interface StorageFigures {
  /** Bytes of lists, files, and everything else that is stored. */
  readonly data: number;
  /** Bytes of the background's script, as the browser keeps it to start it; `null` where it has one figure for all. */
  readonly code: number | null;
}

/** @returns `null` where the browser does not say */
export async function readStorageFigures(): Promise<StorageFigures | null> {
  const { usage, usageDetails } = estimateSchema.parse(await navigator.storage.estimate());
  if (usage === undefined) return null;
  if (usageDetails === undefined) return { data: usage, code: null };
  const code = Math.min(usage, usageDetails.serviceWorkerRegistrations ?? 0);
  return { data: usage - code, code };
}

/** The files of an empty database take less: about 11 kB in Chromium, 615 kB in Firefox. */
const EMPTY_IN_CHROMIUM = 300_000;
const EMPTY_IN_FIREFOX = 1_000_000;

/** Whether more is stored than an empty database: with nothing in it, deleted data that the browser still has to free. */
export function isMoreThanEmpty({ data, code }: StorageFigures): boolean {
  return data > (code === null ? EMPTY_IN_FIREFOX : EMPTY_IN_CHROMIUM);
}
