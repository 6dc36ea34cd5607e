/** Answers that hold no article whatever their bytes say: of another type, or the front page of the site. Pure. */
import { canonicalizeUrl } from '../../article/canonical-url.ts';
import type { HttpAnswer } from '../http.ts';
import { findRoot } from '../listing/document-root.ts';
import type { Page } from '../ports.ts';
import { idOf } from './page-id.ts';

type Response = Extract<HttpAnswer, { kind: 'response' }>;

/** Why an answer is no article, in words; null where it may be one. */
export function unfitness(page: Page, answer: Response): string | null {
  return tooLongAnAddress(page, answer) ?? refusedType(answer) ?? frontPage(page, answer);
}

/** Such an address fits beside no copy, and makes no record. */
function tooLongAnAddress(page: Page, { url }: Response): string | null {
  return idOf(url) === null ? `${page.url} leads to an address of ${url.length} characters, which is too long.` : null;
}

/** `application/octet-stream` and none at all are left to ingest, which looks into the bytes. */
const PAGE_TYPES = /^(?:text\/(?:html|plain|markdown)|application\/(?:xhtml\+xml|octet-stream))$/;

const XML = /^(?:text|application)\/xml$/;
/** Bytes in which a document of that type shows whether it is a page. */
const PROLOG_BYTES = 100_000;

function refusedType({ url, headers, body }: Response): string | null {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (!type || PAGE_TYPES.test(type)) return null;
  if (XML.test(type) && findRoot(Buffer.from(body.subarray(0, PROLOG_BYTES)).toString('latin1')).kind === 'page')
    return null;
  return `${url} is no page but ${type.slice(0, 100)}, which holds no article that could be read.`;
}

/** Sites lead what they have removed to their front page, or to that of a section. */
function frontPage(page: Page, { url, redirects }: Response): string | null {
  if (redirects.length === 0 || !isFrontPage(url) || isFrontPage(page.url)) return null;
  return `${page.url} leads to the front page of its site: the article is not there any more.`;
}

/** Without the parameters that only track: `/?p=77` is an article of many a site. */
function isFrontPage(url: string): boolean {
  const { pathname, search } = new URL(canonicalizeUrl(url) ?? url);
  return pathname === '/' && search === '';
}
