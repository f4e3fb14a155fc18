/** Reads a list for a page, beside it: a dedicated worker with a connection of its own to the database. */
import { openStore } from '../store/index.ts';
import { createServer } from './serve.ts';

const server = createServer(openStore(), (answer, handedOver) => {
  self.postMessage(answer, { transfer: [...handedOver] });
});

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  server.take(data);
});
