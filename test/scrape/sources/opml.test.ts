import { describe, expect, it } from 'vitest';
import { feedsOfOpml, renderOpml } from '../../../functions/scrape/sources/opml.ts';
import { DEFAULT_SETTINGS, newSource, type Source } from '../../../functions/scrape/sources/source.ts';

const opml = (body: string) => `<?xml version="1.0"?><opml version="2.0"><head/><body>${body}</body></opml>`;
const feeds = (text: string, foldersAsSections = false) => feedsOfOpml(Buffer.from(text), { foldersAsSections });

describe('an OPML file', () => {
  it('names its feeds in their order, each once, whatever folder they are in', () => {
    const text = opml(
      '<outline text="Local"><outline text="A" xmlUrl="https://a.example/f?x=1&amp;y=2"/>' +
        '<outline text="More"><outline text="B" xmlUrl=" https://b.example/f "/></outline></outline>' +
        '<outline text="A again" type="rss" xmlUrl="https://a.example/f?x=1&amp;y=2"/><outline text="No feed"/>',
    );
    const urls = ['https://a.example/f?x=1&y=2', 'https://b.example/f'];
    expect(feeds(text)).toEqual({ feeds: urls.map((url) => ({ url })), problems: [] });
    expect(feeds(text, true)?.feeds).toEqual([
      { url: urls[0], section: 'Local' },
      { url: urls[1], section: 'More' },
    ]);
  });

  it('is read in the encoding it declares', () => {
    const text = opml('<outline text="K\u00f6ln"><outline text="A" xmlUrl="https://a.example/f"/></outline>');
    const bytes = Buffer.from(text.replace('?>', ' encoding="ISO-8859-1"?>'), 'latin1');
    expect(feedsOfOpml(bytes, { foldersAsSections: true })?.feeds).toEqual([
      { url: 'https://a.example/f', section: 'K\u00f6ln' },
    ]);
  });

  it('tells of addresses that cannot be watched, and takes the rest', () => {
    const text = opml('<outline text="Old" xmlUrl="feed://x"/><outline text="New" xmlUrl="https://a.example/f"/>');
    expect(feeds(text)).toEqual({
      feeds: [{ url: 'https://a.example/f' }],
      problems: ['Old cannot be watched. It must be an http or https address.'],
    });
  });

  it('nested a hundred thousand deep does no harm', () => {
    const deep = opml(`${'<outline text="x">'.repeat(100_000)}${'</outline>'.repeat(100_000)}`);
    expect(() => feeds(deep)).not.toThrow();
  });

  it('that is none is told from one without feeds', () => {
    expect(feeds('<rss/>')).toBeNull();
    expect(feeds('')).toBeNull();
    expect(feeds(opml('<outline text="x"/>'))).toEqual({ feeds: [], problems: [] });
  });

  it('is written so that it is read back', () => {
    const now = new Date('2026-03-01T08:00:00Z');
    const made = ['a', 'b & "c"'].map((title, index) => ({
      ...newSource({ ...DEFAULT_SETTINGS, id: `s${index}`, url: `https://s${index}.example/f?x=1&y=2` }, now),
      title,
    }));
    expect(feeds(renderOpml(made, now))).toEqual({ feeds: made.map(({ url }) => ({ url })), problems: [] });
    const sections = made.map((source, index) => ({
      ...source,
      section: ['Arts, culture', null][index] as string | null,
    }));
    expect(feeds(renderOpml(sections, now), true)?.feeds).toEqual([
      { url: made[1]?.url },
      { url: made[0]?.url, section: 'Arts, culture' },
    ]);
    const odd = renderOpml([{ ...(made[0] as Source), title: 'A\u0000\u0008 feed' }], now);
    expect(odd).not.toMatch(/\p{Cc}(?<!\n)/u);
    expect(renderOpml([], now)).toContain('<body/>');
  });
});
