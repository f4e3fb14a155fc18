/**
 * A switch between the browser and the emulator. While it is off, it accepts connections but passes nothing on: a
 * request for which the browser opens a connection has not been sent.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';

const LOOPBACK = '127.0.0.1';

export interface BlockedNetwork {
  /** Resolves when a connection arrives. */
  readonly arrived: Promise<void>;
  /** Drops the connections that arrived, and switches the network on again. */
  open(): void;
}

export interface NetworkSwitch {
  readonly port: number;
  shut(): BlockedNetwork;
  close(): Promise<void>;
}

/** Opens a switch in front of a port of this machine. */
export async function openNetworkSwitch(inside: number): Promise<NetworkSwitch> {
  const sockets = new Set<Socket>();
  let stop: ((socket: Socket) => void) | null = null;

  function keep(socket: Socket, other: () => Socket | null): void {
    sockets.add(socket);
    // Either end may break at any time; the other one then has no peer.
    socket.on('error', () => other()?.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      other()?.destroy();
    });
  }

  const server = createServer({ noDelay: true }, (socket) => {
    let through: Socket | null = null;
    keep(socket, () => through);
    if (stop !== null) {
      stop(socket);
      return;
    }
    through = connect({ port: inside, host: LOOPBACK, noDelay: true });
    keep(through, () => socket);
    socket.pipe(through).pipe(socket);
  });
  server.listen(0, LOOPBACK);
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    shut() {
      const arrival = Promise.withResolvers<undefined>();
      const waiting = new Set<Socket>();
      stop = (socket) => {
        waiting.add(socket);
        arrival.resolve(undefined);
      };
      return {
        arrived: arrival.promise,
        open() {
          stop = null;
          for (const socket of waiting) socket.destroy();
        },
      };
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
