/** Sends messages to the background. No schema library, so that the content script stays small. */
import { browser } from '@wxt-dev/browser';
import type { ResponseTo, RequestOf, Envelope, MessageName, Reply } from './types.ts';

/**
 * Sends a request to the background.
 * @throws Error with a message for the user if the background refused the request, or if this context outlived the
 *   extension (which was updated or removed)
 */
export async function send<N extends MessageName>(name: N, request: RequestOf<N>): Promise<ResponseTo<N>> {
  const envelope: Envelope<N> = { name, request };
  const reply: Reply<N> | undefined = await browser.runtime.sendMessage(envelope);
  if (reply === undefined) throw new Error(`No response to "${name}".`);
  if (!reply.ok) throw new Error(reply.why);
  return reply.response;
}
