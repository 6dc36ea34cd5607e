/** What a host's row keeps of its robots.txt, and what it says about a page. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { CachedRobots } from '../ports.ts';
import { decidingRule, type RobotsRule } from './robots-txt.ts';

/** Characters; more are packed. */
const PLAIN_LENGTH = 4_000;
/** Characters that a row has room for, twice over for http and https. */
const PACKED_LENGTH = 120_000;
/** Three times what is read of a file: an octet beyond ASCII takes three characters. */
const UNPACKED_BYTES = 2 * 1024 * 1024;
const PACKED = 'deflate:';

/** Rules as text for a host's row, each once; null where they do not fit, which is more than half a megabyte of paths. */
export function packRules(rules: readonly RobotsRule[]): string | null {
  const lines = new Set(rules.map(({ allow, pattern }) => `${allow ? 'Allow' : 'Disallow'}: ${pattern}`));
  const text = [...lines].join('\n');
  if (text.length <= PLAIN_LENGTH) return text;
  const packed = PACKED + deflateRawSync(text).toString('base64');
  return packed.length <= PACKED_LENGTH ? packed : null;
}

function unpackRules(packed: string): RobotsRule[] {
  const text = packed.startsWith(PACKED)
    ? inflateRawSync(Buffer.from(packed.slice(PACKED.length), 'base64'), { maxOutputLength: UNPACKED_BYTES }).toString()
    : packed;
  if (text === '') return [];
  return text.split('\n').map((line) => {
    const colon = line.indexOf(': ');
    return { allow: line.startsWith('Allow'), pattern: line.slice(colon + 2) };
  });
}

/** Whether robots.txt lets us ask for a URL of its origin. */
export function mayFetch(robots: CachedRobots, url: string): { allowed: true } | { allowed: false; why: string } {
  switch (robots.verdict) {
    case 'allow-all':
      return { allowed: true };
    case 'elsewhere':
    case 'disallow-all':
      return new URL(url).pathname === '/robots.txt' ? { allowed: true } : { allowed: false, why: robots.detail };
    case 'rules': {
      const rule = decidingRule({ rules: unpackRules(robots.rules) }, url);
      if (!rule || rule.allow) return { allowed: true };
      return { allowed: false, why: `robots.txt disallows it (Disallow: ${rule.pattern.slice(0, 200)})` };
    }
  }
}
