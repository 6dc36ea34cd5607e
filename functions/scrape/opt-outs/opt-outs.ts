/** What a site and its answer ask of machines that keep and mine text: recorded with every page, obeyed where a source says so. */
import type { AnswerHints } from '../../article/feed-hints.ts';
import type { HttpHeaders } from '../http.ts';
import { readPageMetas } from './page-metas.ts';
import { robotsDirectives } from './robots-directives.ts';
import { latest, reservationByFile, reservationByHeader, type TdmRule } from './tdmrep.ts';

export interface FetchedPage {
  url: string;
  headers: HttpHeaders;
  body: Uint8Array;
}

/**
 * What the answer says besides the page: hints for the record's rights.
 *
 * @param tdmRules of the origin's tdmrep.json
 * @returns null where it says nothing
 */
export function answerHints(
  { url, headers }: Pick<FetchedPage, 'url' | 'headers'>,
  tdmRules: readonly TdmRule[],
  productToken: string,
  now: Date,
): AnswerHints | null {
  const fields = headers['x-robots-tag']?.split('\n', 20) ?? [];
  const robots = [...new Set(fields.flatMap((field) => robotsDirectives(field, productToken, now)))];
  const { reserved, policy } = latest(reservationByFile(tdmRules, url), reservationByHeader(headers, url));
  if (robots.length === 0 && reserved === null) return null;
  return { robots, tdmReserved: reserved, tdmPolicy: policy };
}

/** Directives by which a page asks not to be kept, or not by AI. */
const STAY_AWAY = ['noai', 'noindex'];

/**
 * Why a page is to be left alone by a source that obeys opt-outs, in words; null where nothing stands against it.
 *
 * @param answer as {@link answerHints} gave it
 */
export function optOut(
  { url, body }: Pick<FetchedPage, 'url' | 'body'>,
  answer: AnswerHints | null,
  productToken: string,
  now: Date,
): string | null {
  const page = readPageMetas(body, url, productToken, now);
  for (const directive of STAY_AWAY) {
    if (answer?.robots.includes(directive)) return `it asks machines to stay away (X-Robots-Tag: ${directive})`;
    if (page.robots.includes(directive)) return `it asks machines to stay away (meta robots: ${directive})`;
  }
  const stated = { reserved: answer?.tdmReserved ?? null, policy: answer?.tdmPolicy ?? null };
  const { reserved, policy } = latest(stated, page.tdm);
  if (reserved !== true) return null;
  const terms = policy === null ? '' : `; ${policy} has the terms`;
  return `it reserves the rights to text and data mining (TDMRep${terms})`;
}
