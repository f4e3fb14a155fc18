/** Two ports: TLS for every host by name, and plain HTTP for prefixes, which is also a proxy to the first. */
import { createServer as createHttpServer, type RequestListener, type Server as HttpServer } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from './certificate.ts';

const LOOPBACK = '127.0.0.1';

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

/** Answers CONNECT by a tunnel to the TLS port, whatever host is named: it serves them all. */
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
      // Either end may be reset at any time; the other one then has nobody to talk to.
      end.on('error', () => other.destroy());
      end.on('close', () => {
        tunnels.delete(end);
        other.destroy();
      });
    }
  };
}

function closeServer(server: HttpServer | TlsServer): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
    server.closeAllConnections();
  });
}

/** Starts both servers on this machine alone. Port 0 takes a free one. */
export async function openPorts(
  certificate: Certificate,
  wanted: { readonly tlsPort: number; readonly httpPort: number },
  answer: RequestListener,
): Promise<Ports> {
  const tls = createTlsServer({ key: certificate.key, cert: certificate.cert }, answer);
  const http = createHttpServer(answer);
  const tunnels = new Set<Duplex>();
  const tlsPort = await listen(tls, wanted.tlsPort);
  http.on('connect', proxyTo(tlsPort, tunnels));
  let httpPort: number;
  try {
    httpPort = await listen(http, wanted.httpPort);
  } catch (error) {
    await closeServer(tls);
    throw error;
  }
  return {
    tlsPort,
    httpPort,
    async close() {
      for (const tunnel of tunnels) tunnel.destroy();
      await Promise.all([closeServer(tls), closeServer(http)]);
    },
  };
}
