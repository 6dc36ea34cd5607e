import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import type { ArticleRecord } from '../../functions/article/record.ts';
import { renderFeed } from '../../functions/article/render/feed.ts';
import { story } from '../query/memory.ts';

/** What stands in the elements of a name, exactly: no white space is taken away. */
function textsOf(xml: string, name: string): string[] {
  const found: string[] = [];
  const pending: unknown[] = [parseDocument(xml, { xmlMode: true, decodeEntities: true })];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const node = next as { name?: string; children?: { data?: string }[] };
    if (node.name === name) found.push((node.children ?? []).map(({ data = '' }) => data).join(''));
    pending.push(...(node.children ?? []).toReversed());
  }
  return found;
}

const rss = (record: ArticleRecord, title = 'A feed') =>
  renderFeed('rss', [record], { title, address: 'https://api.example/feed.rss?a=1&b=2' });

describe('a record in a feed', () => {
  it('has its address and its labels as they are, without white space around them', () => {
    const record = story(0, {
      canonicalUrl: 'https://harbour.example/story?a=1&id=2',
      tags: [{ label: 'Fish & chips', slug: 'fish-chips' }],
      section: null,
    });
    expect(textsOf(rss(record), 'link')).toEqual([
      'https://api.example/feed.rss?a=1&b=2',
      'https://harbour.example/story?a=1&id=2',
    ]);
    expect(textsOf(rss(record), 'category')).toEqual(['Fish & chips']);
    const atom = renderFeed('atom', [record], { title: 'A & B', address: 'https://api.example/feed.atom?a=1&b=2' });
    expect(textsOf(atom, 'id')[0]).toBe('https://api.example/feed.atom?a=1&b=2');
    expect(textsOf(atom, 'title')[0]).toBe('A & B');
  });

  it('keeps its description plain text where readers take it for HTML', () => {
    const description = 'If 3 < 4 & <img src=x onerror=alert(1)> then.';
    const [, shown = ''] = textsOf(rss(story(0, { description })), 'description');
    expect(shown).not.toContain('<');
    expect(shown).toBe('If 3 &lt; 4 &amp; &lt;img src=x onerror=alert(1)&gt; then.');
  });

  it('says what it says whatever characters that are, those of XML itself among them', () => {
    const pieces = fc.constantFrom(
      'a',
      ' ',
      '<item>',
      ']]>',
      '<![CDATA[',
      '&',
      '&amp;',
      "'",
      '"',
      '>',
      '\n',
      'é',
      '😀',
    );
    const text = fc.array(pieces, { minLength: 1, maxLength: 8 }).map((parts) => `x${parts.join('')}x`);
    fc.assert(
      fc.property(text, text, (title, label) => {
        const xml = rss(story(0, { title, tags: [{ label, slug: 'x' }], section: null }), label);
        expect(textsOf(xml, 'title')).toEqual([label, title]);
        expect(textsOf(xml, 'category')).toEqual([label]);
        expect(xml.indexOf('<item>')).toBe(xml.lastIndexOf('<item>'));
      }),
    );
  });
});
