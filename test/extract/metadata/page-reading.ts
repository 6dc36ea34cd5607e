import { parseMarkup } from '../../../functions/extract/markup/parse.ts';
import { type Metadata, readMetadata } from '../../../functions/extract/metadata/read-metadata.ts';

const asOf = new Date('2026-06-01T00:00:00Z');

/** What a page says, taken in June 2026. */
export function read(html: string, url: string | null = 'https://www.harbourpost.example/news/ferries'): Metadata {
  const tree = parseMarkup(html);
  if (tree === null) throw new Error('too many elements');
  return readMetadata(tree, { url, asOf });
}

export const ld = (value: unknown): string =>
  `<script type="application/ld+json">${typeof value === 'string' ? value : JSON.stringify(value)}</script>`;

export const article = (fields: object): string =>
  ld({ '@context': 'https://schema.org/', '@type': 'NewsArticle', ...fields });
