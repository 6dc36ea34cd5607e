import type { SiteRule } from './site-rule.ts';

/**
 * The rules that come with the engine, by name. The engine needs none: a rule is for a site that is read often and whose
 * markup misleads it. These four show the form, on names that no real site can have (RFC 2606); each has a page in
 * test/pages that fails without it.
 */
export const SHIPPED_RULES = {
  'tideline-parts': {
    site: 'tideline.example',
    validFrom: '2025-01-01',
    validUntil: null,
    title: '.kicker-line > strong',
    authors: '.contributors li',
    published: 'meta[name="x-tideline-day"]',
    body: '.part',
    drop: '.part .ledger',
  },
  'fellwatch-tables': {
    site: 'fellwatch.example',
    validFrom: '2015-01-01',
    validUntil: '2025-09-30',
    title: 'td.head b',
    published: 'td.when',
    body: 'td.copy',
  },
  'fellwatch-sections': {
    site: 'fellwatch.example',
    validFrom: '2025-10-01',
    validUntil: null,
    body: '[data-slot="copy"]',
  },
  'quaymarket-asides': {
    site: 'quaymarket.example',
    validFrom: '2025-01-01',
    validUntil: null,
    authors: '.desk-note',
    drop: '.house-note',
  },
} satisfies Record<string, SiteRule>;
