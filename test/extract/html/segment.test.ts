import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentPage } from '../../../functions/extract/html/segment.ts';
import { endOf, startOf } from '../../../functions/extract/html/text-ends.ts';
import { WordHashes } from '../../../functions/extract/html/words.ts';
import { parseMarkup } from '../../../functions/extract/markup/parse.ts';

const PIECES = ['a', 'Bc', '1', '.', '...', ' ', '\n', '\t ', '\u00a0', '\u200b', 'é', 'я', 'İ', '海', '😀', '“', '-'];

/** All that is told of the one block of a page, and of how it is read. */
function blockOf(html: string) {
  const tree = parseMarkup(`<p>${html}</p>`);
  if (tree === null) throw new Error('no page');
  const { segments, counts } = segmentPage(tree, new Map());
  return segments.map((block) => {
    const words = new WordHashes();
    words.readBlock(block, tree.source);
    const again = new WordHashes();
    again.read(block.text);
    expect([words.count, words.wholeLow, words.wholeHigh]).toEqual([again.count, again.wholeLow, again.wholeHigh]);
    const { text, words: count, letters, stops } = block;
    const ends = [startOf(block), endOf(block)];
    return {
      text,
      count,
      letters,
      stops,
      ends,
      capitals: counts.capitals[0],
      hashes: [...words.low.slice(0, words.count)],
    };
  });
}

describe('a block of text', () => {
  it('is the same whether it stands in the source as a whole or in pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }), (pieces) => {
        const text = `x${pieces.join('')}`;
        const whole = blockOf(text);
        expect(blockOf(`x${pieces.join('<i></i>')}`)).toEqual(whole);
        expect(blockOf(`${text}<!-- --> \n`)).toEqual(whole);
        expect(blockOf([...text].map((sign) => `&#${sign.codePointAt(0)};`).join(''))).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('has its white space folded and none around it', () => {
    expect(blockOf('\n  The  bridge\n is\u00a0 open. \n ')[0]?.text).toBe('The bridge is open.');
    expect(blockOf(' One line <br> \n another ')[0]?.text).toBe('One line\nanother');
    expect(blockOf('One <b> word </b> \n <i></i> more')[0]?.text).toBe('One word more');
  });
});
