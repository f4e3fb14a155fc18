/** The last step: bytes on the wire, whole or not. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import type { Reply } from './exchange.ts';
import type { Delivery } from './faults.ts';

export type Sent = 'answered' | 'dropped' | 'aborted';

/**
 * Watches what becomes of a response, from its arrival on.
 * @returns a function that cuts the connection: then, and only then, the response counts as dropped.
 */
export function watch(response: ServerResponse, settle: (sent: Sent) => void): () => void {
  let dropping = false;
  response.once('close', () => {
    if (dropping) settle('dropped');
    else settle(response.writableFinished ? 'answered' : 'aborted');
  });
  return () => {
    dropping = true;
    response.destroy();
  };
}

/** Sends as much as is to be sent. A client that goes away ends the waiting. */
export async function send(
  response: ServerResponse,
  reply: Reply,
  how: {
    readonly delivery: Delivery;
    readonly delayMs: number;
    readonly keep: boolean;
    readonly now: number;
    readonly drop: () => void;
  },
): Promise<void> {
  if (how.delayMs > 0) {
    const gone = new AbortController();
    response.once('close', () => {
      gone.abort();
    });
    try {
      await sleep(how.delayMs, undefined, { signal: gone.signal });
    } catch (error) {
      if (!gone.signal.aborted) throw error;
    }
  }
  if (response.destroyed) return;
  if (how.delivery === 'reset') {
    how.drop();
    return;
  }
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, {
    date: new Date(how.now).toUTCString(),
    'content-length': String(body.length),
    ...(how.keep ? {} : { connection: 'close' }),
    ...reply.headers,
  });
  if (how.delivery === 'half') response.write(body.subarray(0, Math.floor(body.length / 2)), how.drop);
  else response.end(body);
}
