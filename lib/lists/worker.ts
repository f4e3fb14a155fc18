/** Reads a list for a page in a dedicated worker, which has its own connection to the database. */
import { openStore } from '../store/index.ts';
import { createListServer } from './serve.ts';

const server = createListServer(openStore(), (response, transfer) => {
  self.postMessage(response, { transfer: [...transfer] });
});

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  server.receive(data);
});
