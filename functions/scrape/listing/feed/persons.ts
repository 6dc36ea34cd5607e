import { htmlToText, looksLikeHtml, squash } from './html-text.ts';

/** An address as feeds write it, without quotes or comments. */
const ADDRESS = /[^\s()<>,;:"@]{1,64}@[^\s()<>,;:"@]{1,255}/;

/**
 * The name in what RSS calls an author: `ann@example.com (Ann Lee)`, `Ann Lee <ann@example.com>`, `Ann Lee`.
 *
 * @returns null for an address alone: that is nobody's name
 */
export function personName(stated: string | null): string | null {
  if (stated === null) return null;
  let text = stated.slice(0, 500);
  // Angle brackets hold an address far more often than a tag.
  text = text.replace(/<\s?(?:mailto:)?([^\s<>@]{1,64}@[^\s<>]{1,255})>/gi, ' $1 ');
  if (looksLikeHtml(text)) text = htmlToText(text);
  text = squash(text.replace(/^mailto:/i, ''));
  if (!ADDRESS.test(text)) return named(text);
  const bracketed = inBrackets(text);
  if (bracketed !== null && !ADDRESS.test(bracketed)) return named(bracketed);
  return named(text.replace(ADDRESS, ' ').replace(/[()<>[\]"]/g, ' '));
}

/** What the first brackets hold, brackets inside included; null where there are none, or they are empty or not closed. */
function inBrackets(text: string): string | null {
  const from = text.indexOf('(') + 1;
  if (from === 0) return null;
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return text.slice(from, i).trim() || null;
  }
  return null;
}

function named(text: string): string | null {
  // What parted the name from the address.
  const name = squash(squash(text).replace(/^[,;:|]{1,9}|[,;:|]{1,9}$/g, '')).replace(/^["'(]\s?|\s?["')]$/g, (mark) =>
    mark.trim() === ')' && text.includes('(') ? mark : '',
  );
  return /[\p{L}\p{N}]/u.test(name) ? name : null;
}
