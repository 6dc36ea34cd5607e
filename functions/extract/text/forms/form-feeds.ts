import { PAGE_NUMBER } from './print-pages.ts';

const FORM_FEED = '\f';
/** Characters of a running head. */
const LONGEST_HEAD = 100;
/** Part of a head's words that the first line of the text has, where no other page begins with the same. */
const SHARED = 0.5;

/**
 * Empties the first and last line of pages that form feeds part, where those are a number or a running head: what PDF
 * readers give. Line ends stay, so that lines keep their numbers.
 */
export function emptyPageEdges(source: string): string {
  if (!source.includes(FORM_FEED)) return source;
  const pages = source.split(FORM_FEED).map((page) => page.split('\n'));
  const heads = pages.map((page) => page[edgeOf(page, 1)] ?? '');
  const masked = heads.map(maskOf);
  const pagesOf = new Map<string, number>();
  for (const mask of masked) pagesOf.set(mask, (pagesOf.get(mask) ?? 0) + 1);
  for (const [at, page] of pages.entries()) {
    const top = edgeOf(page, 1);
    const head = heads[at] ?? '';
    const repeated = (pagesOf.get(masked[at] ?? '') ?? 0) > 1 || sharesWords(head, heads[0] ?? '');
    if (isNumber(head) || (at > 0 && head.length <= LONGEST_HEAD && repeated)) page[top] = '';
    const bottom = edgeOf(page, -1);
    if (isNumber(page[bottom] ?? '')) page[bottom] = '';
  }
  return pages.map((page) => page.join('\n')).join(FORM_FEED);
}

/** Index of the first line that holds something, from the top or from the bottom; −1 where none does. */
function edgeOf(page: readonly string[], step: 1 | -1): number {
  for (let i = step > 0 ? 0 : page.length - 1; i >= 0 && i < page.length; i += step)
    if ((page[i] ?? '').trim() !== '') return i;
  return -1;
}

const isNumber = (line: string): boolean => line.length <= LONGEST_HEAD && PAGE_NUMBER.test(line.trim());
/** Heads differ in numbers alone, and in what is set between them. */
const maskOf = (line: string): string => line.slice(0, LONGEST_HEAD).replace(/\d+/gu, '0').replace(/\s+/gu, ' ').trim();

function sharesWords(head: string, first: string): boolean {
  const own = new Set(first.slice(0, LONGEST_HEAD).toLowerCase().split(/\s+/u));
  const words = head.slice(0, LONGEST_HEAD).toLowerCase().split(/\s+/u).filter(Boolean);
  return words.length > 1 && words.filter((word) => own.has(word)).length >= words.length * SHARED;
}
