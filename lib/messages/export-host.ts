/** From the background to the document that writes exports: both halves, and the check between them. */
import { browser } from 'wxt/browser';
import { exportIdSchema } from '../export/jobs/job.ts';
import { exportJobSchema } from '../export/jobs/job-request.ts';
import type { Host } from '../export/jobs/host.ts';
import { z } from '../zod.ts';

const askSchema = z.discriminatedUnion('kind', [
  z.strictObject({ to: z.literal('export-host'), kind: z.literal('run'), job: exportJobSchema }),
  z.strictObject({ to: z.literal('export-host'), kind: z.literal('cancel'), id: exportIdSchema }),
]);
export type HostAsk = z.infer<typeof askSchema>;

const responseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('taken') }),
  z.strictObject({ kind: z.literal('refused'), why: z.string() }),
]);
type Response = z.infer<typeof responseSchema>;

/**
 * Asks the document.
 * @throws Error when there is none, or it refused: then with its reason
 */
export async function askHost(ask: HostAsk): Promise<void> {
  const response = responseSchema.safeParse(await browser.runtime.sendMessage(ask));
  if (!response.success) throw new Error('The export document did not respond.');
  if (response.data.kind === 'refused') throw new Error(response.data.why);
}

const forHostSchema = z.object({ to: z.literal('export-host') });

/** Which fields of a request are wrong; never what is in them. */
function wrongFields(error: z.core.$ZodError): string {
  const paths = error.issues.map(({ path }) => path.map(String).join('.')).filter((path) => path !== '');
  return `The export was not started, because of ${paths.length === 0 ? 'its request' : paths.join(', ')}.`;
}

/** Lets the host hear. Other messages are for others. */
export function hearFor(host: Host): void {
  browser.runtime.onMessage.addListener(
    (message: unknown, sender: { readonly id?: string }, respond: (response: Response) => void) => {
      if (sender.id !== browser.runtime.id || !forHostSchema.safeParse(message).success) return undefined;
      const heard = askSchema.safeParse(message);
      if (!heard.success) {
        respond({ kind: 'refused', why: wrongFields(heard.error) });
        return undefined;
      }
      const ask = heard.data;
      if (ask.kind === 'cancel') {
        host.cancel(ask.id);
        respond({ kind: 'taken' });
        return undefined;
      }
      host.run(ask.job).then(
        () => {
          respond({ kind: 'taken' });
        },
        (error: unknown) => {
          console.error('An export was not accepted.', error);
          respond({ kind: 'refused', why: error instanceof Error ? error.message : String(error) });
        },
      );
      // The answer comes later.
      return true;
    },
  );
}
