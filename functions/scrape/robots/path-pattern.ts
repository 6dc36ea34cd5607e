/**
 * Path patterns with `*` and `$`, as robots.txt (RFC 9309, 2.2.2 and 2.2.3) and tdmrep.json have them.
 */

const UNRESERVED = /[A-Za-z0-9._~-]/;
const HEX_PAIR = /^[0-9A-Fa-f]{2}$/;

/** What is matched of a URL: path and query, in the two spellings that are equal. */
export interface ComparablePath {
  plain: string;
  /** With reserved characters of the query percent-encoded. */
  encoded: string;
}

/** Path and query of a URL without credentials, ready for {@link PathPattern.matches}. */
export function comparablePath(url: URL): ComparablePath {
  // Not from its parts: those of `/?` and of `/` are the same.
  const [path = ''] = url.href.slice(url.origin.length).split('#', 1);
  const plain = normalized(path, LITERAL);
  return { plain, encoded: encodedQuery(plain, '') };
}

export interface PathPattern {
  /** Octets: of the patterns that match, the longest counts most. */
  length: number;
  matches(path: ComparablePath): boolean;
}

/**
 * Reads a pattern: a beginning of paths, in which `*` is any run of characters and a `$` at the end is the end.
 *
 * Spellings that percent-encode what need not be, or do not where they must, are equal (2.2.2); `%2A` and `%24` are the
 * characters themselves. Reserved characters in a query are equal to their encoded form too, as the table there has it.
 *
 * @param pattern octets, one character each, as `latin1` decodes them
 */
export function pathPattern(pattern: string): PathPattern {
  const anchored = pattern.endsWith('$');
  const plain = normalized(anchored ? pattern.slice(0, -1) : pattern, WILDCARD).split('*');
  // Only a question mark tells that what follows is a query.
  const encoded = pattern.includes('?') ? encodedQuery(plain.join('*'), '*').split('*') : plain;
  return {
    length: plain.join('*').length + (anchored ? 1 : 0),
    matches: (path) =>
      matchesParts(path.plain, plain, anchored) || (encoded !== plain && matchesParts(path.encoded, encoded, anchored)),
  };
}

/**
 * Whether a path begins with the first part and has the others behind it in order. The first place where a part fits is as
 * good as any later one, so nothing is tried twice.
 */
function matchesParts(path: string, parts: readonly string[], anchored: boolean): boolean {
  const [first = '', ...rest] = parts;
  if (!path.startsWith(first)) return false;
  let at = first.length;
  const last = anchored ? rest.pop() : undefined;
  for (const part of rest) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  if (!anchored) return true;
  return last === undefined ? at === path.length : path.length - last.length >= at && path.endsWith(last);
}

/** Characters that stay as they are in a path: reserved and unreserved ones but for those that patterns give a meaning. */
const LITERAL = /[A-Za-z0-9._~:/?#[\]@!&'()+,;=-]/;
const WILDCARD = /[A-Za-z0-9._~:/?#[\]@!&'()+,;=*-]/;

function normalized(path: string, kept: RegExp): string {
  let out = '';
  for (let i = 0; i < path.length; i++) {
    const char = path.charAt(i);
    const pair = char === '%' ? path.slice(i + 1, i + 3) : '';
    if (HEX_PAIR.test(pair)) {
      const octet = String.fromCharCode(Number.parseInt(pair, 16));
      out += UNRESERVED.test(octet) ? octet : `%${pair.toUpperCase()}`;
      i += 2;
    } else {
      out += kept.test(char) ? char : encoded(char);
    }
  }
  return out;
}

function encoded(octet: string): string {
  return `%${octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** @param normal a normalized path or pattern @param wildcard the one reserved character that stays */
function encodedQuery(normal: string, wildcard: string): string {
  const mark = normal.indexOf('?');
  if (mark < 0) return normal;
  const query = normal
    .slice(mark + 1)
    .replace(/[:/?#[\]@!$&'()*+,;=]/g, (char) => (char === wildcard ? char : encoded(char)));
  return normal.slice(0, mark + 1) + query;
}
