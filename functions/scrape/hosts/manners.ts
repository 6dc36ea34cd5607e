/**
 * When a host may be asked: the delay between requests, and the waits it asks for.
 *
 * One request at a time per host is the queue's doing (a message group each). What is kept here is the pause between two,
 * from the end of one to the start of the next, so that a slow host is not pressed harder than a fast one.
 */

import { STATUS_CODES } from 'node:http';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../article/durations.ts';
import { changeRow } from '../change-row.ts';
import type { HttpAnswer } from '../http.ts';
import type { Host, Ports } from '../ports.ts';
import { retryAfter } from '../readings/http-time.ts';

/** Waits up to here are slept through; milliseconds. */
const SLEEP_MS = 20_000;
/** Waits up to here leave the message at the head of its group, so that the others of its host wait behind it. */
const HOLD_MS = 15 * MINUTE_MS;
/** A `Retry-After` beyond this is taken for a mistake. */
const LONGEST_WAIT_MS = 7 * DAY_MS;
/** A host that refuses or fails is left alone for this long, and twice as long each further time, up to the last. */
const FIRST_REST_MS = MINUTE_MS;
const LAST_REST_MS = HOUR_MS;
/** Rows of hosts stay small: a host has an origin for http and one for https. */
const ORIGINS_KEPT = 4;
/** Bytes of those of one kind beside the newest: a row has 400 KB. */
const FILES_BYTES = 160_000;

/** Name and port, as in a URL: what has a turn of its own. A dot at the end of the name is the same host. */
export function hostOf(url: string): string {
  return new URL(url).host.replace(/\.(?=:|$)/, '');
}

export function newHost(host: string): Host {
  return {
    host,
    notBefore: null,
    reason: null,
    plannedUntil: null,
    failures: 0,
    forbidden: 0,
    robots: {},
    tdmrep: {},
    revision: 0,
  };
}

export type Turn =
  | { kind: 'go' }
  /** To be tried again then, at the head of the host's queue. */
  | { kind: 'later'; at: Date; reason: string }
  /** Not for a long time: the row is to be made due then, and the queue freed. */
  | { kind: 'postponed'; until: Date; reason: string };

/** Waits for the host's turn where that is soon. */
export async function takeTurn(host: Host | null, ports: Pick<Ports, 'now' | 'sleep'>): Promise<Turn> {
  const at = new Date(host?.notBefore ?? 0);
  const wait = at.getTime() - ports.now().getTime();
  if (wait <= 0) return { kind: 'go' };
  const reason = host?.reason ?? `${host?.host} is asked again after a pause.`;
  if (wait > HOLD_MS) return { kind: 'postponed', until: at, reason };
  if (wait > SLEEP_MS) return { kind: 'later', at, reason };
  await ports.sleep(wait);
  return { kind: 'go' };
}

/** Seconds between two requests. */
export function delayOf(host: Host | null, url: string, delaySeconds: number): number {
  const asked = host?.robots[new URL(url).origin]?.crawlDelaySeconds ?? 0;
  return Math.max(delaySeconds, asked);
}

/** The host after a request that taught nothing but that it was made. */
export function rested(host: Host, url: string, delaySeconds: number, now: Date): Host {
  return withNotBefore(host, now.getTime() + delayOf(host, url, delaySeconds) * 1000, null);
}

/** Milliseconds for which a host rests at most that asks for patience in place of a file beside its pages: they may be had. */
const REST_BESIDE_MS = 5 * MINUTE_MS;

/** The host after a request for such a file, which says little of its pages. */
export function restedBeside(host: Host, url: string, answer: HttpAnswer, delaySeconds: number, now: Date): Host {
  const refused = answer.kind === 'response' && (answer.status === 429 || answer.status === 503);
  const asked = refused ? retryAfter(answer.headers, now) : null;
  const wait = Math.min((asked ?? now).getTime() - now.getTime(), REST_BESIDE_MS);
  return withNotBefore(host, now.getTime() + Math.max(delayOf(host, url, delaySeconds) * 1000, wait), null);
}

/**
 * Pages in a row that a host may forbid or fail at before that is taken for its own word: by then its listing would mostly
 * have been asked too, and a paper has a run of articles for subscribers now and then.
 */
const MOST_FORBIDDEN = 20;
/** Answers that are about a page, unless so many get them: forbidden, and a fault. */
const OF_PAGE = new Set<number | string>([403, 500]);
/** The first rest then: so long that the queue is freed, and a listing is asked before the pages that wait. */
const FORBIDDEN_REST_MS = HOLD_MS + MINUTE_MS;

/** Answers and failures by which a host, not a page of it, says that it wants or needs a rest. */
const WANTS_REST = new Set<number | string>([403, 429, 502, 503, 504, 'DNS', 'CONNECT', 'TLS', 'TIMEOUT']);

