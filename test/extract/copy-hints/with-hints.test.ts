import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CopyHints,
  CopyHintsSchema,
  type FeedHints,
  NO_FEED_HINTS,
} from '../../../functions/article/feed-hints.ts';
import { extract } from '../../../functions/extract/extract.ts';
import type { Outcome } from '../../../functions/extract/outcome.ts';
import type { Decision } from '../../../functions/extract/trace.ts';

const asOf = new Date('2026-03-02T12:00:00Z');
const url = 'https://www.saltmere-post.example/harbour/crane';

const SENTENCES = [
  'The old harbour crane was lowered onto a barge on Monday morning after two days of careful work.',
  'Engineers had cut the tower from its footing and checked every cable before the tide turned.',
  'The crane stood above the quay for ninety years and unloaded timber, coal and, at last, tourists.',
  'A group of neighbours had asked the council to keep it as a landmark, without success.',
  'The council said that the repair of its rusted legs would have cost more than a new jetty.',
  'Its cabin goes to the town museum, where children will be allowed to climb into it.',
  'The rest is melted down in a steel mill up the river before the end of the year.',
];
const BODY = SENTENCES.map((sentence) => `<p>${sentence}</p>`).join('\n');
const page = (body: string, head = '') =>
  `<!doctype html><html><head>${head}</head><body><nav><a href="/">Home</a></nav><article>${body}</article></body></html>`;
const BARE_PAGE = page(BODY);

const FEED: FeedHints = {
  title: 'Harbour crane leaves Saltmere',
  authors: ['By Ada Quill and Tom Reed', 'ada@saltmere-post.example'],
  publishedAt: '2026-03-02T08:30:00Z',
  publishedRaw: 'Mon, 02 Mar 2026 09:30:00 +0100',
  modifiedAt: '2026-03-02T10:00:00.000Z',
  categories: ['Harbour', 'harbour', 'Uncategorized', 'Local history'],
  summary: 'After ninety years the crane above the quay is gone.',
  content: null,
  language: 'en-gb',
  image: '/pictures/crane.jpg',
};

const hints = (feed: Partial<FeedHints> | null, rest: Partial<CopyHints> = {}): CopyHints => ({
  feed: feed && { ...NO_FEED_HINTS, ...feed },
  feedUrl: 'https://www.saltmere-post.example/feed',
  section: null,
  answer: null,
  ...rest,
});

const read = (html: string, copy: CopyHints | null) =>
  extract(Buffer.from(html), { url, contentType: 'text/html; charset=utf-8', asOf, copy });

function articleOf(outcome: Outcome) {
  if (outcome.kind === 'rejected') throw new Error(`refused: ${outcome.code}`);
  return outcome.article;
}

describe('what a feed says of an article', () => {
  it('fills what its page leaves empty, and is named for it', () => {
    const article = articleOf(read(BARE_PAGE, hints(FEED, { section: 'Local news' })));
    expect(article).toMatchObject({
      title: 'Harbour crane leaves Saltmere',
      authors: [
        { name: 'Ada Quill', url: null },
        { name: 'Tom Reed', url: null },
      ],
      publishedAt: '2026-03-02T08:30:00Z',
      publishedRaw: 'Mon, 02 Mar 2026 09:30:00 +0100',
      datePrecision: 'second',
      dateSource: 'feed date',
      modifiedAt: '2026-03-02T10:00:00Z',
      tags: [
        { label: 'Harbour', slug: 'harbour' },
        { label: 'Local history', slug: 'local-history' },
      ],
      description: 'After ninety years the crane above the quay is gone.',
      mainImage: 'https://www.saltmere-post.example/pictures/crane.jpg',
      section: { label: 'Local news', slug: 'local-news' },
    });
    expect(article.provenance).toMatchObject({
      title: 'feed title',
      authors: 'feed author',
      publishedAt: 'feed date',
      modifiedAt: 'feed date',
      tags: 'feed category',
      description: 'feed summary',
      mainImage: 'feed image',
      section: 'source section',
      language: 'detected',
    });
    expect(article.text.split('\n\n')).toEqual(SENTENCES);
    expect(article.quality.warnings).toEqual([]);
  });

  it('changes nothing that the page says', () => {
    const stated = page(
      `<h1>Crane gone</h1><p class="byline">By Mia Stone</p>${BODY}`,
      `<title>Crane gone</title><meta property="og:type" content="article">
       <meta name="description" content="What the page says of it."><meta name="author" content="Mia Stone">
       <meta property="article:published_time" content="2026-03-01T07:00:00Z">
       <meta property="article:modified_time" content="2026-03-01T09:00:00Z">
       <meta property="article:tag" content="Cranes"><meta property="article:section" content="Quay">
       <meta property="og:image" content="https://www.saltmere-post.example/own.jpg">`,
    );
    const alone = articleOf(read(stated, null));
    expect(alone).toMatchObject({
      title: 'Crane gone',
      authors: [{ name: 'Mia Stone' }],
      publishedAt: '2026-03-01T07:00:00Z',
      modifiedAt: '2026-03-01T09:00:00Z',
      tags: [{ label: 'Cranes' }],
      section: { label: 'Quay' },
      description: 'What the page says of it.',
      mainImage: 'https://www.saltmere-post.example/own.jpg',
    });
    expect(articleOf(read(stated, hints({ ...FEED, content: BODY + BODY }, { section: 'Local news' })))).toEqual(alone);
  });

  it('is told as a decision where these are asked for', () => {
    const decisions: Decision[] = [];
    extract(Buffer.from(BARE_PAGE), { url, asOf, copy: hints(FEED) }, (decision) => decisions.push(decision));
    expect(decisions.filter(({ step }) => step === 'feed')).toContainEqual({
      step: 'feed',
      rule: 'feed title',
      verdict: 'choose',
      text: '"Harbour crane leaves Saltmere"',
    });
  });

  it('is left out where it makes no sense', () => {
    const article = articleOf(
      read(
        BARE_PAGE,
        hints({
          title: '  ',
          authors: ['noreply@saltmere-post.example', ''],
          categories: ['Uncategorized', '—'],
          summary: '…',
          image: 'javascript:alert(1)',
          publishedAt: '2026-03-09T00:00:00Z',
          modifiedAt: '2026-04-01T00:00:00Z',
        }),
      ),
    );
    expect(article).toMatchObject({ authors: [], tags: [], description: null, mainImage: null });
    expect(article).toMatchObject({ publishedAt: null, modifiedAt: null });
    expect(Object.values(article.provenance).filter((rule) => rule.startsWith('feed'))).toEqual([]);
  });

  it('gives a day where it names no hour, and no change before the publication', () => {
    const article = articleOf(
      read(
        BARE_PAGE,
        hints({ publishedAt: '2026-03-02T00:00:00Z', publishedRaw: '2026-03-02', modifiedAt: '2026-03-01T00:00:00Z' }),
      ),
    );
    expect(article).toMatchObject({ publishedAt: '2026-03-02T00:00:00Z', datePrecision: 'day', modifiedAt: null });
  });

  it('fills what plain text leaves empty too', () => {
    const article = articleOf(
      extract(Buffer.from(SENTENCES.join('\n\n')), {
        url,
        contentType: 'text/plain',
        asOf,
        copy: hints({ authors: ['Ada Quill'] }),
      }),
    );
    expect(article).toMatchObject({ authors: [{ name: 'Ada Quill' }] });
  });
});

