/** Lists in plain text: site maps of one address a line (sitemaps.org), and the Sitemap lines of a robots.txt. */

/** Share of other lines that a list may have: a heading, a remark. */
const OTHERS = 0.5;
/** Such lines after which a text that has more of them than addresses is given up. */
const MOST_OTHERS = 50;
/** Characters of a line: an address of sitemaps.org, which has less than 2,048, and blanks around it. */
const MAX_LINE = 2_100;

/** @returns the addresses, in order; null where the text is no such list */
export function readUrlLines(text: string, max: number): { urls: string[]; cut: boolean } | null {
  const urls: string[] = [];
  let others = 0;
  for (const line of linesOf(text)) {
    const url = line.trim();
    if (url === '' || url.startsWith('#')) continue;
    if (url.length <= MAX_LINE && /^https?:\/\/[^\s<>"]{3,}$/i.test(url)) {
      if (urls.length === max) return { urls, cut: true };
      urls.push(url);
    } else if (++others > MOST_OTHERS && others > urls.length * OTHERS) return null;
  }
  return urls.length === 0 || others > urls.length * OTHERS ? null : { urls, cut: false };
}

/**
 * Site maps that a robots.txt names (RFC 9309, 2.2.4 leaves the line to sitemaps.org): anywhere in the file, for all agents.
 *
 * @returns null where the text has no line of a robots.txt
 */
export function readRobotsSitemaps(text: string, max: number): string[] | null {
  const sitemaps = new Set<string>();
  let known = false;
  for (const line of linesOf(text)) {
    const field = /^\s{0,20}([a-z-]{1,20})\s{0,20}:(.{0,2100})/i.exec(line);
    const name = field?.[1]?.toLowerCase();
    if (name === undefined) continue;
    if (/^(?:user-agent|allow|disallow|sitemaps?|site-map|crawl-delay|host|clean-param)$/.test(name)) known = true;
    const value = (field?.[2] ?? '').replace(/\s#.{0,2000}$/, '').trim();
    if (/^site-?maps?$/.test(name) && value !== '' && sitemaps.size < max) sitemaps.add(value);
  }
  return known ? [...sitemaps] : null;
}

function* linesOf(text: string): Generator<string> {
  for (let from = 0; from <= text.length; ) {
    const feed = text.slice(from, from + MAX_LINE + 1).search(/[\r\n]/);
    const end = feed >= 0 ? from + feed : text.length - from <= MAX_LINE ? text.length : endOfLine(text, from);
    yield text.slice(from, Math.min(end, from + MAX_LINE + 1));
    from = end + 1;
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
