/** HTML in the places where feeds say a line or two: titles, names, summaries. */
import { decodeHTMLStrict } from 'entities';
import { Tokenizer } from 'htmlparser2';

/** Elements that stand within a line. All others part words. */
const INLINE = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q ruby rb rt rp s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
const BLOCK = new Set(
  'address area article aside audio blockquote body br button caption center col dd details div dl dt embed fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe img input li link main map meta nav noscript object ol option p param picture pre script section select source style summary svg table tbody td textarea tfoot th thead title tr track ul video'.split(
    ' ',
  ),
);
/** Written without an end tag, by rule or by habit. */
const UNENDED = new Set(['br', 'hr', 'img', 'p', 'li', 'wbr', 'input', 'embed']);
const UNREAD = new Set(['script', 'style', 'title', 'textarea', 'iframe', 'noscript']);

/** What a reader sees of a piece of HTML, in one line. Linear; markup is not checked. */
export function htmlToText(html: string): string {
  if (!html.includes('<') && !html.includes('&')) return squash(html);
  let text = '';
  let unread: string | null = null;
  const nameAt = (start: number, end: number) => html.slice(start, end).toLowerCase();
  const part = (name: string) => {
    if (!INLINE.has(name)) text += ' ';
  };
  new Tokenizer(
    { xmlMode: false, decodeEntities: true },
    {
      ontext: (start, end) => {
        if (unread === null) text += html.slice(start, end);
      },
      ontextentity: (code) => {
        if (unread === null) text += String.fromCodePoint(code);
      },
      onopentagname: (start, end) => {
        const name = nameAt(start, end);
        part(name);
        if (unread === null && UNREAD.has(name)) unread = name;
      },
      onselfclosingtag: () => {},
      onclosetag: (start, end) => {
        const name = nameAt(start, end);
        if (unread === name) unread = null;
        part(name);
      },
      oncdata: (start, end, endOffset) => {
        if (unread === null) text += html.slice(start, end - endOffset);
      },
      onattribdata: () => {},
      onattribend: () => {},
      onattribentity: () => {},
      onattribname: () => {},
      oncomment: () => {},
      ondeclaration: () => {},
      onend: () => {},
      onopentagend: () => {},
      onprocessinginstruction: () => {},
    },
  ).write(`${html}\n`);
  return squash(text);
}

/**
 * Whether a text of which nothing says what it is can only be meant as HTML: it holds a reference, or tags of HTML alone of
 * which one is closed or needs no end. `if a<b and b>c` is not, nor is a headline about the <title> tag.
 */
export function looksLikeHtml(text: string): boolean {
  if (hasReference(text)) return true;
  if (!text.includes('<')) return false;
  let whole = false;
  for (const [, slash, name = ''] of text.matchAll(/<(\/?)([a-z][a-z0-9]{0,10})(?=[\s/>])/gi)) {
    const known = name.toLowerCase();
    if (!INLINE.has(known) && !BLOCK.has(known)) return false;
    whole ||= slash !== '' || UNENDED.has(known);
  }
  return whole && text.includes('>');
}

/**
 * Whether a text that is HTML by its place has any markup: `content:encoded` and a description, by the profile of the RSS
 * Advisory Board. Elements nobody knows are as good as others, and one that was cut off has no end tag.
 */
export function hasMarkup(text: string): boolean {
  return (
    looksLikeHtml(text) || /<!--|<\/[a-z][\w:-]{0,60}\s{0,9}>|<[a-z][\w:-]{0,60}\s[^<>]{0,500}=\s{0,9}["']/i.test(text)
  );
}

/** Escaped once more than they should be, titles say `&#8217;` for an apostrophe. */
export function unescapeTwice(text: string): string {
  return hasReference(text) ? squash(decodeHTMLStrict(text)) : text;
}

function hasReference(text: string): boolean {
  return text.includes('&') && /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d{0,2});/i.test(text);
}

export function squash(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
