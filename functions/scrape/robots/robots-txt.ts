/** robots.txt as RFC 9309 has it: what a file says to us. Pure. */
import { comparablePath, type PathPattern, pathPattern } from './path-pattern.ts';

export interface RobotsRules {
  rules: readonly RobotsRule[];
  /** `Crawl-delay` of our group, no part of the RFC; null where it says none. Two minutes at most. */
  crawlDelaySeconds: number | null;
  /** Addresses after `Sitemap`, whichever group they stand in; as written. */
  sitemaps: readonly string[];
}

export interface RobotsRule {
  allow: boolean;
  /** As written, octets beyond ASCII percent-encoded. */
  pattern: string;
}

/** RFC 9309, 2.5, asks that 500 KiB are read at least. What comes after is not. */
export const ROBOTS_BYTES = 512 * 1024;
/** Octets; the rest of a longer line is not read, as by Google's parser. No URL that we ask for is half as long. */
const MAX_LINE = 2083 * 8 - 1;
const MAX_SITEMAPS = 100;
/** Bytes of one: what an address may have to be watched. */
const LONGEST_SITEMAP = 2_000;
/** Bytes of all: they stand in the host's row beside its rules. */
const SITEMAP_BYTES = 40_000;
/** Seconds: the delay is a courtesy, and some sites ask for a day. */
const MAX_CRAWL_DELAY_S = 120;

type Field = 'user-agent' | 'allow' | 'disallow' | 'sitemap' | 'crawl-delay';

/** Names that are read, with the misspellings that are common and can mean nothing else. */
const FIELDS: Readonly<Record<string, Field>> = {
  'user-agent': 'user-agent',
  useragent: 'user-agent',
  'user agent': 'user-agent',
  allow: 'allow',
  disallow: 'disallow',
  dissallow: 'disallow',
  dissalow: 'disallow',
  disalow: 'disallow',
  diasllow: 'disallow',
  disallaw: 'disallow',
  sitemap: 'sitemap',
  'site-map': 'sitemap',
  'crawl-delay': 'crawl-delay',
  crawldelay: 'crawl-delay',
};

interface Group {
  rules: RobotsRule[];
  delay: number | null;
}

/**
 * Reads the groups that apply to a product token: those that name it, all of them together, else those for `*`.
 *
 * Lines that cannot be read, and rules before any user agent, are passed over; lines of other names do not part the lines
 * around them.
 *
 * @param productToken such as `Copydesk`; compared without regard to case
 */
export function parseRobotsTxt(bytes: Uint8Array, productToken: string): RobotsRules {
  const ours: Group = { rules: [], delay: null };
  const everyone: Group = { rules: [], delay: null };
  const sitemaps = new Set<string>();
  let sitemapBytes = 0;
  let named = false;
  let open: Set<Group> = new Set();
  let openEnded = false;

  for (const { field, value } of fieldsOf(bytes)) {
    switch (field) {
      case 'user-agent':
        // One after a rule begins another group; one after another shares it.
        if (openEnded) open = new Set();
        openEnded = false;
        if (isEveryone(value)) open.add(everyone);
        else if (tokenOf(value).toLowerCase() === productToken.toLowerCase()) {
          open.add(ours);
          named = true;
        }
        break;
      case 'allow':
      case 'disallow':
        openEnded = true;
        // Without a path it is no rule, but it ends the list of user agents.
        if (value !== '') for (const { rules } of open) rules.push({ allow: field === 'allow', pattern: ascii(value) });
        break;
      case 'crawl-delay':
        for (const group of open) group.delay = longest(group.delay, value);
        break;
      case 'sitemap':
        if (value === '' || value.length > LONGEST_SITEMAP || sitemaps.size >= MAX_SITEMAPS) break;
        sitemapBytes += value.length;
        if (sitemapBytes <= SITEMAP_BYTES) sitemaps.add(Buffer.from(value, 'latin1').toString('utf8'));
    }
  }
  const { rules, delay } = named ? ours : everyone;
  return { rules, crawlDelaySeconds: delay, sitemaps: [...sitemaps] };
}

