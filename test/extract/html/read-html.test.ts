import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExtractedArticleSchema } from '../../../functions/article/record.ts';
import { readHtml } from '../../../functions/extract/html/read-html.ts';
import type { Decision } from '../../../functions/extract/trace.ts';

const context = { url: 'https://post.example/news/lines', asOf: new Date('2026-06-01T00:00:00Z') };

const SENTENCES = [
  'Engineers moved forty thousand tonnes of rock and built a gallery above the rails, the operator said on Friday.',
  'Two trains an hour will run at first, and the full timetable returns once the second track has been inspected.',
  'Shopkeepers beside the station said that they had lost a third of their trade while buses ran instead of trains.',
  'Passengers with season tickets bought before the closure can ask for their money back until the end of the year.',
];
const story = SENTENCES.map((sentence) => `<p>${sentence}</p>`).join('');

const tag = fc.constantFrom(
  'p',
  'div',
  'ul',
  'ol',
  'li',
  'table',
  'tr',
  'td',
  'th',
  'pre',
  'blockquote',
  'h1',
  'h2',
  'a',
  'b',
  'span',
  'figure',
  'figcaption',
  'article',
  'section',
  'aside',
  'noscript',
  'br',
  'hr',
  'img',
  'script',
  'style',
  'svg',
  'button',
  'x-card',
);
const attribute = fc.constantFrom(
  '',
  ' class="related"',
  ' class="entry-content"',
  ' id=cookie-consent',
  ' href="/a?b"',
  ' src="data:,"',
  ' colspan=3',
  ' hidden',
  ' style="display:none"',
  ' srcset="a.jpg 1w, b.jpg 900w"',
  ' itemprop=articleBody',
  ' role=presentation',
);
const words = fc.oneof(
  fc.constantFrom(...SENTENCES),
  fc.constantFrom(
    '\n\n',
    '  ',
    ' ',
    '\u00AD',
    '\u200B',
    '\uE000\uE001',
    '&nbsp;',
    '\t',
    '\r\n',
    'e\u0301',
    '记者报道。',
    'مرحبا',
  ),
  fc.string({ maxLength: 12 }),
);
/** Markup as it comes: tags opened, closed or forgotten in any order. */
const soup = fc
  .array(
    fc.oneof(
      fc.tuple(tag, attribute).map(([name, attributes]) => `<${name}${attributes}>`),
      tag.map((name) => `</${name}>`),
      words,
    ),
    { maxLength: 120 },
  )
  .map((parts) => parts.join(''));

