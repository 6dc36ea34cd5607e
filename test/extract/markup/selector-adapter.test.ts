import { load } from 'cheerio/slim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarkup } from '../../../functions/extract/markup/parse.ts';
import { SelectorTooCostly, selectNodes } from '../../../functions/extract/markup/selector-adapter.ts';
import type { MarkupTree } from '../../../functions/extract/markup/tree.ts';

function parse(source: string): MarkupTree {
  const tree = parseMarkup(source);
  if (tree === null) throw new Error('too many elements');
  return tree;
}

const TAGS = ['div', 'p', 'span', 'ul', 'li', 'b'];
const CLASSES = ['story', 'card', 'lead'];

/** Small documents: elements bear their number, by which both engines name what they found. */
const documents = fc
  .array(
    fc.oneof(
      fc.record({
        tag: fc.constantFrom(...TAGS),
        classes: fc.subarray(CLASSES),
        id: fc.constantFrom('', 'main', 'side'),
      }),
      fc.constant('up' as const),
      fc.constantFrom('Fog lifts', 'Rain', ' '),
    ),
    { maxLength: 40 },
  )
  .map((steps) => {
    const open: string[] = [];
    let source = '';
    for (const [number, step] of steps.entries()) {
      if (step === 'up') source += open.length > 0 ? `</${open.pop()}>` : '';
      else if (typeof step === 'string') source += step;
      else {
        source += `<${step.tag} data-n="${number}" class="${step.classes.join(' ')}"${step.id && ` id="${step.id}"`}>`;
        open.push(step.tag);
      }
    }
    return source;
  });

const simple = fc
  .tuple(
    fc.constantFrom('*', ...TAGS),
    fc.constantFrom(
      ...['', '.story', '.card', '#main', '[class~=lead]', '[id]', '[class^=st]', ':first-child', ':last-of-type'],
      ...[':nth-child(2n+1)', ':empty', ':not(.card)', ':has(> b)', ':has(.lead)', ':is(.story, #side)', ':root'],
      ...[':contains("Fog")', ':only-child', ':nth-last-of-type(1)'],
    ),
  )
  .map((parts) => parts.join(''));
const selectors = fc
  .array(fc.tuple(fc.constantFrom(' ', ' > ', ' + ', ' ~ '), simple), { minLength: 1, maxLength: 3 })
  .chain((steps) => {
    const one = steps.map(([combinator, part], index) => (index === 0 ? part : combinator + part)).join('');
    return fc.oneof(
      fc.constant(one),
      simple.map((other) => `${one}, ${other}`),
    );
  });

describe('selectors over the numbered tree', () => {
  it('match what cheerio matches, in the same order', () => {
    let matched = 0;
    fc.assert(
      fc.property(documents, selectors, (source, selector) => {
        const tree = parse(source);
        const ours = selectNodes(tree, selector).map((node) => tree.attribute(node, 'data-n'));
        const $ = load(source);
        const theirs = $(selector)
          .toArray()
          .map((element) => $(element).attr('data-n'));
        expect(ours).toEqual(theirs);
        matched += ours.length;
      }),
      { numRuns: 1000 },
    );
    expect(matched).toBeGreaterThan(100);
  });

  it('leave out what stands inside a template', () => {
    expect(selectNodes(parse('<p>a</p><template><p>b</p></template><p>c</p>'), 'p')).toHaveLength(2);
  });

  it.each(['p:nonsense', 'div >', '[', 'p::first-line', ''])('say that "%s" is no selector', (selector) => {
    expect(() => selectNodes(parse('<p>a'), selector)).toThrow(SyntaxError);
  });

  it('give up on a page on which a selector would take quadratic time', () => {
    const siblings = parse('<p></p>'.repeat(50_000));
    expect(() => selectNodes(siblings, 'i ~ p')).toThrow(SelectorTooCostly);
    const nested = parse('<div>'.repeat(50_000));
    expect(() => selectNodes(nested, 'p div')).toThrow(SelectorTooCostly);
    expect(selectNodes(siblings, 'p')).toHaveLength(50_000);
  });
});
