/**
 * The card of an article: what a list or an event shows of it, within {@link CARD_BYTES}.
 *
 * Indexes, facet rows and events carry the same card. It holds nothing that changes without being seen in a list, so
 * that most corrections of a text leave the indexes as they are.
 */
import { z } from 'zod';
import { byteLength, cutBytes } from './bytes.ts';
import type { ArticleRecord } from './record.ts';

const instant = z.iso.datetime({ offset: false });

export const ArticleCardSchema = z.object({
  id: z.string(),
  site: z.string().nullable(),
  sortAt: instant,
  title: z.string().nullable().describe('cut where it is very long'),
  canonicalUrl: z.string().nullable().describe('null where it is too long for a card'),
  siteName: z.string().nullable(),
  sectionLabel: z.string().nullable(),
  authorNames: z.array(z.string()).describe('the first few'),
  publishedAt: instant.nullable(),
  language: z.string().nullable(),
  wordCount: z.int().min(0),
  duplicateOf: z.string().nullable(),
  clusterId: z.string(),
});

export type ArticleCard = z.infer<typeof ArticleCardSchema>;

/**
 * Bytes of a card as DynamoDB counts it. With the keys of an index or facet row beside it, the longest of which take
 * 210 bytes, a row stays within 1 KB: one write unit, and eight rows to a read unit.
 */
export const CARD_BYTES = 800;

/** Bytes of everything in a card that has a fixed length, names and entries included, and some to spare. */
const FIXED_BYTES = 320;
const URL_BYTES = 400;
const TITLE_BYTES = 280;
const LABEL_BYTES = 60;
const SITE_BYTES = 100;
const LANGUAGE_BYTES = 20;
const AUTHORS = 4;

/** The card of a record: address and title have the first claim on the room, authors the last. */
export function cardOf(record: ArticleRecord): ArticleCard {
  const site = fits(record.site, SITE_BYTES);
  const language = fits(record.language, LANGUAGE_BYTES);
  let room = CARD_BYTES - FIXED_BYTES - byteLength(language ?? '');
  // In the index by site it stands a second time, as the key, where it is never cut.
  room -= site === null ? byteLength(record.site ?? '') : byteLength(site);
  const take = (text: string | null, bytes: number): string | null => {
    const taken = text === null ? null : cutBytes(text, Math.min(bytes, room));
    room -= byteLength(taken ?? '');
    return taken || null;
  };

  const canonicalUrl = fits(record.canonicalUrl, Math.min(URL_BYTES, room));
  room -= byteLength(canonicalUrl ?? '');
  const title = take(record.title, TITLE_BYTES);
  const siteName = take(record.siteName, LABEL_BYTES);
  const sectionLabel = take(record.section?.label ?? null, LABEL_BYTES);
  const authorNames: string[] = [];
  for (const { name } of record.authors.slice(0, AUTHORS)) {
    // Beside its bytes an entry of a list takes one.
    room -= 1;
    const taken = take(name, LABEL_BYTES);
    if (taken !== null) authorNames.push(taken);
  }
  const { id, sortAt, publishedAt, wordCount, duplicateOf, clusterId } = record;
  return {
    id,
    site,
    sortAt,
    title,
    canonicalUrl,
    siteName,
    sectionLabel,
    authorNames,
    publishedAt,
    language,
    wordCount,
    duplicateOf,
    clusterId,
  };
}

/** Whole or not at all: part of an address or a code is another one. */
function fits(text: string | null, bytes: number): string | null {
  return text !== null && byteLength(text) <= bytes ? text : null;
}
