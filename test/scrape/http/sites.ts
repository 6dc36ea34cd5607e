/** Real servers on this machine, of every temper, and a client that reaches them by names of their own. */
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach } from 'vitest';
import { type HttpClientOptions, httpClient } from '../../../functions/scrape/http/http-client.ts';
import type { HttpAnswer, HttpRequest } from '../../../functions/scrape/http.ts';
import { CERTIFICATE, KEY } from './certificate.ts';

export interface Site {
  /** `http://site.test:PORT`, or another name on the same port. */
  url(path?: string, name?: string): string;
  port: number;
  /** Connections open now. */
  readonly open: number;
  /** Resolves once none is. */
  closed(): Promise<void>;
}

const servers: { server: Server; sockets: Set<Socket> }[] = [];

afterEach(() => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

async function listen(server: Server, scheme: string): Promise<Site> {
  const sockets = new Set<Socket>();
  servers.push({ server, sockets });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (path = '/', name = scheme === 'https' ? 'secure.test' : 'site.test') => `${scheme}://${name}:${port}${path}`,
    port,
    get open() {
      return sockets.size;
    },
    async closed() {
      while (sockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}

/** A well-behaved server. */
export function site(answer: RequestListener): Promise<Site> {
  return listen(createHttpServer(answer), 'http');
}

/** A server that says what it likes once it has been asked: once it has read `until`. */
export function rawSite(answer: (socket: Socket, request: string) => void, until = '\r\n\r\n'): Promise<Site> {
  const server = createTcpServer((socket) => {
    let request = '';
    socket.on('data', (chunk) => {
      request += chunk.toString('latin1');
      if (request.includes(until)) answer(socket, request);
    });
  });
  return listen(server, 'http');
}

/** The same over TLS, as `secure.test`. */
export function secureSite(answer: string): Promise<Site> {
  const server = createTlsServer({ cert: CERTIFICATE, key: KEY }, (socket) => {
    socket.on('error', () => {}).once('data', () => socket.end(answer));
  });
  return listen(server, 'https');
}

const REQUEST = {
  accept: 'text/html',
  userAgent: 'Copydesk/test (+https://example.org/bot)',
  etag: null,
  lastModified: null,
  maxBytes: 1_000_000,
} satisfies Partial<HttpRequest>;

/** Asks as scrape does, every name being this machine, which is open unless the options say otherwise. */
export function get(
  url: string,
  request: Partial<HttpRequest> = {},
  options: HttpClientOptions = {},
): Promise<HttpAnswer> {
  const client = httpClient({ allowLoopback: true, resolver: async () => ['127.0.0.1'], ...options });
  return client.get({ ...REQUEST, url, ...request });
}

/** The answer where it is a response; fails the test where it is not. */
export function responseOf(answer: HttpAnswer): Extract<HttpAnswer, { kind: 'response' }> & { text: string } {
  if (answer.kind !== 'response') throw new Error(`no response: ${JSON.stringify(answer)}`);
  return { ...answer, text: Buffer.from(answer.body).toString() };
}
