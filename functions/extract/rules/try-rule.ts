/** What a rule finds on a page without any help of the engine's own choices: for writing rules, and for testing them. */
import type { Author } from '../../article/record.ts';
import { decode } from '../decode.ts';
import { NAME_WEIGHTS } from '../html/block-model.ts';
import { assembleBody, type Body } from '../html/body.ts';
import { keepByRule } from '../html/ruled-body.ts';
import { segmentPage } from '../html/segment.ts';
import { parseMarkup } from '../markup/parse.ts';
import { ROOT } from '../markup/tree.ts';
import { readMetadata } from '../metadata/read-metadata.ts';
import type { Hints } from '../outcome.ts';
import { looksLikeHtml } from '../sniff.ts';
import type { NamedRule, RulePart } from './site-rule.ts';

export interface RuleTrial {
  /** Registrable domain of the page; null where neither the hints nor the page give an address. */
  site: string | null;
  selectors: {
    part: RulePart;
    selector: string;
    /** Elements it matched. */
    count: number;
    /** First words of the first of them that has any. */
    first: string;
    /** Why the search was given up; null where it was not. */
    problem: string | null;
  }[];
  /** What the rule alone gives; null is left to the engine. */
  title: string | null;
  authors: Author[] | null;
  publishedAt: string | null;
  body: Pick<Body, 'text' | 'blocks' | 'words'> | null;
}

/**
 * Tries a rule on a page, whatever its site and days.
 *
 * @returns null where the bytes are not a page of HTML, or one too large to be read
 */
export function tryRule(bytes: Uint8Array, hints: Hints, named: NamedRule): RuleTrial | null {
  const contentType = hints.contentType ?? null;
  const decoded = decode(bytes, contentType);
  if (decoded === null || !looksLikeHtml(decoded.text, contentType)) return null;
  const tree = parseMarkup(decoded.text);
  if (tree === null) return null;
  const url = hints.url ?? null;
  const metadata = readMetadata(tree, { url, asOf: hints.asOf, ruleOf: () => named });
  const { ruled } = metadata;
  if (ruled === null) return null;
  const page = segmentPage(tree, NAME_WEIGHTS, ROOT, ruled.dropped);
  const keep = keepByRule(page, ruled);
  const body = keep && assembleBody(page, keep);
  return {
    site: metadata.site,
    selectors: ruled.matches.map(({ nodes, ...match }) => ({ ...match, count: nodes.length })),
    title: ruled.title,
    authors: ruled.authors,
    publishedAt: ruled.published?.iso ?? null,
    body: body && { text: body.text, blocks: body.blocks, words: body.words },
  };
}
