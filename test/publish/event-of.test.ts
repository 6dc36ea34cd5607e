import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardOf } from '../../functions/article/card.ts';
import { EventSchema } from '../../functions/article/events.ts';
import { boundArticle } from '../../functions/article/limits.ts';
import { ArticleRecordSchema } from '../../functions/article/record.ts';
import type { Upload } from '../../functions/article/upload.ts';
import { entryBytes, REQUEST_BYTES } from '../../functions/aws/events/event-bus.ts';
import { eventOf } from '../../functions/publish/event-of.ts';
import type { RecordImage } from '../../functions/publish/ports.ts';
import { emptyArticle } from '../support/articles.ts';
import { change, imageOf, instant, record, tombstone } from './images.ts';

const ferry = { title: 'The ferry returns', text: 'It sails again.', site: 'news.example', language: 'en' };

describe('a change of an article', () => {
  it('that brings it is told as created, with its card and what to filter by', () => {
    const tags = [{ label: 'Night ferry', slug: 'night-ferry' }];
    const article = record(5, { ...ferry, tags });
    expect(eventOf(change(null, imageOf(article)))).toEqual({
      schemaVersion: 1,
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      type: 'article.created',
      occurredAt: instant(5),
      articleId: article.id,
      sites: ['news.example'],
      facets: ['language:en', 'tag:night-ferry'],
      revision: 1,
      card: cardOf(article),
    });
  });

  it('of its text is told as revised, with both cards and the fields that changed', () => {
    const before = record(0, ferry);
    const after = record(1, { ...ferry, title: 'The ferry is late', text: 'It does not sail.' }, { revision: 2 });
    expect(eventOf(change(imageOf(before), imageOf(after)))).toMatchObject({
      type: 'article.revised',
      occurredAt: instant(1),
      revision: 2,
      changed: ['title', 'text'],
      card: { title: 'The ferry is late' },
      previousCard: { title: 'The ferry returns' },
    });
  });

  it('of anything else it says is told as revised too, under the same revision', () => {
    const before = record(0, ferry);
    const after = record(1, { ...ferry, description: 'About ferries.', kind: 'opinion' });
    expect(eventOf(change(imageOf(before), imageOf(after)))).toMatchObject({
      type: 'article.revised',
      revision: 1,
      changed: ['description', 'kind'],
    });
  });

  it('of how it was made is not told: a new version of the engine wakes nobody', () => {
    const before = record(0, ferry);
    const after = record(
      1,
      { ...ferry, provenance: { title: 'h1' }, quality: { confidence: 0.9, warnings: [] } },
      { engineVersion: '2.0.0', fetchedAt: instant(1), raw: { ...before.raw, versionId: 'v2' } },
    );
    expect(eventOf(change(imageOf(before), imageOf(after)))).toBeNull();
  });

  it('that leaves a site or a tag is found by what it was and by what it is', () => {
    const tagged = (slug: string) => [{ label: slug, slug }];
    const before = record(0, { ...ferry, tags: tagged('ships') });
    const after = record(1, { ...ferry, site: 'other.example', tags: tagged('trains') });
    expect(eventOf(change(imageOf(before), imageOf(after)))).toMatchObject({
      sites: ['other.example', 'news.example'],
      facets: ['language:en', 'tag:trains', 'tag:ships'],
    });
  });

  it('whose body lies outside of the item names text by its hash, and the rest as body', () => {
    const was = record(0, ferry);
    const changedOf = (is: RecordImage) => {
      const event = eventOf(change(imageOf(was, 'a/1.json'), is));
      return event?.type === 'article.revised' ? event.changed : event;
    };
    expect(changedOf(imageOf(record(1, { ...ferry, text: 'Another.' }), 'a/2.json'))).toEqual(['text', 'body']);
    expect(changedOf(imageOf(record(1, ferry), 'a/2.json'))).toEqual(['body']);
    expect(changedOf(imageOf(record(1, ferry), 'a/1.json'))).toBeNull();
  });

  it('of its card alone is told, or a mirror of the cards would be wrong', () => {
    const image = imageOf(record(0, ferry));
    const recut = { ...imageOf(record(1, ferry)), card: { ...image.card, title: 'The ferry…' } };
    expect(eventOf(change(image, recut))).toMatchObject({ type: 'article.revised', changed: ['card'] });
  });

  it('that withdraws it is told with the reason and the last card', () => {
    const article = record(0, ferry);
    expect(eventOf(change(imageOf(article), tombstone(7, { reason: 'a court order' })))).toMatchObject({
      type: 'article.withdrawn',
      occurredAt: instant(7),
      articleId: article.id,
      sites: ['news.example'],
      reason: 'a court order',
      tombstone: true,
      previousCard: cardOf(article),
    });
  });

  it('that deletes its item is told as withdrawn, later than what was deleted', () => {
    const before = imageOf(record(1_500, ferry));
    const told = { type: 'article.withdrawn', tombstone: false, reason: null };
    expect(eventOf(change(before, null, instant(9_000)))).toMatchObject({ ...told, occurredAt: instant(9_000) });
    // The stream counts in whole seconds.
    expect(eventOf(change(before, null, instant(1_000)))).toMatchObject({ ...told, occurredAt: instant(1_501) });
  });

  it('that brings back a withdrawn one is told as created', () => {
    expect(eventOf(change(tombstone(3), imageOf(record(4, ferry))))).toMatchObject({ type: 'article.created' });
  });

  it('among tombstones is not told', () => {
    expect(eventOf(change(tombstone(3), tombstone(4, { restoredAt: instant(4) })))).toBeNull();
    expect(eventOf(change(tombstone(3), null))).toBeNull();
    expect(eventOf(change(null, tombstone(3)))).toBeNull();
  });

  it('has the same id whenever it is told, and another one than any other change', () => {
    const first = change(null, imageOf(record(0, ferry)));
    const second = change(imageOf(record(0, ferry)), imageOf(record(1, { ...ferry, title: 'Late' })));
    const ids = [first, structuredClone(first), second].map((each) => eventOf(each)?.id);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('of an item that is no record throws', () => {
    const byHand = { ...imageOf(record(0, ferry)), card: undefined } as unknown as RecordImage;
    expect(() => eventOf(change(null, byHand))).toThrow();
  });

  it('never becomes more than the bus takes, whatever a page holds', () => {
    const long = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).map((text) => text.repeat(300));
    const hostile = fc.record({
      title: long,
      siteName: long,
      canonicalUrl: fc.webUrl().map((url) => url.padEnd(2_000, 'x')),
      site: fc.domain(),
      section: fc.record({ label: long, slug: long }),
      tags: fc.array(fc.record({ label: long, slug: long }), { minLength: 30, maxLength: 40 }),
      authors: fc.array(fc.record({ name: long, url: fc.constant(null) }), { maxLength: 20 }),
    });
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const [before, after] = [one, other].map((fields, at) =>
          imageOf(record(at, boundArticle({ ...emptyArticle, ...fields, text: 'It sails.' }))),
        );
        const event = eventOf(change(before ?? null, after ?? null));
        expect(event && entryBytes(event)).toBeLessThan(REQUEST_BYTES / 10);
      }),
      { numRuns: 20 },
    );
  });
});

