import { decodeHTMLAttribute } from 'entities';
import { Tokenizer } from 'htmlparser2';
import { escapeHtml } from '../../../article/render/html.ts';

/** Attributes that hold one address. */
export const ADDRESSES: ReadonlySet<string> = new Set([
  'href',
  'src',
  'poster',
  'cite',
  'longdesc',
  'data',
  'background',
]);
/** Addresses that need no base: with a scheme, or a place in the text itself. */
const COMPLETE = /^\s*(?:[a-z][a-z\d+.-]*:|#|$)/i;

/** The same HTML with its addresses made absolute: what they are relative to is lost once it leaves its feed (XML Base). */
export function absoluteHtml(html: string, base: string): string {
  let written = '';
  let copied = 0;
  let attribute = '';
  const ignore = () => {};
  new Tokenizer(
    { xmlMode: false, decodeEntities: false },
    {
      onattribname: (start, end) => {
        attribute = html.slice(start, end).toLowerCase();
      },
      onattribdata: (start, end) => {
        if (!ADDRESSES.has(attribute)) return;
        const stated = decodeHTMLAttribute(html.slice(start, end));
        if (COMPLETE.test(stated)) return;
        const absolute = URL.parse(stated.trim(), base)?.href;
        if (absolute === undefined) return;
        written += html.slice(copied, start) + escapeHtml(absolute);
        copied = end;
      },
      onattribend: ignore,
      onattribentity: ignore,
      oncdata: ignore,
      onclosetag: ignore,
      oncomment: ignore,
      ondeclaration: ignore,
      onend: ignore,
      onopentagend: ignore,
      onopentagname: ignore,
      onprocessinginstruction: ignore,
      onselfclosingtag: ignore,
      ontext: ignore,
      ontextentity: ignore,
    },
  ).write(html);
  return written + html.slice(copied);
}
