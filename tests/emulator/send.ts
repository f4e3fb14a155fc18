/** The last step: bytes on the wire, whole or not. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import type { Reply } from './exchange.ts';
import type { Delivery } from './faults.ts';

export type Sent = 'answered' | 'dropped' | 'aborted';

/** Resolves once the answer has left, or has been cut off by us, or by the client. */
export async function send(
  response: ServerResponse,
  reply: Reply,
  how: { readonly delivery: Delivery; readonly delayMs: number; readonly now: number },
): Promise<Sent> {
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  if (how.delayMs > 0) {
    try {
      await sleep(how.delayMs, undefined, { signal: gone.signal });
    } catch (error) {
      if (!gone.signal.aborted) throw error;
    }
  }
  if (response.destroyed || gone.signal.aborted) return 'aborted';
  if (how.delivery === 'reset') {
    response.destroy();
    return 'dropped';
  }
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, {
    date: new Date(how.now).toUTCString(),
    'content-length': String(body.length),
    ...reply.headers,
  });
  if (how.delivery === 'half') {
    const half = body.subarray(0, Math.floor(body.length / 2));
    await new Promise<void>((resolve) => {
      response.write(half, () => {
        resolve();
      });
    });
    response.destroy();
    return 'dropped';
  }
  return new Promise((resolve) => {
    response.once('close', () => {
      resolve(response.writableFinished ? 'answered' : 'aborted');
    });
    response.end(body);
  });
}
