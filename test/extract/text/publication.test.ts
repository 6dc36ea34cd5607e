import { describe, expect, it } from 'vitest';
import { readText } from '../../../functions/extract/text/read-text.ts';

const AS_OF = new Date('2026-11-22T00:00:00Z');
const HEADLINE = 'Saltmere dock workers accept pay offer, ending three-week strike';
const BODY = [
  'Dock workers at the port of Saltmere voted on Monday to accept a two-year pay offer, ending a strike that had closed the container terminal for three weeks.',
  'The vote was 412 to 168, according to Marion Abell, the branch secretary, who announced the result of the vote outside the canteen shortly after noon.',
  'Ships that had been diverted to other harbours since the walk-out began are expected to return from Thursday, the harbour master said on the quay.',
  'The regional chamber of trade put the cost of the closure at 31 million, most of it borne by growers who could not ship their fruit to the dock.',
];

/** The days read from a story with some lines above its body and some below. */
function daysOf(above: string[], below: string[] = [], body = BODY) {
  const reading = readText([...above, ...body, ...below].join('\n'), { url: null, asOf: AS_OF });
  if ('reject' in reading) throw new Error(`rejected as ${reading.reject}: ${reading.detail}`);
  const { publishedAt, modifiedAt } = reading.article;
  return [publishedAt?.slice(0, 10) ?? null, modifiedAt?.slice(0, 10) ?? null];
}

describe('the day of publication', () => {
  it('is read month first where another date of the page can be read in no other way', () => {
    expect(daysOf([HEADLINE, '8/1/2026'], ['Read next', 'Fairground parking to cost double 8/27/2026'])[0]).toBe(
      '2026-08-01',
    );
    expect(daysOf([HEADLINE, '8/1/2026'], ['Read next', 'Fairground parking to cost double 27/8/2026'])[0]).toBe(
      '2026-01-08',
    );
    expect(daysOf([HEADLINE, '8/1/2026'])[0]).toBeNull();
  });

  it('is none of the two days of an event', () => {
    expect(daysOf([HEADLINE, '3 May 2026 – 9 May 2026'])).toEqual([null, null]);
  });

  it('is read from a long line that begins by telling it', () => {
    const sections =
      'in Harbour, General, Trade, Labour, Saltmere, Shipping of Fruit, Coast and Country, Online Resources';
    expect(daysOf([HEADLINE, `Posted on May 3, 2026 by Ann Lee ${sections}, Long Reads of the Week, Unions`])[0]).toBe(
      '2026-05-03',
    );
  });

  it('is not read from a sentence about another day', () => {
    const dated = BODY.with(
      0,
      'The union published its demands on 3 April 2026, and the port replied within the week.',
    );
    expect(daysOf([HEADLINE, 'By Ann Lee'], [], dated)).toEqual([null, null]);
  });

  it('is told once below the story, past its share lines, but not in rows of comments', () => {
    const between = ['Share', 'Facebook', 'E-mail', 'Print', 'Save', 'About the author', 'Ann Lee covers ports'];
    expect(daysOf([HEADLINE], [...between, 'Published August 13, 2026'])[0]).toBe('2026-08-13');
    expect(
      daysOf([HEADLINE], [...between, 'Tom posted on August 13, 2026', 'Good.', 'Una posted on August 14, 2026'])[0],
    ).toBeNull();
  });

  it('is the earlier of two days that copying glued together, whichever comes first', () => {
    expect(daysOf([HEADLINE, 'May 21, 2026April 24, 2026 by Ann Lee'])).toEqual(['2026-04-24', '2026-05-21']);
    expect(daysOf([HEADLINE, 'April 24, 2026May 21, 2026 by Ann Lee'])[0]).toBe('2026-04-24');
  });

  it('is not the hidden stamp of a change that is glued to it', () => {
    expect(daysOf([HEADLINE], ['Ann2026-04-18T13:00:39+00:00March 22nd, 2026|Ports|'])[0]).toBe('2026-03-22');
  });

  it('is read below another copy of the headline, which a menu parts from the body', () => {
    const menu = Array.from({ length: 20 }, (_, i) => `Section ${'abcdefghijklmnopqrst'[i]}`);
    expect(daysOf([HEADLINE, 'Harbour desk', 'May 3, 2026', ...menu, HEADLINE])[0]).toBe('2026-05-03');
  });

  it('is told by the line that signs a post off with its author or categories', () => {
    const between = ['Share', 'Facebook', 'E-mail', 'Print', 'Save', 'Copy link', 'Ports'];
    expect(daysOf([HEADLINE], [...between, 'May 3, 2026 By The Harbour Team'])[0]).toBe('2026-05-03');
    expect(
      daysOf([HEADLINE], [...between, 'Monday, May 4th, 2026 at 11:00 am | Categories: Ports, Saltmere |'])[0],
    ).toBe('2026-05-04');
    expect(daysOf([HEADLINE], [...between, 'May 5, 2026 was a fine day for the fair'])[0]).toBeNull();
  });

  it('is said far below by one label and not by two', () => {
    const boxes = Array.from({ length: 30 }, (_, i) => `Box ${'abcdefghijklmnopqrstuvwxyzäöüß'[i]}`);
    expect(daysOf([HEADLINE], [...boxes, 'PUBLISHED', 'Feb 2, 2026'])[0]).toBe('2026-02-02');
    expect(
      daysOf([HEADLINE], [...boxes, 'PUBLISHED', 'Feb 2, 2026', 'Other', 'PUBLISHED', 'Feb 3, 2026'])[0],
    ).toBeNull();
  });

  it('is that of the byline and not of a post that the story embeds', () => {
    const embedding = [...BODY.slice(0, 3), 'Posted by Dockers United on Monday, May 11, 2026', ...BODY.slice(3)];
    expect(daysOf([HEADLINE, 'By Ann Lee', '9 May 2026'], [], embedding)[0]).toBe('2026-05-09');
  });

  it('may hang on the headline, but is not what the headline speaks of', () => {
    expect(daysOf([`9 May 2026 ${HEADLINE}`])[0]).toBe('2026-05-09');
    expect(daysOf([`${HEADLINE} on 9 May 2026`])[0]).toBeNull();
  });

  it('is read from dates that copying glued together', () => {
    expect(daysOf([HEADLINE, '4. Mai 20263. Mai 2026 von Anna Lind'])[0]).toBe('2026-05-03');
    expect(daysOf([HEADLINE, '13/05/202614/05/2026'])[0]).toBe('2026-05-13');
    expect(daysOf([HEADLINE, 'May 032026'])[0]).toBe('2026-05-03');
  });

  it('is no rate of an offer and not the day a picture was taken', () => {
    expect(daysOf([HEADLINE, 'Last minute 28.01. - 05.02. 10% off'])[0]).toBeNull();
    expect(daysOf([HEADLINE, 'The terminal from above © Ann Lee, 31.05.2013'])[0]).toBeNull();
  });
});
