import { describe, expect, it } from 'vitest';
import { extract } from '../../functions/extract/extract.ts';

const WHO = [
  'The harbour master',
  'A baker from the lower town',
  'Her sister',
  'The surveyor',
  'An old pilot',
  'The council',
];
const DID = ['remembered', 'wrote down', 'measured', 'forgot', 'described to visitors', 'argued about'];
const WHAT = [
  'the winter ice',
  'every lamp on the quay',
  'a quarrel over nets',
  'the depth of the channel',
  'two lost anchors',
];
const WHEN = ['before the war', 'in the year of the flood', 'one evening in March', 'long after the railway came'];
const pick = (list: readonly string[], n: number) => list[n % list.length] ?? '';

/** Four sentences that no other paragraph has together. */
const paragraph = (n: number) =>
  [0, 1, 2, 3]
    .map((k) => {
      const seed = n * 7 + k * 3;
      return `${pick(WHO, seed)} ${pick(DID, n + k)} ${pick(WHAT, Math.floor(n / 6) + k)} ${pick(WHEN, seed + n)}, and page ${n * 4 + k} of the chronicle says so.`;
    })
    .join(' ');

const TITLE = 'A chronicle of the harbour, told by those who worked in it';
const paragraphs = Array.from({ length: 300 }, (_, n) => paragraph(n));
const asOf = new Date('2026-06-01T00:00:00Z');
const textOf = (copy: string) => {
  const outcome = extract(new TextEncoder().encode(copy), { asOf });
  if (outcome.kind === 'rejected') throw new Error(`rejected as ${outcome.code}`);
  return outcome.article.text.split('\n\n');
};

describe('an article of three hundred paragraphs', () => {
  it('is kept whole from its page, and without what follows it', () => {
    const page = `<!doctype html><html lang="en"><head><title>${TITLE}</title></head><body>
      <nav><a href="/">Home</a> <a href="/coast">Coast</a></nav>
      <article><h1>${TITLE}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}</article>
      <section class="comments"><h2>Comments</h2><div class="comment"><p>What a long read, thank you for it.</p></div></section>
      <footer><p>© 2026 Coast Gazette. All rights reserved.</p></footer></body></html>`;
    expect(textOf(page)).toEqual(paragraphs);
  });

  it('is kept whole from its copy, and without what follows it', () => {
    const copy = [
      'Home',
      'Coast',
      TITLE,
      'By Ines Vold',
      ...paragraphs,
      'Share this article',
      'Facebook WhatsApp',
      'Read next',
    ];
    expect(textOf(`${copy.join('\n\n')}\n`)).toEqual(paragraphs);
  });
});
