import fc from 'fast-check';
import type { Nodes, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { BLOCK_KINDS, type BlockKind, type Image } from '../../functions/article/record.ts';
import type { Block } from '../../functions/article/render/blocks.ts';
import { renderMarkdown } from '../../functions/article/render/markdown.ts';

const parse = (markdown: string) =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

const render = (blocks: Block[], images: Image[] = [], title: string | null = null) =>
  renderMarkdown({
    title,
    text: blocks.map(({ text }) => text).join('\n\n'),
    blocks: blocks.map(({ kind }) => kind),
    images,
    embeds: [],
  });

/** The text a reader sees, hard breaks as line feeds. */
function textOf(node: Nodes): string {
  if (node.type === 'break') return '\n';
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** What a CommonMark reader makes of our Markdown, in the terms of the record. */
function* blocksOf(nodes: readonly RootContent[], depth = 0): Generator<Block> {
  for (const node of nodes) {
    if (node.type === 'list') {
      const kind = `${node.ordered ? 'ol' : 'ul'}${depth + 1}` as BlockKind;
      for (const item of node.children) {
        for (const child of item.children) {
          if (child.type === 'paragraph') yield { kind, text: textOf(child) };
          else yield* blocksOf([child], depth + 1);
        }
      }
    } else if (node.type === 'blockquote') {
      for (const child of node.children) yield { kind: 'quote', text: textOf(child) };
    } else if (node.type === 'heading') {
      yield { kind: `h${node.depth}` as BlockKind, text: textOf(node) };
    } else if (node.type === 'code') {
      yield { kind: 'pre', text: node.value };
    } else if (node.type === 'table') {
      yield { kind: 'table', text: node.children.map((row) => row.children.map(textOf).join('\t')).join('\n') };
    } else if (node.type === 'paragraph') {
      const [only, ...more] = node.children;
      const caption = only?.type === 'emphasis' && more.length === 0;
      yield { kind: caption ? 'caption' : 'p', text: textOf(node) };
    } else {
      yield { kind: node.type as BlockKind, text: textOf(node) };
    }
  }
}

const readBack = (markdown: string) => [...blocksOf(parse(markdown).children)];

/** White space at the ends of lines means nothing in Markdown; cells that a row lacks are empty ones. */
function comparable({ kind, text }: Block): Block {
  if (kind === 'pre') return { kind, text: text.replaceAll(/^ $/gm, '') };
  if (kind === 'table') {
    const rows = text.split('\n').map((row) => row.split('\t').map((cell) => cell.trim()));
    const columns = Math.max(...rows.map((row) => row.length));
    return {
      kind,
      text: rows.map((row) => Array.from({ length: columns }, (_, i) => row[i] ?? '').join('\t')).join('\n'),
    };
  }
  if (/^h\d$/.test(kind)) return { kind, text: text.replaceAll('\n', ' ').trim() };
  return {
    kind,
    text: text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .join('\n'),
  };
}

/** Whatever stands in copy, with what means something in Markdown far above its share. */
const word = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }).map((s) => s.replaceAll(/[\s\p{C}]/gu, 'x')),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...[
        '*',
        '**',
        '_',
        '__',
        '~',
        '~~',
        '`',
        '```',
        '\\',
        '#',
        '##',
        '>',
        '-',
        '+',
        '1.',
        '2)',
        '=',
        '===',
        '---',
        '|',
      ],
      ...[
        '|---|',
        ':--',
        '[x]',
        '[ ]',
        '[!NOTE]',
        '![',
        '](',
        '[a](b)',
        '[a]:',
        '<b>',
        '</b>',
        '<!--',
        '&amp;',
        '&#35;',
        '&copy',
      ],
      ...[
        'http://a_b_.example/_x_',
        'www.example.org/*a*',
        'me@example.org',
        'snake_case',
        'a*b*c',
        'C:\\dir\\*',
        '$x$',
        '1986.',
      ],
      ...['漢字', 'مرحبا', '«', '“', '’', '…'],
    ),
  },
);
const line = fc
  .array(fc.tuple(word, fc.constantFrom(' ', '', ' ')), { minLength: 1, maxLength: 8 })
  .map((words) => words.flat().join('').trim())
  .filter((text) => text !== '');
const lines = fc.array(line, { minLength: 1, maxLength: 3 }).map((all) => all.join('\n'));
const code = fc
  .array(
    fc.oneof(
      line,
      line.map((text) => `    ${text}`),
      fc.constant(' '),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) => all.join('\n'))
  .filter((text) => text.trim() !== '');
const table = fc
  .array(
    fc.array(line, { minLength: 1, maxLength: 4 }).map((cells) => cells.join('\t')),
    { minLength: 1, maxLength: 4 },
  )
  .map((rows) => rows.join('\n'));
const block: fc.Arbitrary<Block> = fc.constantFrom(...BLOCK_KINDS).chain((kind) => {
  const text = kind === 'pre' ? code : kind === 'table' ? table : lines;
  return text.map((content) => ({ kind, text: content }));
});

