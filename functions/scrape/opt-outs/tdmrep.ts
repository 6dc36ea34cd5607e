/**
 * The W3C community group's TDM Reservation Protocol (final report of 10 May 2024): whether rights to text and data mining are
 * reserved, as said by `/.well-known/tdmrep.json` and by the header of an answer.
 */

import { z } from 'zod';
import { parseHttpUrl } from '../../article/canonical-url.ts';
import { DAY_MS, HOUR_MS } from '../../article/durations.ts';
import type { HttpAnswer, HttpClient, HttpHeaders } from '../http.ts';
import { retryAfter } from '../readings/http-time.ts';
import { comparablePath, pathPattern } from '../robots/path-pattern.ts';

export interface TdmReservation {
  /** Null where nothing is said, or something that the protocol does not know. */
  reserved: boolean | null;
  /** Where the terms stand on which rights are granted; null where rights are not reserved. */
  policy: string | null;
}

/** One rule of a tdmrep.json. */
export interface TdmRule extends TdmReservation {
  /** A path pattern as in robots.txt. */
  location: string;
}

export interface CachedTdmrep {
  rules: TdmRule[];
  expiresAt: string;
  /** Since when it could not be read, where it never was; null where what it said last is known, if only that there is none. */
  unreadSince?: string | null;
}

/** Bytes of a tdmrep.json. */
const MAX_BYTES = 200_000;
/** Rules that a host's row has room for. */
const MAX_RULES = 100;
/** Characters of locations and policies together. */
const RULE_CHARACTERS = 30_000;
const LONGEST_LOCATION = 500;
const LONGEST_POLICY = 1_000;

const ENTRY = z.object({
  // What begins like a longer one is more than that, which harms no reservation.
  location: z.string(),
  'tdm-reservation': z.union([z.number(), z.string()]),
  // A policy that is none takes nothing from the reservation.
  'tdm-policy': z.string().optional().catch(undefined),
});

const NOTHING: TdmReservation = { reserved: null, policy: null };

/** Where a file has more rules than are kept, what it says of the rest of its host is not known: that counts as reserved. */
const REST: TdmRule = { location: '/', reserved: true, policy: null };

/** The rules of a tdmrep.json; what cannot be read is passed over, as is a file that is none. */
export function parseTdmrep(body: Uint8Array, origin: string): TdmRule[] {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return [];
  }
  if (!Array.isArray(json)) return [];
  const rules: TdmRule[] = [];
  let characters = 0;
  for (const entry of json) {
    const { success, data } = ENTRY.safeParse(entry);
    if (!success) continue;
    const stated = reservation(String(data['tdm-reservation']), data['tdm-policy'], origin);
    const location = data.location.slice(0, LONGEST_LOCATION);
    if (stated.reserved === null || (!stated.reserved && location !== data.location)) continue;
    characters += location.length + (stated.policy?.length ?? 0);
    if (rules.length === MAX_RULES || characters > RULE_CHARACTERS) return [...rules, REST];
    rules.push({ location, ...stated });
  }
  return rules;
}

/** What a tdmrep.json says of a URL of its origin: the first rule that matches. */
export function reservationByFile(rules: readonly TdmRule[], url: string): TdmReservation {
  const path = comparablePath(new URL(url));
  const rule = rules.find(({ location }) => pathPattern(Buffer.from(location).toString('latin1')).matches(path));
  return rule ? { reserved: rule.reserved, policy: rule.policy } : NOTHING;
}

/** What an answer's header says of it. */
export function reservationByHeader(headers: HttpHeaders, url: string): TdmReservation {
  return reservation(headers['tdm-reservation'], headers['tdm-policy'], url);
}

/** @param reserved `1` or `0`; anything else counts as not said @param policy counts beside `1` only */
export function reservation(reserved: string | undefined, policy: string | undefined, base: string): TdmReservation {
  // Said twice, as by a server and what stands before it, both are one field.
  const words = new Set(reserved?.split(',').map((word) => word.trim()));
  if (words.has('1')) {
    const href = parseHttpUrl(policy?.split(/,\s/, 1)[0]?.trim() ?? null, base)?.href ?? null;
    return { reserved: true, policy: href && href.length <= LONGEST_POLICY ? href : null };
  }
  return words.has('0') ? { reserved: false, policy: null } : NOTHING;
}

/** The later word counts: of the file, of the header, of the page; one that says nothing changes nothing. */
export function latest(...stated: readonly TdmReservation[]): TdmReservation {
  return stated.findLast(({ reserved }) => reserved !== null) ?? NOTHING;
}

const RETRY_MS = HOUR_MS;

/** Milliseconds for which one that cannot be read may hold up what is to obey it; after that it counts as none. */
const HELD_UP_MS = DAY_MS;

/** Until when what it says is worth waiting for, since it is not known; null where it is, or was waited for in vain. */
export function unknownUntil({ expiresAt, unreadSince }: CachedTdmrep, now: Date): Date | null {
  if (!unreadSince) return null;
  const until = new Date(Math.min(Date.parse(expiresAt), Date.parse(unreadSince) + HELD_UP_MS));
  return until > now ? until : null;
}

const EMPTY = new Uint8Array();

/** The file that an answer holds, empty where it says that there is none; null where it says neither. */
function fileOf(answer: HttpAnswer): Uint8Array | null {
  if (answer.kind !== 'response') return null;
  if (answer.status === 404 || answer.status === 410) return EMPTY;
  return answer.status === 200 && /^\s*\[/.test(new TextDecoder().decode(answer.body.subarray(0, 1000)))
    ? answer.body
    : null;
}

/** Whether an answer leaves open that there is one. */
function mayBeThere(answer: HttpAnswer): boolean {
  return answer.kind === 'failed' || (answer.kind === 'response' && (answer.status >= 500 || answer.status === 429));
}

/**
 * Asks an origin for its tdmrep.json, which most do not have; for a day, or an hour where there was no answer. Until there is
 * one, what is known counts.
 *
 * @returns also the answer, which may ask for patience
 */
export async function readTdmrep(
  origin: string,
  known: CachedTdmrep | null,
  { http, userAgent, now }: { http: HttpClient; userAgent: string; now(): Date },
): Promise<{ tdmrep: CachedTdmrep; answer: HttpAnswer }> {
  const answer = await http.get({
    url: `${origin}/.well-known/tdmrep.json`,
    accept: 'application/json, */*;q=0.5',
    userAgent,
    etag: null,
    lastModified: null,
    maxBytes: MAX_BYTES,
  });
  const until = (ms: number) => new Date(now().getTime() + ms).toISOString();
  const read = (rules: TdmRule[]) => ({ rules, expiresAt: until(DAY_MS), unreadSince: null });
  if (answer.kind === 'failed' && answer.code === 'TOO_LARGE') return { tdmrep: read([REST]), answer };
  const found = fileOf(answer);
  if (found !== null) return { tdmrep: read(parseTdmrep(found, origin)), answer };
  // A front page, a login or a bot check in its place says that there is none; or, where there was one, nothing.
  if (!mayBeThere(answer) && !known?.rules.length) return { tdmrep: read([]), answer };
  const asked = answer.kind === 'response' ? retryAfter(answer.headers, now()) : null;
  const wait = Math.min(Math.max(RETRY_MS, (asked?.getTime() ?? 0) - now().getTime()), DAY_MS);
  const { rules, unreadSince = null } = known ?? { rules: [], unreadSince: now().toISOString() };
  return { tdmrep: { rules, expiresAt: until(wait), unreadSince }, answer };
}
