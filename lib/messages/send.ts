/** The sending half of the messages: typed, without a schema library, so that a content script can carry it. */
import { browser } from '@wxt-dev/browser';
import type { AnswerTo, Ask, Envelope, MessageName, Reply } from './types.ts';

/**
 * Asks the background.
 * @throws Error with a clear sentence when the background refused or did not understand the request, or when this
 *   context outlived the extension (it was updated or removed).
 */
export async function send<N extends MessageName>(name: N, ask: Ask<N>): Promise<AnswerTo<N>> {
  const envelope: Envelope<N> = { name, ask };
  const reply: Reply<N> | undefined = await browser.runtime.sendMessage(envelope);
  if (reply === undefined) throw new Error(`No response to "${name}".`);
  if (!reply.ok) throw new Error(reply.why);
  return reply.answer;
}
