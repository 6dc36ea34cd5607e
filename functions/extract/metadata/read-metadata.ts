import type { Document } from 'domhandler';
import type { Context } from '../outcome.ts';
import type { Metadata } from './metadata.ts';

export type { Metadata, PageType } from './metadata.ts';

/**
 * Reads what a page says about its article besides the body, each field by its own order of trust.
 *
 * @param document the parsed page; it is not changed
 * @param context where and when the copy was taken; dates more than a day after it are refused
 * @returns every field, absent ones null or empty; it does not throw on any page
 */
export function readMetadata(_document: Document, _context: Context): Metadata {
  return {
    title: null,
    subtitle: null,
    description: null,
    authors: [],
    siteName: null,
    section: null,
    breadcrumbs: [],
    tags: [],
    publishedAt: null,
    modifiedAt: null,
    publishedRaw: null,
    datePrecision: null,
    dateSource: null,
    kind: null,
    accessibleForFree: null,
    mainImage: null,
    provenance: {},
    publishedDay: null,
    canonicalLink: null,
    declaredLanguage: null,
    declaredDirection: null,
    articleBody: null,
    pageType: { says: 'unknown', schemaTypes: [], ogType: null, rule: 'none' },
    warnings: [],
  };
}
