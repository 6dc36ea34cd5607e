import { describe, expect, it } from 'vitest';
import { namesSite, siteNames, stripSite, titlePieces } from '../../../functions/extract/metadata/title.ts';

describe('titles without the site', () => {
  const site = siteNames(['The Harbour Post'], 'www.harbourpost.example.com');

  it.each([
    ['Ferries return | The Harbour Post', 'Ferries return'],
    ['Ferries return - Harbour Post', 'Ferries return'],
    ['Ferries return — harbourpost.example.com', 'Ferries return'],
    ['Harbour Post: Ferries return', 'Ferries return'],
    ['Ferries return | News | The Harbour Post', 'Ferries return'],
    ['Ferries return – what islanders say', 'Ferries return – what islanders say'],
    ['Harbour towns: ferries return', 'Harbour towns: ferries return'],
    ['The Harbour Post', 'The Harbour Post'],
    ['', ''],
  ])('makes of %j %j', (title, stripped) => {
    expect(stripSite(title, site)).toBe(stripped);
  });

  it('cuts nothing where the site is unknown', () => {
    expect(stripSite('Ferries return | The Harbour Post', siteNames([], null))).toBe(
      'Ferries return | The Harbour Post',
    );
  });

  it('knows the site by its initials and by a name one word longer', () => {
    const awards = siteNames(['World Future Awards'], null);
    expect(namesSite('WFA', awards)).toBe(true);
    expect(namesSite('World Future Awards News', awards)).toBe(true);
    expect(namesSite('World ferries', awards)).toBe(false);
  });

  it('offers the parts of a title from either end', () => {
    expect(titlePieces('A | B | C')).toEqual({ heads: ['A', 'A | B'], tails: ['B | C', 'C'] });
  });

  it.each(['|'.repeat(100_000), ' - '.repeat(50_000), ' '.repeat(1_000_000)])(
    'answers on long runs of separators',
    (title) => {
      expect(stripSite(title, site).length).toBeLessThanOrEqual(600);
    },
  );
});
