/** The last step: sends the bytes, all or some of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply } from './exchange.ts';
import type { Delivery } from './faults.ts';
import type { Outgoing } from './listen.ts';

/** A broken connection is noticed one round trip after the request was sent, as to a server that is not nearby. */
const ROUND_TRIP = 25;

export type Sent = 'answered' | 'dropped' | 'aborted';

/**
 * Watches the result of a response from its arrival on.
 * @returns a function that cuts the connection: only then
 * does the response count as dropped.
 */
export function watch(response: Outgoing, settle: (sent: Sent) => void): () => void {
  let dropping = false;
  let finished = false;
  response.once('finish', () => {
    finished = true;
  });
  response.once('close', () => {
    if (dropping) settle('dropped');
    else settle(finished ? 'answered' : 'aborted');
  });
  return () => {
    dropping = true;
    // In HTTP/2, the connection breaks with everything in progress on it, as when a server exits.
    if ('stream' in response) response.stream.session?.destroy();
    else response.destroy();
  };
}

/** Whether nothing more can be sent. */
function isGone(response: Outgoing): boolean {
  return 'stream' in response ? response.stream.destroyed : response.destroyed;
}

/** Sends as much as intended. A client that disconnects ends the wait. */
export async function send(
  response: Outgoing,
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
    const removed = new AbortController();
    response.once('close', () => {
      removed.abort();
    });
    try {
      await sleep(how.delayMs, undefined, { signal: removed.signal });
    } catch (error) {
      if (!removed.signal.aborted) throw error;
    }
  }
  if (isGone(response)) return;
  if (how.delivery === 'reset') {
    await sleep(ROUND_TRIP);
    how.drop();
    return;
  }
  const body = Buffer.from(reply.body);
  const headers = {
    date: new Date(how.now).toUTCString(),
    'content-length': String(body.length),
    // HTTP/2 has no such header.
    ...(how.keep || 'stream' in response ? {} : { connection: 'close' }),
    ...reply.headers,
  };
  if ('stream' in response) response.writeHead(reply.status, headers);
  else response.writeHead(reply.status, headers);
  if (how.delivery === 'half') write(response, body.subarray(0, Math.floor(body.length / 2)), how.drop);
  else end(response, body);
}

function write(response: Outgoing, part: Buffer, then: () => void): void {
  if ('stream' in response) response.write(part, then);
  else response.write(part, then);
}

function end(response: Outgoing, body: Buffer): void {
  if ('stream' in response) response.end(body);
  else response.end(body);
}
