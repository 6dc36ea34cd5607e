import { afterEach, describe, expect, it, vi } from 'vitest';
import { syntheticPage } from '../../../bench/speed/synthetic-page.ts';
import { extract } from '../../../functions/extract/extract.ts';
import { MarkupTree } from '../../../functions/extract/markup/tree.ts';

const asOf = new Date('2026-06-01T00:00:00Z');
const read = (source: string) =>
  extract(new TextEncoder().encode(source), { url: 'https://www.harbourpost.example/ferries', asOf });
const SENTENCE = 'The ferry came back to the harbour on Monday, and people had waited for it in the rain. ';
const story = Array.from({ length: 8 }, (_, i) => `<p>Part ${i}. ${SENTENCE.repeat(3)}</p>`).join('');

/** How often the engine asks the tree about one of its nodes while it reads a page. */
function visits(source: string): number {
  const asked = (['isText', 'isElement', 'name', 'text', 'attribute', 'find', 'ownText'] as const).map((method) =>
    vi.spyOn(MarkupTree.prototype, method),
  );
  read(source);
  const count = asked.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  vi.restoreAllMocks();
  return count;
}

describe('the work that a page takes', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each([
    ['paragraphs, lists and figures', (size: number) => syntheticPage(size * 100)],
    ['nested elements', (size: number) => `${'<div class="a">'.repeat(size)}${story}`],
    ['nested tables', (size: number) => `${'<table><tr><td>'.repeat(size / 4)}${story}`],
    ['links in one paragraph', (size: number) => `${story}<p>${'<a href="/x">a word</a> '.repeat(size)}`],
    ['bylines', (size: number) => `${story}${'<p class="byline">By <a href="/author/x">Ann Lee</a></p>'.repeat(size)}`],
    ['texts after end tags that end nothing', (size: number) => `${story}<p>${'a</x>'.repeat(size)}`],
  ])('grows with its length and no faster, for %s', (_, pageOf) => {
    const half = visits(pageOf(4_000));
    const whole = visits(pageOf(8_000));
    expect(half).toBeGreaterThan(50);
    expect(whole).toBeLessThan(2.2 * half);
  });

  it.each([
    ['a million attributes', `<html><body><p ${'a=b '.repeat(1_000_000)}>${story}`],
    ['10 MB in one text', `<html><body><article><p>${'Word by word. '.repeat(750_000)}`],
    [
      'quotations with a million full stops inside',
      `<html><body><article>${story}<p>${'word '.repeat(20)}${'.'.repeat(1_000_000)}x</p><p>${'word '.repeat(30)}${'.'.repeat(1_000_000)}x</p>`,
    ],
    [
      'elements in place of frames, each inside the last',
      `<html><frameset>${'<noframes>'.repeat(200_000)}</noframes></frameset><body>${story}`,
    ],
    [
      'forms that ask for an address',
      `<html><body>${story}${'<div class=x>News<input type=email></div>'.repeat(50_000)}`,
    ],
    ['two million comments that do not end', `<html><body>${story}${'<!--'.repeat(2_000_000)}`],
  ])('reads what there is of %s', (_, source) => {
    expect(read(source)).toMatchObject({ kind: 'article' });
  });

  it.each([
    ['10 MB of tags that do not end', '<a'.repeat(5_000_000), 'NO_CONTENT'],
    ['10 MB of tags that do not end in a page', `<html><body>${'<a'.repeat(5_000_000)}`, 'NO_CONTENT'],
    ['attributes whose values do not end', `<html><body>${'<a b="'.repeat(1_000_000)}`, 'NO_CONTENT'],
    ['a title that does not end', `<html><title>${'</titlf'.repeat(1_000_000)}`, 'NO_CONTENT'],
    ['a million empty elements', `<html><body>${'<i></i>'.repeat(1_000_000)}`, 'TOO_COMPLEX'],
  ])('refuses %s by name', (_, source, code) => {
    expect(read(source)).toMatchObject({ kind: 'rejected', code });
  });
});
