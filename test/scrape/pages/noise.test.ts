/** Pages that are never the same twice, and servers that say they always are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, seenOf } from '../../../functions/scrape/pages/fingerprint.ts';
import { type Answer, DAY, HOUR, MINUTE, type World } from '../world.ts';
import { listing, PAGE } from './one-page.ts';

const TEXT = 'The bridge over the river was closed on Monday, and 14 people had to wait for the ferry. '.repeat(4);

const pageOf = (text: string, head = '', foot = ''): Answer => ({
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<html><head><title>A bridge</title>${head}</head><body><p>${text}</p>${foot}</body></html>`,
});
const hoursBetween = (world: World) => {
  const times = world.requests.filter(({ url }) => url === PAGE).map(({ at }) => at);
  return times.slice(1).map((at, i) => Math.round((at - (times[i] as number)) / HOUR));
};

describe('a page that differs at every request', () => {
  let n = 0;
  const noisy = (text: string) => () =>
    pageOf(
      text,
      `<meta name="csrf-token" content="t${++n}"><script nonce="${n}">var madeAt = ${n}; track("x${n}")</script>`,
      `<form><input type="hidden" value="${n}"></form><!-- made in ${n} ms --><img src="/pixel.gif?${n}" alt="">`,
    );

  it('is one version, and is fetched as seldom as one that stays the same', async () => {
    const world = await listing(noisy(TEXT), { recheckDays: 3 });
    await world.run(4 * DAY);
    expect(world.copies).toHaveLength(1);
    expect(hoursBetween(world)).toEqual([1, 3, 9, 27]);
  });

  it('is another version when one figure of its text is corrected', async () => {
    const world = await listing(noisy(TEXT), { recheckDays: 3 });
    await world.run(30 * MINUTE);
    world.answer(PAGE, noisy(TEXT.replace('14', '15')));
    await world.run(DAY);
    expect(world.copies).toHaveLength(2);
  });

  it('is fetched ever more seldom even where what differs can be seen', async () => {
    const world = await listing(() => pageOf(`${TEXT} Read ${++n} times.`), { recheckDays: 3 });
    await world.run(4 * DAY);
    expect(hoursBetween(world)).toEqual([1, 1, 1, 3, 9, 27]);
    expect(world.copies).toHaveLength(7);
  });

  it('is known by its bytes where it shows next to nothing', async () => {
    const world = await listing(() => ({ body: `<div id="app" data-n="${++n}"></div>` }), { recheckDays: 3 });
    await world.run(3 * HOUR);
    expect(world.copies.length).toBeGreaterThan(1);
  });
});

describe('a page whose server says 304 for ever', () => {
  it('is read whole within its days', async () => {
    let text = TEXT;
    const world = await listing(
      ({ etag } = {} as never) => (etag ? { status: 304 } : { ...pageOf(text), headers: { etag: '"1"' } }),
      {
        recheckDays: 3,
      },
    );
    await world.run(HOUR / 2);
    text = TEXT.replace('14', '15');
    await world.run(3 * DAY);
    expect(world.copies).toHaveLength(2);
    // Whole at the third look, half a day after it came; then an eighth of its age.
    expect(hoursBetween(world)).toEqual([1, 3, 9, 2, 3, 9, 27]);
    expect(world.requests.some(({ url, conditional }) => url === PAGE && conditional)).toBe(true);
  });
});

describe('what is seen of a page', () => {
  it.each([
    ['another figure', TEXT.replace('14', '15'), ''],
    ['another picture', TEXT, '<img src="/other.jpg">'],
    ['another place that it links', TEXT, '<a href="/other">'],
    ['another text of a picture', TEXT, '<img alt="A ferry">'],
    ['another date', TEXT, '<time datetime="2026-03-03">'],
    ['another description', TEXT, '<meta property="og:description" content="No ferry">'],
    [
      'another sentence in the state of its script',
      TEXT,
      '<script>state={"body":"All of the people had to wait for another ferry that never came."}</script>',
    ],
  ])('differs by %s', (_, text, more) => {
    const page = (text: string, more: string) => Buffer.from(pageOf(text, '', more).body ?? '');
    expect(fingerprintOf(page(text, more))).not.toBe(fingerprintOf(page(TEXT, '')));
  });

  it('is the same however its markup, relative times and addresses of versions change', () => {
    const page = (n: number) =>
      `<p class="c${n}">${TEXT}</p><time datetime="2026-03-02">${n} minutes ago</time><a href="/a?sid=${n}">More</a><style>p{top:${n}px}</style><img src="/a.jpg?w=${n}">`;
    expect(seenOf(page(1))).toBe(seenOf(page(2)));
    expect(fingerprintOf(Buffer.from(page(1)))).not.toBeNull();
  });

  it('can be told of any bytes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<', '>', '"', '<script>', '</', '<time datetime=', '<meta name=', 'a ', '\n'), {
          maxLength: 60,
        }),
        (parts) => {
          expect(() => fingerprintOf(Buffer.from(parts.join('')))).not.toThrow();
        },
      ),
    );
  });
});
