import { decodeHTMLAttribute } from 'entities';
import { Tokenizer } from 'htmlparser2';
import { escapeHtml } from '../../../article/render/html.ts';
import { readSourceSet } from '../../../extract/html/source-set.ts';

/** Attributes that hold one address. */
const ADDRESSES: ReadonlySet<string> = new Set(['href', 'src', 'poster', 'cite', 'longdesc', 'data', 'background']);
/** Addresses that need no base: with a scheme, or a place in the text itself. */
const COMPLETE = /^\s*(?:[a-z][a-z\d+.-]*:|#|$)/i;

/** Holds several. */
const SOURCE_SET = 'srcset';

/** What an attribute says, with addresses that are relative made absolute. */
export function absoluteValue(attribute: string, value: string, base: string): string {
  if (ADDRESSES.has(attribute)) return absolute(value, base);
  if (attribute !== SOURCE_SET) return value;
  return readSourceSet(value)
    .map(({ url, descriptor }) => `${absolute(url, base)}${descriptor === null ? '' : ` ${descriptor}`}`)
    .join(', ');
}

function absolute(reference: string, base: string): string {
  return COMPLETE.test(reference) ? reference : (URL.parse(reference.trim(), base)?.href ?? reference);
}

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
        if (attribute !== SOURCE_SET && !ADDRESSES.has(attribute)) return;
        const stated = decodeHTMLAttribute(html.slice(start, end));
        const value = absoluteValue(attribute, stated, base);
        if (value === stated) return;
        written += html.slice(copied, start) + escapeHtml(value);
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