describe('an event that would be larger than the bus takes', () => {
  it('is cut where people wrote at length why an article goes', () => {
    const buried = tombstone(1, { reason: '\u0001'.repeat(300_000) });
    const event = eventOf(change(imageOf(record(0, ferry)), buried));
    expect(event).toMatchObject({ type: 'article.withdrawn', reason: '\u0001'.repeat(1_000) });
    expect(event && entryBytes(event)).toBeLessThan(REQUEST_BYTES / 10);
  });

  it('is none, of an item that somebody wrote by hand: the bus would refuse it for ever', () => {
    const image = imageOf(record(0, ferry));
    const overgrown = {
      ...image,
      record: {
        ...image.record,
        facets: Array(40_000)
          .fill('tag:x')
          .map((tag, i) => tag + i),
      },
    };
    expect(() => eventOf(change(null, overgrown))).toThrow(/^The event article.created would have \d{6} bytes/);
  });
});

describe('a change of an upload', () => {
  const upload: Upload = {
    object: 'uploads/list.html',
    version: 'v1',
    status: 'rejected',
    reason: 'NOT_ARTICLE',
    detail: 'The page is a listing.',
    articleIds: [],
    sequencer: null,
    bytes: 12,
    mediaType: 'text/html',
    charset: 'utf-8',
    attempts: 1,
    leaseUntil: null,
    receivedAt: instant(0),
    updatedAt: instant(4),
    durationMs: 4,
  };

  it('to rejected is told with the reason and what to do', () => {
    const before: Upload = { ...upload, status: 'processing', reason: null, detail: null };
    expect(eventOf({ kind: 'upload', before, after: upload })).toMatchObject({
      type: 'upload.rejected',
      occurredAt: instant(4),
      upload: { object: 'uploads/list.html', version: 'v1', reason: 'NOT_ARTICLE', detail: 'The page is a listing.' },
    });
  });

  it('to anything else is not told', () => {
    const ingested: Upload = { ...upload, status: 'ingested', reason: null };
    expect(eventOf({ kind: 'upload', before: null, after: ingested })).toBeNull();
    expect(eventOf({ kind: 'upload', before: upload, after: { ...upload, attempts: 2 } })).toBeNull();
    expect(eventOf({ kind: 'upload', before: upload, after: null })).toBeNull();
  });
});

describe('the schema of events', () => {
  it('knows every field of the record that a revision can name', () => {
    const fields = [...Object.keys(ArticleRecordSchema.shape), 'body', 'card'];
    const before = imageOf(record(0, ferry));
    const after = imageOf(
      record(1, {
        ...ferry,
        mainImage: 'https://news.example/a.jpg',
        links: [{ url: 'https://a.example/', text: 'a' }],
      }),
    );
    const event = EventSchema.parse(eventOf(change(before, after)));
    expect(event).toMatchObject({ changed: ['mainImage', 'links'] });
    expect(fields).toEqual(expect.arrayContaining(['mainImage', 'links']));
  });
});
