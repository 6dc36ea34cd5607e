import { describe, expect, it } from 'vitest';
import { extract } from '../../../functions/extract/extract.ts';

const TITLE = 'Saltmere dock workers accept pay offer, ending three-week strike';
const PARAGRAPHS = [
  'Dock workers at the port of Saltmere voted on Monday to accept a two-year pay offer, ending a strike that had closed the container terminal for three weeks.',
  'The vote was 412 to 168, according to Renée Abell, the branch secretary, who announced the result outside the canteen shortly after noon. “Nobody got everything they wanted, but everybody can go back to work,” she said.',
  'Under the agreement, hourly rates will rise by 6 per cent this year and 4 per cent next year. The company has also dropped a plan to replace the night shift with contractors, which had been the main cause of the dispute.',
  'Ships that had been diverted to other harbours since the walk-out began are expected to return from Thursday, the harbour master said, although the backlog of perishable cargo may take ten days to clear.',
  'The regional chamber of trade put the cost of the closure at 31 million, most of it borne by growers who could not ship their fruit. Its chairman called the settlement overdue and asked both sides to meet before the next contract runs out.',
];
const BYLINE = 'By Lena Okafor';
const DATE = '9 May 2026';
const COPY = [TITLE, BYLINE, DATE, ...PARAGRAPHS].join('\n\n');

const utf8 = (text: string) => new TextEncoder().encode(text);
const articleOf = (bytes: Uint8Array) => {
  const outcome = extract(bytes, { asOf: new Date('2026-06-01T00:00:00Z') });
  if (outcome.kind === 'rejected') throw new Error(`rejected as ${outcome.code}: ${outcome.detail}`);
  return outcome;
};

/** Breaks every line at a width as mailers do: greedily, between words. */
function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => {
      const lines: string[] = [];
      let open = '';
      for (const word of line.split(' ')) {
        if (open !== '' && open.length + 1 + word.length > width) {
          lines.push(open);
          open = word;
        } else open = open === '' ? word : `${open} ${word}`;
      }
      return [...lines, open].join('\n');
    })
    .join('\n');
}

const WINDOWS_1252 = new Map([
  ['é', 0xe9],
  ['“', 0x93],
  ['”', 0x94],
]);

