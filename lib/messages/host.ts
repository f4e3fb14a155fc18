/** From the background to the document that writes exports: both halves, and the check between them. */
import { browser } from 'wxt/browser';
import { exportIdSchema } from '../export/job.ts';
import { exportJobSchema } from '../export/work.ts';
import type { Host } from '../export/host.ts';
import { z } from '../zod.ts';

const askSchema = z.discriminatedUnion('kind', [
  z.strictObject({ to: z.literal('export-host'), kind: z.literal('run'), job: exportJobSchema }),
  z.strictObject({ to: z.literal('export-host'), kind: z.literal('cancel'), id: exportIdSchema }),
]);
export type HostAsk = z.infer<typeof askSchema>;

/**
 * Asks the document.
 * @throws Error when there is none, or it refused
 */
export async function askHost(ask: HostAsk): Promise<void> {
  const answer: unknown = await browser.runtime.sendMessage(ask);
  if (answer !== 'taken') throw new Error('The export document did not respond.');
}

/** Lets the host hear. Other messages are for others. */
export function hearFor(host: Host): void {
  browser.runtime.onMessage.addListener(
    (message: unknown, sender: { readonly id?: string }, respond: (answer: unknown) => void) => {
      const heard = askSchema.safeParse(message);
      if (!heard.success || sender.id !== browser.runtime.id) return undefined;
      const ask = heard.data;
      if (ask.kind === 'cancel') {
        host.cancel(ask.id);
        respond('taken');
        return undefined;
      }
      host.run(ask.job).then(
        () => {
          respond('taken');
        },
        (error: unknown) => {
          console.error('An export was not accepted.', error);
          respond('refused');
        },
      );
      // The answer comes later.
      return true;
    },
  );
}