/** The lines with a name that is known, one character an octet. */
function* fieldsOf(bytes: Uint8Array): Generator<{ field: Field; value: string }> {
  const text = Buffer.from(bytes.subarray(0, ROBOTS_BYTES)).toString('latin1');
  // A byte order mark, which some editors leave cut off.
  const start = /^(?:\xef(?:\xbb\xbf?)?)?/.exec(text)?.[0].length ?? 0;
  const lines = text.slice(start).split(/[\r\n]/);
  // What the cap cuts in two could say more than was meant: `Disallow: /` of `Disallow: /private/`.
  if (bytes.length > ROBOTS_BYTES) lines.pop();
  for (const whole of lines) {
    const line = trimmed(whole.slice(0, MAX_LINE).split('#', 1)[0] ?? '');
    const colon = line.indexOf(':');
    // Without a colon, a name and one value are meant well enough.
    const [name = '', value = ''] = colon >= 0 ? [line.slice(0, colon), line.slice(colon + 1)] : twoWords(line);
    const field = FIELDS[trimmed(name).toLowerCase()];
    if (field) yield { field, value: trimmed(value) };
  }
}

/** White space of ASCII alone: the octet A0 is the second half of a letter. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

function twoWords(line: string): string[] {
  const words = line.split(/[ \t]+/, 3);
  return words.length === 2 ? words : [];
}

/** `*`, alone or with more words behind it. */
function isEveryone(value: string): boolean {
  return /^\*(?:$|\s)/.test(value);
}

/** The product token that a user agent begins with: letters, hyphens and underscores (2.2.1); empty where it has none. */
export function tokenOf(userAgent: string): string {
  return /^[A-Za-z_-]*/.exec(userAgent)?.[0] ?? '';
}

/**
 * The product token of a client by its whole user agent. One that begins like a browser's names the robot in its comment,
 * as in the RFC's own example (2.2.1): `Mozilla/5.0 (compatible; ExampleBot/0.1; https://www.example.com/bot.html)`.
 */
export function productTokenOf(userAgent: string): string {
  if (!/^mozilla\//i.test(userAgent)) return tokenOf(userAgent);
  return tokenOf(/\bcompatible; {0,9}([^\s;)]{1,100})/i.exec(userAgent)?.[1] ?? '');
}

function ascii(value: string): string {
  return value.replace(
    /[^\x20-\x7e]/g,
    (octet) => `%${octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function longest(known: number | null, value: string): number | null {
  // Some name the unit, which can be no other.
  const seconds = /^(\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})(?: ?s(?:ec(?:ond)?s?)?)?$/i.exec(value)?.[1];
  if (seconds === undefined) return known;
  return Math.max(known ?? 0, Math.min(Number(seconds), MAX_CRAWL_DELAY_S));
}

/**
 * Whether rules let us ask for a URL: the longest pattern that matches decides, `Allow` among equals (2.2.2). What no pattern
 * matches is allowed, and so is /robots.txt.
 */
export function isAllowed({ rules }: Pick<RobotsRules, 'rules'>, url: string): boolean {
  return decidingRule({ rules }, url)?.allow ?? true;
}

/** The rule that decides on a URL; null where none does. */
export function decidingRule({ rules }: Pick<RobotsRules, 'rules'>, url: string): RobotsRule | null {
  const parsed = new URL(url);
  if (parsed.pathname === '/robots.txt') return null;
  const path = comparablePath(parsed);
  let deciding: { rule: RobotsRule; length: number } | null = null;
  for (const rule of rules) {
    for (const pattern of patternsOf(rule)) {
      const outranked =
        deciding && (deciding.length > pattern.length || (deciding.length === pattern.length && !rule.allow));
      if (!outranked && pattern.matches(path)) deciding = { rule, length: pattern.length };
    }
  }
  return deciding?.rule ?? null;
}

const FOLDER_INDEX = /\/index\.html?$/;

/** A folder's index page is the folder: who allows the one by name allows the other, as Google reads it. */
function patternsOf({ allow, pattern }: RobotsRule): PathPattern[] {
  const itself = pathPattern(pattern);
  if (!allow || !FOLDER_INDEX.test(pattern)) return [itself];
  return [itself, pathPattern(`${pattern.replace(FOLDER_INDEX, '/')}$`)];
}
