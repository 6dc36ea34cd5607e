/** The web of the simulated week: one real server, which all hosts of the sites lead to, and which watches its visitors. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { VirtualClock } from './clock.ts';
import type { Reply, Site } from './site.ts';

export interface Visit {
  host: string;
  path: string;
  /** Virtual instants. */
  at: number;
  endedAt: number | null;
  status: number | null;
}

export class Server {
  readonly visits: Visit[] = [];
  /** Hosts that were asked while they still answered. */
  readonly pressed = new Map<string, number>();
  readonly #busy = new Map<string, number>();
  readonly #sites: ReadonlyMap<string, Site>;
  readonly #clock: VirtualClock;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  constructor(sites: readonly Site[], clock: VirtualClock) {
    this.#sites = new Map(sites.map((site) => [site.host, site]));
    this.#clock = clock;
  }

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const port = (this.#server.address() as AddressInfo).port;
    const host = (request.headers.host ?? '').split(':', 1)[0] as string;
    const visit: Visit = { host, path: request.url ?? '/', at: this.#clock.now, endedAt: null, status: null };
    this.visits.push(visit);
    const busy = (this.#busy.get(host) ?? 0) + 1;
    this.#busy.set(host, busy);
    if (busy > 1) this.pressed.set(host, Math.max(busy, this.pressed.get(host) ?? 0));
    const end = () => {
      if (visit.endedAt !== null) return;
      visit.endedAt = this.#clock.now;
      this.#busy.set(host, (this.#busy.get(host) ?? 1) - 1);
    };
    response.on('finish', end).on('close', end);
    const headers = request.headers as Record<string, string | undefined>;
    const reply = this.#sites.get(host)?.answer({ path: visit.path, headers, now: this.#clock.now }) ?? { status: 404 };
    // On behalf of the one who waits for the answer.
    if (reply.takes) await this.#clock.sleep(reply.takes);
    visit.status = reply.status ?? 200;
    send(reply, port, response);
  }
}

function send(reply: Reply, port: number, response: ServerResponse): void {
  const { status = 200, headers = {}, body = '', ends } = reply;
  // Sites do not know at which port they live.
  const placed = (text: string) => text.replaceAll('PORT', String(port));
  const bytes = Buffer.from(placed(body));
  if (ends === 'never') return;
  const location = headers.location ? { location: placed(headers.location) } : {};
  response.writeHead(status, { ...headers, ...location, 'content-length': bytes.length });
  if (ends === 'half-way') {
    response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
    return;
  }
  response.end(bytes);
}