describe('the content of a feed', () => {
  const CONTENT = `<p><img src="/pictures/crane.jpg" alt="The crane"></p>${BODY}<p><a href="/harbour">More of the harbour</a></p>`;
  const from = (outcome: Outcome) => {
    const article = articleOf(outcome);
    return { article, codes: article.quality.warnings.map(({ code }) => code) };
  };

  it('is the text where the page gives none', () => {
    const empty =
      '<!doctype html><html><head><title>Saltmere Post</title></head><body><div id="app"></div></body></html>';
    expect(read(empty, null)).toMatchObject({ kind: 'rejected', code: 'NO_CONTENT' });
    const { article, codes } = from(read(empty, hints({ ...FEED, content: CONTENT })));
    for (const sentence of SENTENCES) expect(article.text).toContain(sentence);
    expect(article).toMatchObject({ url, title: FEED.title, publishedAt: FEED.publishedAt, language: 'en-GB' });
    expect(article.provenance).toMatchObject({ text: 'feed content', title: 'feed title' });
    expect(codes).toEqual(['BODY_FROM_FEED']);
    const foreign = { feedUrl: 'https://feeds.planet.example/all' };
    expect(from(read(empty, hints({ ...FEED, content: CONTENT }, foreign))).article).toMatchObject({
      dateSource: 'feed date of planet.example',
      provenance: { text: 'feed content of planet.example', title: 'feed title of planet.example' },
    });
    expect(article.quality.warnings[0]?.message).toContain('NO_CONTENT');
    expect(article.images).toMatchObject([{ url: 'https://www.saltmere-post.example/pictures/crane.jpg' }]);
  });

  it.each([
    ['no bytes', ''],
    ['white space only', ' \n '],
  ])('is the text where the page is %s', (_, empty) => {
    expect(read(empty, null)).toMatchObject({ kind: 'rejected', code: 'EMPTY' });
    const { article, codes } = from(read(empty, hints({ ...FEED, content: CONTENT })));
    for (const sentence of SENTENCES) expect(article.text).toContain(sentence);
    expect(codes).toEqual(['BODY_FROM_FEED']);
  });

  it('is the text where the page gives its beginning only', () => {
    const teaser = page(
      `<h1>Crane gone</h1><p>${SENTENCES[0]}</p><p>${SENTENCES[1]} …</p>`,
      '<title>Crane gone</title><meta property="og:type" content="article">',
    );
    expect(articleOf(read(teaser, null)).truncated).toBe(true);
    const { article, codes } = from(read(teaser, hints({ ...FEED, content: CONTENT })));
    for (const sentence of SENTENCES) expect(article.text).toContain(sentence);
    expect(article).toMatchObject({ title: 'Crane gone', truncated: false });
    expect(article.provenance.title).not.toBe('feed title');
    expect(codes).toEqual(['BODY_FROM_FEED']);
  });

  it.each([
    ['asks readers to subscribe', '<p>Subscribe to continue reading.</p>'],
    ['says it in another language', '<p>Dieser Artikel ist nur für Abonnenten.</p>'],
    ['just ends', ''],
  ])('is the text where the page gives its beginning and %s', (_, end) => {
    const teaser = page(`<h1>Crane gone</h1><p>${SENTENCES[0]}</p><p>${SENTENCES[1]}</p>${end}`);
    const { article, codes } = from(read(teaser, hints({ ...FEED, content: CONTENT })));
    for (const sentence of SENTENCES) expect(article.text).toContain(sentence);
    expect(article.title).toBe('Crane gone');
    expect(codes).toContain('BODY_FROM_FEED');
  });

  it('is not the text of a page that says something else, or nearly as much', () => {
    const other = page(`<h1>Crane gone</h1><p>${SENTENCES[3]}</p><p>${SENTENCES[4]}</p>`);
    const most = page(`<h1>Crane gone</h1>${SENTENCES.slice(0, 5).map((sentence) => `<p>${sentence}</p>`)}`);
    for (const own of [other, most]) {
      expect(articleOf(read(own, hints({ ...FEED, content: CONTENT }))).text).toBe(articleOf(read(own, null)).text);
    }
  });

  it('leaves the wishes of a page without text in force', () => {
    const empty = '<!doctype html><html><head><meta name="robots" content="noai"></head><body></body></html>';
    const { article } = from(read(empty, hints({ ...FEED, content: CONTENT })));
    expect(article.rights).toMatchObject({ restrictions: ['noai'] });
    expect(article.provenance.rights).toBe('meta robots');
  });

  it.each([
    ['is a blurb', `<p>${SENTENCES[0]}</p>`],
    ['breaks off', `${BODY}<p>And then […]</p>`],
    ['is a list of links', Array.from({ length: 40 }, (_, i) => `<a href="/${i}">Story ${i}</a> `).join('')],
    ['is empty', ''],
  ])('is not taken where it %s', (_, content) => {
    const empty = '<!doctype html><html><body></body></html>';
    expect(read(empty, hints({ ...FEED, content }))).toEqual(read(empty, null));
  });

  it('is not taken where the object is no page at all', () => {
    const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n');
    expect(extract(pdf, { url, asOf, copy: hints({ ...FEED, content: CONTENT }) }).kind).toBe('rejected');
  });
});

