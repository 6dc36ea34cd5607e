import { describe, expect, it } from 'vitest';
import { dropFrontMatter } from '../../../functions/extract/html/front-matter.ts';
import { segmentPage } from '../../../functions/extract/html/segment.ts';
import { parseMarkup } from '../../../functions/extract/markup/parse.ts';

const ICE = 'The ferries return on Monday, after eleven days of ice, the operator said in a statement.';
const QUAY = 'Traders on the quay had stored their eel in the cold house of the old brewery meanwhile.';
const said = {
  title: 'Ferries return to the islands',
  siteName: 'Harbour Post',
  authors: [],
  language: 'en',
  publishedDay: null,
};

/** What is left of blocks that were all kept. */
function left(...blocks: string[]): string[] {
  const tree = parseMarkup(blocks.map((block) => `<p>${block}</p>`).join(''));
  if (tree === null) throw new Error('no page');
  const { segments } = segmentPage(tree, new Map());
  const keep = new Uint8Array(segments.length).fill(1);
  dropFrontMatter(segments, keep, said, new Date('2026-06-01T00:00:00Z'));
  return segments.filter((_, i) => keep[i] === 1).map(({ text }) => text);
}

describe('what stands around a text', () => {
  it.each([
    ['the name of the site', 'Harbour Post'],
    ['the headline and who wrote it, parted by line breaks', 'Ferries return to the islands<br>Ann Lee<br>On board'],
  ])('goes above it: %s', (_, block) => {
    expect(left(block, ICE, QUAY)).toEqual([ICE, QUAY]);
  });

  it.each([
    ['an address for mail', 'ann.lee@harbourpost.example'],
    ['the address of the page and whose it is', 'URL: https://harbourpost.example/1<br>© Harbour Post'],
    ['whom to call', 'Jo Bright<br>Head of Communications<br>Tel. +44 20 7946 0123'],
  ])('goes below it: %s', (_, block) => {
    expect(left(ICE, QUAY, block)).toEqual([ICE, QUAY]);
  });

  it.each([
    ['a verse of short lines', 'The boats are out<br>The quay is bare'],
    ['sources', Array.from({ length: 6 }, (_, i) => `https://source.example/${i}`).join('<br>')],
  ])('stays where it is %s', (_, block) => {
    expect(left(ICE, QUAY, block)).toHaveLength(3);
  });
});