describe('reading HTML', () => {
  it('gives one kind per block of text, whatever the markup', () => {
    fc.assert(
      fc.property(soup, (markup) => {
        const reading = readHtml(`<h1>Coastal line reopens</h1>${story}${markup}${story}`, context);
        if ('reject' in reading) return;
        const { article } = reading;
        expect(article.text.split('\n\n')).toHaveLength(article.blocks.length);
        expect(article.text).toBe(article.text.normalize('NFC'));
        expect(ExtractedArticleSchema.parse(article)).toEqual(article);
        for (const image of article.images) expect(image.afterBlock).toBeLessThan(article.blocks.length);
      }),
      {
        numRuns: 150,
        examples: [['<pre>one\u00ad\n\u200b\ntwo</pre>'], ['<pre>one<p>\u00ad<p>two'], ['<p>one<br>\u00ad<br>two']],
      },
    );
  });

  it('never throws, and answers every page with an article or a reason', () => {
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ maxLength: 400 })), (markup) => {
        const reading = readHtml(markup, { ...context, url: null });
        expect('reject' in reading ? reading.detail : reading.article.text).not.toBe('');
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['20,000 nested elements', `${'<div>'.repeat(20_000)}${story}`],
    ['20,000 nested lists', `${'<ul><li>'.repeat(10_000)}${story}`],
    ['a million end tags that end none of them', `${'<b>'.repeat(20_000)}${'</x>'.repeat(1_000_000)}${story}`],
    ['a million question marks', `<p>${'?'.repeat(1_000_000)}</p>${story}`],
    ['a million spaces', `<p>${' '.repeat(1_000_000)}</p>${story}`],
    ['a hundred thousand images', `${'<img src=a.jpg>'.repeat(100_000)}${story}`],
  ])('reads the story behind %s', (_, markup) => {
    const reading = readHtml(markup, context);
    expect('article' in reading ? reading.article.text : reading.reject).toContain(SENTENCES[0]);
  });

  it('refuses a page nested a million deep by name instead of running for minutes', () => {
    expect(readHtml('<div>'.repeat(1_000_000), context)).toMatchObject({ reject: 'TOO_COMPLEX' });
  });

  it('refuses a page without text as one without content', () => {
    expect(readHtml('<html><body><div id="root"></div></body></html>', context)).toMatchObject({
      reject: 'NO_CONTENT',
    });
  });

  it('does not take who forbids copies without written consent for a notice that asks for it', () => {
    const rights = `All texts of this paper are protected, and ${'no part of them may be kept, sent on, printed or sold, '.repeat(5)}without the prior written consent of the Coastal Post, its owners or those who wrote them.`;
    const reading = readHtml(
      `<h1>Coastal line reopens</h1>${story.slice(0, 220)}</p><p>${rights}</p>
       <div id="banner">We value your privacy. We use cookies to give you the best experience.</div>`,
      context,
    );
    expect('reject' in reading ? reading.reject : 'kept').not.toBe('CONSENT_WALL');
  });

  it('takes the body that JSON-LD states where a script was to draw the page', () => {
    const statement = JSON.stringify({
      '@context': 'https://schema.org',
      '@type': 'NewsArticle',
      headline: 'Coastal line reopens',
      articleBody: SENTENCES.join('\n\n'),
    });
    const reading = readHtml(
      `<html><head><script type="application/ld+json">${statement}</script></head><body><div id="root"></div></body></html>`,
      context,
    );
    expect('article' in reading ? reading.article.text : reading.reject).toBe(SENTENCES.join('\n\n'));
  });

  it('keeps links of the body absolute and in order, and leaves out places on the page itself', () => {
    const linked = story
      .replace('gallery', '<a href="/gallery">gallery</a>')
      .replace('timetable', '<a href="https://rail.example/t?d=1">timetable</a>')
      .replace('Shopkeepers', '<a href="#shops">Shopkeepers</a>')
      .replace('Passengers', '<a href="mailto:a@rail.example">Passengers</a>');
    const reading = readHtml(`<main><article><h1>Coastal line reopens</h1>${linked}</article></main>`, context);
    expect('article' in reading ? reading.article.links : reading.reject).toEqual([
      { url: 'https://post.example/gallery', text: 'gallery' },
      { url: 'https://rail.example/t?d=1', text: 'timetable' },
    ]);
  });

  it.each(['/index.html', '/', '?utm_source=mail', '?amp=1', '#comments', '/amp/'])(
    'is as sure of a page that was read under another form of its address: …%s',
    (form) => {
      const page = `<main><article><h1>Coastal line reopens</h1>${story}</article></main>`;
      const confidence = (url: string) => {
        const reading = readHtml(page, { ...context, url });
        return 'article' in reading ? reading.article.quality.confidence : reading.reject;
      };
      expect(confidence(`${context.url}${form}`)).toBe(confidence(context.url));
    },
  );

  it('explains each block: kept or dropped, how likely, and where it stands', () => {
    const decisions: Decision[] = [];
    readHtml(`<nav><a href="/">Home</a></nav><main id="m"><article><h1>Coastal line</h1>${story}</article></main>`, {
      ...context,
      trace: (decision) => decisions.push(decision),
    });
    const blocks = decisions.filter((decision) => decision.step === 'html-body');
    expect(blocks.find((block) => block.text.startsWith('Engineers'))).toMatchObject({
      verdict: 'keep',
      at: 'main#m > article > p',
    });
    expect(blocks.find((block) => block.text === 'Home')).toMatchObject({ verdict: 'drop' });
    expect(blocks.every((block) => /^model [01]\.\d\d$/.test(block.rule))).toBe(true);
  });
});
