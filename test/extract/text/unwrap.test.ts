import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLines } from '../../../functions/extract/text/lines.ts';
import { unwrapLines } from '../../../functions/extract/text/unwrap.ts';

const unwrapped = (source: string) => unwrapLines(splitLines(source).lines).map(({ text }) => text);

/** Breaks text at a width as mailers do: greedily, between words. */
function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

const WORDS = [
  'the',
  'bridge',
  'opened',
  'on',
  'Monday',
  'after',
  'three',
  'years',
  'of',
  'work',
  'and',
  'a',
  'fair',
  'council',
  'said',
];
const paragraph = fc
  .array(fc.constantFrom(...WORDS), { minLength: 40, maxLength: 90 })
  .map((words) => `${words.join(' ')}.`);

describe('unwrapLines', () => {
  it('gives back the paragraphs of text wrapped at any usual width', () => {
    fc.assert(
      fc.property(
        fc.array(paragraph, { minLength: 3, maxLength: 6 }),
        fc.integer({ min: 60, max: 80 }),
        (paragraphs, width) => {
          const source = paragraphs.map((text) => wrap(text, width)).join('\n\n');
          expect(unwrapped(source)).toEqual(paragraphs);
        },
      ),
    );
  });

  const STORY = wrap(
    'Dock workers at the port of Saltmere voted on Monday to accept a two-year pay offer, ending a strike that had closed the container terminal for three weeks. The vote was 412 to 168, according to the branch secretary, who announced the result outside the canteen shortly after noon.',
    72,
  );
  const JOINED = STORY.replaceAll('\n', ' ');

  it('keeps a headline that fills the width apart where the text shows that it ends there', () => {
    const headline = 'Saltmere Dock Workers Accept Pay Offer and End Their Three-Week Strike';
    expect(unwrapped(`${headline}\n\n${headline}\nHarbour Desk of the Courier\n\n${STORY}`)).toEqual([
      headline,
      headline,
      'Harbour Desk of the Courier',
      JOINED,
    ]);
    const question = 'What Does the Pay Offer Mean for the Dock Workers of Old Saltmere Now?';
    expect(unwrapped(`${question}\nA look at both sides of the deal\n\n${STORY}`)).toEqual([
      question,
      'A look at both sides of the deal',
      JOINED,
    ]);
    expect(unwrapped(`${headline}\nBy Ann Lee\n\n${STORY}`)).toEqual([headline, 'By Ann Lee', JOINED]);
    expect(unwrapped(`${headline}\nPORTS\n\n${STORY}`)).toEqual([headline, 'PORTS', JOINED]);
  });

  it('joins text although an address in it stands over the edge', () => {
    const address = `Source: https://example.org/${'a-long-address/'.repeat(8)}`;
    expect(unwrapped(`${STORY}\n\n${address}`)).toEqual([JOINED, address]);
  });

  it('leaves text alone that was never wrapped', () => {
    const source = 'Menu\nNews and views from the coast\nThe bridge opens on Monday, the council said.\nShare\nHome';
    expect(unwrapped(source)).toEqual(source.split('\n'));
  });

  it('mends words a typesetter parted and keeps hyphens that belong', () => {
    const filler = wrap(
      `${'the council opened the well-known bridge after three years of work and said so. '.repeat(6)}`.trim(),
      72,
    );
    const source = `${filler}\n\nThe council met in the evening to talk about the bridge and the hyphen-\nation of its minutes, which had troubled the clerk of the town. The well-\nknown bridge was not discussed at length by those there, and the depu-\nty mayor left early.`;
    const last = unwrapped(source).at(-1);
    expect(last).toContain('the hyphenation of its minutes');
    expect(last).toContain('The well-known bridge was not discussed');
    expect(last).toContain('the deputy mayor left');
  });

  it('joins Chinese without putting spaces in', () => {
    const sentence = '市政府周三宣布关闭了三年的老城图书馆将在明年春天重新向公众开放修缮工程已经进入最后阶段';
    const text = sentence.repeat(8);
    const source = (text.match(/.{1,60}/gu) ?? []).join('\n');
    expect(unwrapped(source)).toEqual([text]);
  });

  it('keeps the number of the line each paragraph begins on', () => {
    const body = wrap(
      'the bridge opened on Monday after three years of work and a fair, the council of the town said. '
        .repeat(4)
        .trim(),
      70,
    );
    const lines = unwrapLines(splitLines(`${body}\n\n${body}`).lines);
    expect(lines.map(({ number }) => number)).toEqual([1, body.split('\n').length + 2]);
  });
});
