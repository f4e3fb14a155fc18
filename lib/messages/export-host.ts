/** Messages from the background to the export document: sending, validation, and receiving. */
import { browser } from 'wxt/browser';
import { exportIdSchema } from '../export/jobs/job.ts';
import { exportJobSchema } from '../export/jobs/job-request.ts';
import type { ExportHost } from '../export/jobs/host.ts';
import { z } from '../zod.ts';

const requestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ to: z.literal('export-host'), kind: z.literal('run'), job: exportJobSchema }),
  z.strictObject({ to: z.literal('export-host'), kind: z.literal('cancel'), id: exportIdSchema }),
]);
export type HostRequest = z.infer<typeof requestSchema>;

const responseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('accepted') }),
  z.strictObject({ kind: z.literal('refused'), why: z.string() }),
]);
type Response = z.infer<typeof responseSchema>;

/**
 * Sends a request to the export document.
 * @throws Error if there is no such document, or if it refused the request: then with its reason
 */
export async function sendToExportHost(request: HostRequest): Promise<void> {
  const response = responseSchema.safeParse(await browser.runtime.sendMessage(request));
  if (!response.success) throw new Error('The export document did not respond.');
  if (response.data.kind === 'refused') throw new Error(response.data.why);
}

const addressSchema = z.object({ to: z.literal('export-host') });

/** Names the invalid fields of a request, but never their values. */
function invalidFields(error: z.core.$ZodError): string {
  const paths = error.issues.map(({ path }) => path.map(String).join('.')).filter((path) => path !== '');
  return `The export was not started, because of ${paths.length === 0 ? 'its request' : paths.join(', ')}.`;
}

/** Passes requests to the host. Ignores messages that are not addressed to it. */
export function listenForExportHost(host: ExportHost): void {
  browser.runtime.onMessage.addListener(
    (message: unknown, sender: { readonly id?: string }, respond: (response: Response) => void) => {
      if (sender.id !== browser.runtime.id || !addressSchema.safeParse(message).success) return undefined;
      const parsed = requestSchema.safeParse(message);
      if (!parsed.success) {
        respond({ kind: 'refused', why: invalidFields(parsed.error) });
        return undefined;
      }
      const request = parsed.data;
      if (request.kind === 'cancel') {
        host.cancel(request.id);
        respond({ kind: 'accepted' });
        return undefined;
      }
      host.run(request.job).then(
        () => {
          respond({ kind: 'accepted' });
        },
        (error: unknown) => {
          console.error('An export was not accepted.', error);
          respond({ kind: 'refused', why: error instanceof Error ? error.message : String(error) });
        },
      );
      // Keeps the channel open for the response.
      return true;
    },
  );
}
