import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { parseMarkup } from '../../../functions/extract/markup/parse.ts';
import { type MarkupTree, type Node, ROOT } from '../../../functions/extract/markup/tree.ts';

function parse(source: string): MarkupTree {
  const tree = parseMarkup(source);
  if (tree === null) throw new Error('too many elements');
  return tree;
}

const COMPARED = ['class', 'id', 'href', 'x-own'];

/** Texts, starts with attributes and ends of a tree of ours, in order. */
function events(tree: MarkupTree): string[] {
  const out: string[] = [];
  let open: Node = ROOT;
  for (let node = 1; ; node++) {
    while (open !== ROOT && node >= (tree.end[open] as number)) {
      out.push(`</${tree.name(open)}>`);
      open = tree.parent[open] as Node;
    }
    if (node >= tree.count) return out;
    if (tree.isText(node)) out.push(tree.text(node));
    else {
      out.push(`<${tree.name(node)} ${COMPARED.map((name) => tree.attribute(node, name)).join('|')}>`);
      open = node;
    }
  }
}

/** The same of htmlparser2's document, without its comments and declarations. */
function expectedEvents(source: string): string[] {
  const out: string[] = [];
  const stack: (ReturnType<typeof parseDocument>['children'][number] | string)[] = [
    ...parseDocument(source).children,
  ].reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next === 'string') out.push(next);
    else if (next.type === 'text') out.push(next.data);
    else if ('attribs' in next) {
      const { attribs } = next;
      out.push(`<${next.name} ${COMPARED.map((name) => attribs[name]).join('|')}>`);
      stack.push(`</${next.name}>`, ...[...next.children].reverse());
    }
  }
  return out;
}

const PIECES = [
  ...['p', 'div', 'li', 'ul', 'table', 'tr', 'td', 'svg', 'math', 'mi', 'h1', 'option', 'select', 'dd', 'x-own', 'a'],
].flatMap((name) => [`<${name}>`, `</${name}>`]);
const ODDITIES = [
  '<br>',
  '</br>',
  '<path d="x"/>',
  '<script>if (a<b) &amp;</script>',
  '<style>a{}',
  '<!-- c -->',
  '<!doctype x>',
  '<?php ?>',
  '<![CDATA[x]]>',
  '</unknown>',
  '</ p>',
  '</',
  '<',
  '>',
  ' & ',
  '&amp;',
  '&am',
  'p;',
  '&copy',
  '&#x41;',
  'é word',
  '<DIV CLASS="a &amp; b" Id=x>',
  "<a href='?a=1&amp;b=2&copy=3' x-own>",
  '<img alt="',
  '"',
  '<p class=">" class=b>',
];

describe('parsing markup', () => {
  it('builds the tree that htmlparser2 builds, whatever the pieces of a page are', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES, ...ODDITIES), { maxLength: 16 }), (pieces) => {
        // htmlparser2 leaves a reference as it stands where the page ends in it.
        const source = `${pieces.join('')}<p>end`;
        expect(events(parse(source))).toEqual(expectedEvents(source));
      }),
      { numRuns: 2_000 },
    );
  });

  it('numbers nodes in document order, each element before what it holds', () => {
    const tree = parse('<ul><li>one<li><b>two</b></ul>tail');
    const names = Array.from({ length: tree.count }, (_, node) => tree.name(node) || tree.text(node));
    expect(names).toEqual(['', 'ul', 'li', 'one', 'li', 'b', 'two', 'tail']);
    expect(tree.end[1]).toBe(7);
    expect(tree.firstChild(1)).toBe(2);
    expect(tree.nextSibling(2)).toBe(4);
    expect(tree.nextSibling(4)).toBe(0);
    expect(tree.nextSibling(1)).toBe(7);
  });

  it('resolves character references in texts and attributes, and leaves scripts as they stand', () => {
    const tree = parse('<a href="?a&amp;b" title>x &lt; y</a><script>a &lt; b</script>');
    expect(tree.attribute(1, 'href')).toBe('?a&b');
    expect(tree.attribute(1, 'title')).toBe('');
    expect(tree.attribute(1, 'class')).toBeUndefined();
    expect(tree.text(2)).toBe('x < y');
    expect(tree.ownText(3)).toBe('a &lt; b');
  });

  it('joins a text that an end tag without a start interrupts', () => {
    const tree = parse('one </x>t&amp;o</y></y> three<b>four</b>');
    expect(tree.text(1)).toBe('one t&o three');
    expect(tree.name(2)).toBe('b');
  });

  it('leaves out a tag in which the page ends', () => {
    expect(events(parse('<p>text<a href="x"'))).toEqual(['<p |||>', 'text', '</p>']);
  });

  it('takes no more than so many elements', () => {
    expect(parseMarkup('<i>'.repeat(400_001))).toBeNull();
    expect(parseMarkup('<br>'.repeat(1_000_000))).toBeNull();
  });

  it('keeps a bounded number of attributes and names, however many a page has', () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `n${i}=v`).join(' ');
    const tree = parse(`<p ${names}>text`);
    expect(tree.attribute(1, 'n0')).toBe('v');
    expect(tree.attribute(1, 'n99999')).toBeUndefined();
    expect(tree.text(2)).toBe('text');
  });

  it('looks at each open element once, however many end tags match none of them', () => {
    // Compared with every open element, these would be 40 thousand million comparisons: minutes.
    const tree = parse('<b>'.repeat(20_000) + 'x</i>'.repeat(200_000) + '</x>'.repeat(2_000_000));
    expect(tree.count).toBe(20_002);
    expect(tree.text(20_001)).toHaveLength(200_000);
  });
});
