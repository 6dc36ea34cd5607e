/**
 * The facets an article is found by: `tag:…`, `author:…`, `section:…`, `language:…`, and `cluster:…` for copies of it.
 */
import { cutBytes } from './bytes.ts';
import type { ArticleRecord, ExtractedArticle } from './record.ts';
import { slug } from './slug.ts';

export const FACET_KINDS = ['tag', 'author', 'section', 'language', 'cluster'] as const;
export type FacetKind = (typeof FACET_KINDS)[number];

/**
 * Rows an article has at most: a change takes away as many and writes as many, and together with the rest they must
 * stay under the 100 items of a DynamoDB transaction.
 */
export const FACETS = { tags: 20, authors: 8 } as const;

/** Bytes. With kind, shard and card beside it, a row stays within 1 KB, whatever a page calls its language. */
const SLUG_BYTES = 120;

/**
 * The name of a facet, as rows and queries have it.
 *
 * @param value a slug for tag, author and section; a BCP 47 tag, of which the language alone counts; an id of a cluster
 */
export function facetName(kind: FacetKind, value: string): string {
  const named = kind === 'language' ? value.toLowerCase().replace(/-.*/s, '') : value;
  return `${kind}:${cutBytes(named, SLUG_BYTES)}`;
}

type Faceted = Pick<ExtractedArticle, 'tags' | 'authors' | 'section' | 'language'>;

/** What the record's own words say it is found by, each once; more tags or authors than {@link FACETS} has are left out. */
export function facetsOf({ tags, authors, section, language }: Faceted): string[] {
  const named = (kind: FacetKind, values: readonly string[]) =>
    values.filter((value) => value !== '').map((value) => facetName(kind, value));
  return [
    ...new Set([
      ...named('section', section ? [section.slug] : []),
      ...named('language', language ? [language] : []),
      ...[
        ...new Set(
          named(
            'author',
            authors.map(({ name }) => slug(name)),
          ),
        ),
      ].slice(0, FACETS.authors),
      ...[
        ...new Set(
          named(
            'tag',
            tags.map(({ slug: value }) => value),
          ),
        ),
      ].slice(0, FACETS.tags),
    ]),
  ];
}

/** The facets whose lists hold this record: none for a duplicate, which the lists across sites leave out. */
export function listedUnder({ id, facets, duplicateOf, clusterId }: ArticleRecord): string[] {
  if (duplicateOf !== null) return [];
  return clusterId === id ? facets : [...facets, facetName('cluster', clusterId)];
}