/**
 * The host after a request: when it may be asked again, and why not before.
 *
 * @param forPage whether it was for an article's page: a 403 or 500 is then about that page, as long as the host gives others
 */
export function afterRequest(
  host: Host,
  url: string,
  answer: HttpAnswer,
  { forPage, delaySeconds, now, random }: { forPage: boolean; delaySeconds: number; now: Date; random: number },
): Host {
  const next = now.getTime() + delayOf(host, url, delaySeconds) * 1000;
  const outcome = answer.kind === 'response' ? answer.status : answer.kind === 'failed' ? answer.code : null;
  const isOfPage = forPage && outcome !== null && OF_PAGE.has(outcome);
  if (outcome === null || !(isOfPage || WANTS_REST.has(outcome))) {
    return withNotBefore({ ...host, failures: 0, forbidden: 0 }, next, null);
  }
  const forbidden = isOfPage ? host.forbidden + 1 : host.forbidden;
  if (forbidden > host.forbidden && forbidden <= MOST_FORBIDDEN) {
    return withNotBefore({ ...host, forbidden }, next, null);
  }
  const failures = host.failures + 1;
  const asked = answer.kind === 'response' ? retryAfter(answer.headers, now) : null;
  const first = forbidden > host.forbidden ? FORBIDDEN_REST_MS : FIRST_REST_MS;
  const rest = Math.min(first * 2 ** (Math.min(failures, 20) - 1), LAST_REST_MS) * (1 + random / 4);
  const wait = asked ? Math.min(asked.getTime() - now.getTime(), LONGEST_WAIT_MS) : rest;
  // What it asked for before was not enough: some ask for a second, or for a time that is over, and refuse for a day.
  const enough = failures > 1 ? Math.max(wait, rest) : wait;
  const until = Math.max(next, now.getTime() + enough);
  const why = answer.kind === 'response' ? `answered ${statusWords(answer.status)}` : 'could not be reached';
  const reason = `${host.host} ${why}${asked ? ' and asks to wait' : ''}: it is left alone until ${instant(until)}.`;
  return withNotBefore({ ...host, failures, forbidden }, until, reason);
}

/** Least seconds between two pages that are planned anew: hosts that are slow have the plan fail too. */
const LEAST_STEP = 10;
/** A little more than its delay, for an answer takes its time. */
const STEP = 1.1;

/** The host with one more page planned, behind those that were planned anew before. */
export function planned(host: Host, url: string, delaySeconds: number, now: Date): Host & { plannedUntil: string } {
  const step = Math.max(delayOf(host, url, delaySeconds) * STEP, LEAST_STEP);
  const begin = Math.max(Date.parse(host.plannedUntil ?? now.toISOString()), now.getTime());
  return { ...host, plannedUntil: new Date(begin + step * 1000).toISOString() };
}

/** A wait that is known already is never shortened: another writer may know of a longer one. */
function withNotBefore(host: Host, at: number, reason: string | null): Host {
  const known = host.notBefore === null ? 0 : Date.parse(host.notBefore);
  if (known > at && host.reason !== null) return host;
  return { ...host, notBefore: new Date(Math.max(at, known)).toISOString(), reason };
}

/**
 * Keeps what a request taught of its host.
 *
 * @returns the host as it stands then
 */
export async function keepManners(ports: Pick<Ports, 'hosts'>, name: string, change: (host: Host) => Host) {
  return (await changeRow(ports.hosts, name, (host) => change(host ?? newHost(name)))) as Host;
}

/** With what was read of an origin's robots.txt. */
export function withRobots(host: Host, origin: string, robots: Host['robots'][string]): Host {
  return { ...host, robots: latest(host.robots, origin, robots) };
}

/** With what was read of an origin's tdmrep.json. */
export function withTdmrep(host: Host, origin: string, tdmrep: Host['tdmrep'][string]): Host {
  return { ...host, tdmrep: latest(host.tdmrep, origin, tdmrep) };
}

/** The oldest give way where they are too many, or too large for a row beside each other. */
function latest<File extends { expiresAt: string }>(
  files: Record<string, File>,
  origin: string,
  file: File,
): Record<string, File> {
  const others = Object.entries(files).filter(([name]) => name !== origin);
  others.sort(([, a], [, b]) => (a.expiresAt < b.expiresAt ? 1 : -1));
  const sizeOf = (each: File) => Buffer.byteLength(JSON.stringify(each));
  let bytes = sizeOf(file);
  const kept = others.slice(0, ORIGINS_KEPT - 1).filter(([, each]) => {
    bytes += sizeOf(each);
    return bytes <= FILES_BYTES;
  });
  return Object.fromEntries([[origin, file], ...kept]);
}

/** `404 Not Found`. */
export function statusWords(status: number): string {
  return STATUS_CODES[status] ? `${status} ${STATUS_CODES[status]}` : String(status);
}

/** To the minute, for people. */
export function instant(time: number | string | Date): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