describe('what an answer asks of machines', () => {
  const answer = { robots: ['noai', 'nofollow', 'noarchive'], tdmReserved: true, tdmPolicy: 'https://a.example/terms' };

  it('stands in the rights of the record, with where it was said', () => {
    const article = articleOf(read(BARE_PAGE, hints(null, { answer })));
    expect(article.rights).toEqual({
      restrictions: ['noarchive', 'noai'],
      tdmReserved: true,
      tdmPolicy: 'https://a.example/terms',
      license: null,
    });
    expect(article.provenance.rights).toBe('X-Robots-Tag, answer tdm-reservation');
  });

  it('adds to the restrictions of the page, which has the last word on text and data mining', () => {
    const stated = page(BODY, '<meta name="robots" content="noindex"><meta name="tdm-reservation" content="0">');
    const article = articleOf(read(stated, hints(null, { answer })));
    expect(article.rights).toMatchObject({
      restrictions: ['noindex', 'noarchive', 'noai'],
      tdmReserved: false,
      tdmPolicy: null,
    });
    expect(article.provenance.rights).toContain('X-Robots-Tag');
  });

  it('is nothing where it says nothing that a record keeps', () => {
    const article = articleOf(
      read(BARE_PAGE, hints(null, { answer: { robots: ['nofollow'], tdmReserved: null, tdmPolicy: null } })),
    );
    expect(article.rights).toBeNull();
  });
});

describe('hints', () => {
  it('of any kind make no article worse than a page without them', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constant(`<p>${SENTENCES.join(' ')}`));
    const feed = fc.record({
      title: fc.option(text),
      authors: fc.array(text, { maxLength: 4 }),
      publishedAt: fc.option(
        fc
          .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
          .map((date) => date.toISOString()),
      ),
      publishedRaw: fc.option(text),
      modifiedAt: fc.constant(null),
      categories: fc.array(text, { maxLength: 4 }),
      summary: fc.option(text),
      content: fc.option(text),
      language: fc.option(text),
      image: fc.option(text),
    });
    fc.assert(
      fc.property(feed, fc.option(text), (said, section) => {
        const copy = CopyHintsSchema.parse({ feed: said, feedUrl: null, section, answer: null });
        const article = articleOf(read(BARE_PAGE, copy));
        expect(article.text.split('\n\n')).toEqual(SENTENCES);
        for (const tag of article.tags) expect(tag.slug).not.toBe('');
        for (const { name } of article.authors) expect(name).not.toBe('');
      }),
      { numRuns: 60 },
    );
  });
});