describe('Markdown of a record', () => {
  it('reads back as the same blocks, whatever the copy holds', () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 8 }), (blocks) => {
        expect(readBack(render(blocks)).map(comparable)).toEqual(blocks.map(comparable));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the title a title and one line, whatever it holds', () => {
    fc.assert(
      fc.property(lines, (title) => {
        const [first, ...more] = parse(render([], [], title)).children;
        expect(more).toEqual([]);
        expect(first).toMatchObject({ type: 'heading', depth: 1 });
        expect(first && textOf(first)).toBe(title.replaceAll('\n', ' '));
      }),
    );
  });

  it('shows the headline once where the text begins with it', () => {
    const blocks: Block[] = [
      { kind: 'h2', text: 'Barn burns' },
      { kind: 'p', text: 'One.' },
    ];
    expect(render(blocks, [], 'Barn burns')).toBe('# Barn burns\n\nOne.\n');
    expect(render(blocks, [], 'Another title')).toBe('# Another title\n\n## Barn burns\n\nOne.\n');
  });

  it('leaves plain words as they were written', () => {
    const text = 'In 2024 the snake_case of 2 * 3 rose by ~5% (see [1], “R&D”): 10 < 12 - isn’t it? C:\\temp';
    expect(render([{ kind: 'p', text: text.replace('~', '') }])).toBe(`${text.replace('~', '')}\n`);
  });

  it('numbers a list through, also around items below', () => {
    const blocks: Block[] = [
      { kind: 'ol1', text: 'first' },
      { kind: 'ul2', text: 'detail' },
      { kind: 'ol1', text: 'second' },
    ];
    expect(render(blocks)).toBe('1. first\n   - detail\n2. second\n');
  });

  it('shows an image where it stood, with its caption once', () => {
    const image: Image = {
      url: 'https://example.org/a (1).jpg',
      alt: 'A [red] barn',
      caption: 'The barn in June.',
      credit: null,
      width: null,
      height: null,
      afterBlock: 0,
    };
    const blocks: Block[] = [
      { kind: 'p', text: 'One.' },
      { kind: 'p', text: 'Two.' },
    ];
    const picture = '![A \\[red\\] barn](https://example.org/a%20%281%29.jpg)';
    expect(render(blocks, [image])).toBe(`One.\n\n${picture}\n\n*The barn in June.*\n\nTwo.\n`);
    const withCaption: Block[] = [...blocks.slice(0, 1), { kind: 'caption', text: 'The barn in June.' }];
    expect(render(withCaption, [image])).toBe(`One.\n\n${picture}\n\n*The barn in June.*\n`);
  });

  it('does not part a list by an image among its items', () => {
    const image: Image = {
      url: 'https://example.org/a.jpg',
      alt: null,
      caption: null,
      credit: null,
      width: null,
      height: null,
      afterBlock: 0,
    };
    const blocks: Block[] = [
      { kind: 'ol1', text: 'one' },
      { kind: 'ol1', text: 'two' },
    ];
    expect(render(blocks, [image])).toBe('1. one\n2. two\n\n![](https://example.org/a.jpg)\n');
  });

  it('makes no link out of an image source that is no web address', () => {
    for (const url of ['javascript:alert(1)', 'data:image/png;base64,AAAA', 'not a url', null]) {
      const image: Image = { url, alt: 'x', caption: null, credit: null, width: null, height: null, afterBlock: -1 };
      expect(render([{ kind: 'p', text: 'One.' }], [image])).toBe('One.\n');
    }
  });

  it('links to a video where it stood, and to nothing that is no web address', () => {
    const embed = { kind: 'video', title: 'Storm [1]', afterBlock: 0 } as const;
    const source = { title: null, text: 'One.\n\nTwo.', blocks: ['p', 'p'] satisfies BlockKind[], images: [] };
    expect(renderMarkdown({ ...source, embeds: [{ ...embed, url: 'https://v.example/1' }] })).toBe(
      'One.\n\n[Video: Storm \\[1\\]](https://v.example/1)\n\nTwo.\n',
    );
    expect(renderMarkdown({ ...source, embeds: [{ ...embed, url: 'javascript:alert(1)' }] })).toBe('One.\n\nTwo.\n');
  });

  it('leaves out control characters, which drive terminals', () => {
    expect(render([{ kind: 'p', text: 'a\u001b[31mb\u0000c\u0007' }])).toBe('a[31mbc\n');
  });

  it('takes a line of 200,000 characters of any special in its stride', () => {
    for (const special of ['*', '_', '-', '#', '`', '[', ']', '\\', '|', '=', '&', '~', '<', ' ', '1', '](']) {
      const text = `x${special.repeat(200_000)}x`;
      expect(render([{ kind: 'p', text }]).length).toBeGreaterThan(200_000);
      expect(render([{ kind: 'h2', text }]).length).toBeGreaterThan(200_000);
      expect(render([{ kind: 'table', text }]).length).toBeGreaterThan(200_000);
    }
  });
});
