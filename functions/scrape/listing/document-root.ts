/** Where a document's outermost element begins: behind what programs print before it, and before what is inside. */

/** Characters looked at; warnings of PHP in front of a feed take under 10,000. */
const MAX_PROLOG = 100_000;

const ROOTS = new Set(['rss', 'rdf', 'feed', 'urlset', 'sitemapindex', 'channel', 'opml']);
const PAGE = new Set(['html', 'head', 'body']);

export type DocumentRoot =
  /** `at` is where it begins; `name` is the element's local name in small letters. */
  { kind: 'listing'; name: string; at: number } | { kind: 'page' } | { kind: 'other'; name: string | null };

export function findRoot(text: string): DocumentRoot {
  let first: string | null = null;
  let html = false;
  for (let at = text.indexOf('<'); at >= 0 && at < MAX_PROLOG; at = text.indexOf('<', at)) {
    if (text.startsWith('<!--', at)) at = behind(text, '-->', at + 4);
    else if (text.startsWith('<?', at)) at = behind(text, '>', at);
    else if (text.startsWith('<!', at)) {
      // Templates of pages have put it before feeds.
      html ||= /^<!doctype\s{1,20}html\b(?!\s{0,20}\[)/i.test(text.slice(at, at + 60));
      at = behindDeclaration(text, at);
    } else {
      const name = /^<(?:[\w.-]{1,60}:)?([\w.-]{1,60})(?=[\s/>])/.exec(text.slice(at, at + 130))?.[1]?.toLowerCase();
      if (name !== undefined && PAGE.has(name)) return { kind: 'page' };
      if (name !== undefined && ROOTS.has(name)) return { kind: 'listing', name, at };
      if (name === 'entry' && first === null) return { kind: 'listing', name, at };
      if (html && name !== undefined) return { kind: 'page' };
      first ??= name ?? null;
      at++;
    }
  }
  return html ? { kind: 'page' } : { kind: 'other', name: first };
}

function behind(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end + mark.length;
}

/** A document type may hold declarations in brackets. */
function behindDeclaration(text: string, at: number): number {
  const close = text.indexOf('>', at);
  const bracket = text.indexOf('[', at);
  if (close < 0) return text.length;
  if (bracket < 0 || bracket > close || !/^<!doctype/i.test(text.slice(at, at + 9))) return close + 1;
  const end = behind(text, ']', bracket);
  return behind(text, '>', end);
}
