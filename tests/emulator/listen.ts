/** Two ports: TLS for every host by name, and plain HTTP for prefixes, which is also a proxy to the TLS port. */
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from './certificate.ts';

const LOOPBACK = '127.0.0.1';

/** How long servers keep an idle connection, as nginx does; Node's own default is five seconds. Milliseconds. */
const KEPT_IDLE = 75_000;

/** A request of either version of HTTP. */
export type Incoming = IncomingMessage | Http2ServerRequest;
/** A response of either version of HTTP. */
export type Outgoing = ServerResponse | Http2ServerResponse;

export interface Ports {
  readonly tlsPort: number;
  readonly httpPort: number;
  close(): Promise<void>;
}

async function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  server.once('error', reject);
  server.listen(port, LOOPBACK, () => {
    resolve(undefined);
  });
  await promise;
  server.off('error', reject);
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/** Answers CONNECT with a tunnel to the TLS port, which serves every host. */
function proxyTo(tlsPort: number, tunnels: Set<Duplex>) {
  return (request: { readonly url?: string | undefined }, client: Duplex, head: Buffer): void => {
    if (request.url?.endsWith(':443') !== true) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const target: Socket = connect(tlsPort, LOOPBACK, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.write(head);
      client.pipe(target).pipe(client);
    });
    for (const [end, other] of [
      [client, target],
      [target, client],
    ] as const) {
      tunnels.add(end);
      // Either end may be reset at any time; the other one then has no peer.
      end.on('error', () => other.destroy());
      end.on('close', () => {
        tunnels.delete(end);
        other.destroy();
      });
    }
  };
}

/** Closes a server and all its connections, with either protocol. */
function closer(server: HttpServer | Http2SecureServer): () => Promise<void> {
  const sockets = new Set<Duplex>();
  server.on('connection', (socket: Duplex) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return () =>
    new Promise((resolve, reject) => {
      server.close((error?: Error) => {
        if (error === undefined) resolve();
        else reject(error);
      });
      for (const socket of sockets) socket.destroy();
    });
}

/** Starts both servers on this machine only. Port 0 chooses a free port. */
export async function openPorts(
  certificate: Certificate,
  wanted: { readonly tlsPort: number; readonly httpPort: number },
  respond: (request: Incoming, response: Outgoing) => void,
  /** Whether a new connection uses HTTP/2, if the client supports it. */
  speaksHttp2: () => boolean,
): Promise<Ports> {
  const tls = createSecureServer(
    {
      key: certificate.key,
      cert: certificate.cert,
      allowHTTP1: true,
      ALPNCallback: ({ protocols }) => (speaksHttp2() && protocols.includes('h2') ? 'h2' : 'http/1.1'),
    },
    respond,
  );
  // The client of a connection sees the connection's errors.
  tls.on('sessionError', () => undefined);
  // The types don't include this server's HTTP/1.1 clients.
  Object.assign(tls, { keepAliveTimeout: KEPT_IDLE });
  const http = createHttpServer({ keepAliveTimeout: KEPT_IDLE }, respond);
  const closeTls = closer(tls);
  const closeHttp = closer(http);
  const tunnels = new Set<Duplex>();
  const tlsPort = await listen(tls, wanted.tlsPort);
  http.on('connect', proxyTo(tlsPort, tunnels));
  let httpPort: number;
  try {
    httpPort = await listen(http, wanted.httpPort);
  } catch (error) {
    await closeTls();
    throw error;
  }
  return {
    tlsPort,
    httpPort,
    async close() {
      for (const tunnel of tunnels) tunnel.destroy();
      await Promise.all([closeTls(), closeHttp()]);
    },
  };
}