describe('the same story in whatever form it is copied', () => {
  it.each<[string, string | Uint8Array]>([
    ['with blank lines', COPY],
    ['without blank lines', COPY.replaceAll('\n\n', '\n')],
    ['with CRLF', COPY.replaceAll('\n', '\r\n')],
    ['with the CR of old systems', COPY.replaceAll('\n', '\r')],
    ['with tabs', COPY.replaceAll('\n\n', '\n\n\t').replaceAll(' the ', '\tthe ')],
    [
      'with no-break and zero-width spaces',
      COPY.replaceAll(' of ', '\u00a0of\u00a0').replaceAll('strike', 'str\u200bike'),
    ],
    ['with form feeds and page numbers', COPY.replace(`\n\n${PARAGRAPHS[3]}`, `\n\n\f- 2 -\n\n${PARAGRAPHS[3]}`)],
    ['hard-wrapped at 60 columns', wrap(COPY, 60)],
    ['hard-wrapped at 72 columns', wrap(COPY, 72)],
    ['hard-wrapped at 80 columns', wrap(COPY, 80)],
    ['hard-wrapped without blank lines', wrap(COPY.replaceAll('\n\n', '\n'), 72)],
    [
      'with rules of ASCII signs and a tail',
      `${TITLE}\n${'='.repeat(60)}\n\n${BYLINE}\n${DATE}\n${'-'.repeat(60)}\n\n${PARAGRAPHS.join('\n\n')}\n\n${'*'.repeat(20)}\n\nShare this story\nSign up for our newsletter`,
    ],
    ['with a byte order mark', utf8(`\ufeff${COPY}`)],
    ['in UTF-16', new Uint8Array(Buffer.from(`\ufeff${COPY}`, 'utf16le'))],
    ['in windows-1252', Uint8Array.from(COPY, (character) => WINDOWS_1252.get(character) ?? character.charCodeAt(0))],
    [
      'as an e-mail',
      `From: "Okafor, Lena" <lena@saltmere.example>\nTo: desk@saltmere.example\nSubject: Fwd: ${TITLE}\nDate: Sat, 9 May 2026 08:15:00 +0200\n\n${wrap(PARAGRAPHS.join('\n\n'), 72)}\n\n-- \nLena Okafor\nSaltmere Post`,
    ],
    [
      'as a quoted e-mail',
      `From: Lena Okafor <lena@saltmere.example>\nSubject: Re: ${TITLE}\nDate: Sat, 9 May 2026 08:15:00 +0200\n\n${wrap(
        PARAGRAPHS.join('\n\n'),
        70,
      )
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n')}\n`,
    ],
    [
      'as Markdown with front matter',
      `---\ntitle: "${TITLE}"\nauthor: Lena Okafor\ndate: 2026-05-09\n---\n\n# ${TITLE}\n\n![Workers at the gate](gate.jpg)\n\n${PARAGRAPHS.join('\n\n').replace('the branch secretary', '[the branch secretary](https://saltmere.example/abell)').replace('Monday', '*Monday*')}\n`,
    ],
    [
      'as a WET record',
      `WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\nsoftware: x\r\n\r\nWARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://saltmere.example/strike\r\nContent-Type: text/plain\r\n\r\n${['Home', 'News', 'Sport', TITLE, BYLINE, DATE, ...PARAGRAPHS, 'Share', 'Privacy policy'].join('\n')}\r\n\r\n`,
    ],
  ])('%s', (_form, copy) => {
    const { article } = articleOf(typeof copy === 'string' ? utf8(copy) : copy);
    expect(article.text.split('\n\n')).toEqual(PARAGRAPHS);
    expect(article.title).toBe(TITLE);
    expect(article.authors).toEqual([{ name: 'Lena Okafor', url: null }]);
    expect(article.publishedAt?.slice(0, 10)).toBe('2026-05-09');
  });

  it('one sentence a line', () => {
    const sentences = PARAGRAPHS.flatMap((paragraph) => paragraph.split(/(?<=[.”]) (?=[A-Z“])/));
    const { article } = articleOf(utf8([TITLE, BYLINE, DATE, '', ...sentences].join('\n')));
    expect(article.text.split('\n\n')).toEqual(sentences);
    expect(article.title).toBe(TITLE);
  });

  it('the body alone', () => {
    const { article } = articleOf(utf8(PARAGRAPHS.join('\n\n')));
    expect(article.text.split('\n\n')).toEqual(PARAGRAPHS);
    expect(article).toMatchObject({ title: null, authors: [], publishedAt: null });
  });

  it('read by a machine from paper, misspelt', () => {
    const misread = wrap(
      COPY.replaceAll('strike', 'strlke').replaceAll('said', 'sa1d').replaceAll('harbour', 'harb0ur'),
      60,
    );
    const { article } = articleOf(utf8(misread));
    expect(article.text.split('\n\n')).toHaveLength(PARAGRAPHS.length);
    expect(article.text).toContain('expected to return from Thursday, the harb0ur master sa1d, although the backlog');
    expect(article.title).toBe(TITLE.replace('strike', 'strlke'));
  });

  it('keeps a headline as wide as the text apart from the line below it', () => {
    const headline = 'Saltmere dock workers accept pay offer after three weeks of strike talks';
    const caption = 'Workers at the gates of the container terminal in Saltmere on Monday evening';
    const copy = [headline, caption, ...PARAGRAPHS].join('\n');
    expect(headline.length + 1 + 'Workers'.length).toBeGreaterThan(72);
    expect(articleOf(utf8(wrap(copy, 72))).article.title).toBe(headline);
  });
});
