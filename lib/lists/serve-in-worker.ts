/** Reads a list for a page in a dedicated worker, which has its own connection to the database. */
import { openStore } from '../store/index.ts';
import { createListServer } from './serve.ts';

/** @returns receives the page's messages */
export function serveList(): (message: unknown) => void {
  const server = createListServer(openStore(), (response, transfer) => {
    self.postMessage(response, { transfer: [...transfer] });
  });
  return (message) => {
    server.receive(message);
  };
}
