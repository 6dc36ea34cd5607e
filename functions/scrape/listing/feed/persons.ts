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
  const bracketed = /\(([^()]{1,200})\)/.exec(text)?.[1];
  if (bracketed !== undefined && !ADDRESS.test(bracketed)) return named(bracketed);
  return named(text.replace(ADDRESS, ' ').replace(/[()<>[\]"]/g, ' '));
}

function named(text: string): string | null {
  const name = squash(text).replace(/^["'(]\s?|\s?["')]$/g, (mark) =>
    mark.trim() === ')' && text.includes('(') ? mark : '',
  );
  return /[\p{L}\p{N}]/u.test(name) ? name : null;
}
