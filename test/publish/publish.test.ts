import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArticleCard } from '../../functions/article/card.ts';
import type { ArticleEvent, Event } from '../../functions/article/events.ts';
import type { ArticleImage, ChangeRecord, Ports } from '../../functions/publish/ports.ts';
import { EventsRefusedError, publish, REQUEST_EVENTS } from '../../functions/publish/publish.ts';
import { change, imageOf, record, tombstone } from './images.ts';

/** What an item says at one time; null where there is none. */
type State = { title: string; withdrawn: boolean } | null;

const url = (article: number) => `https://news.example/${article}`;

function imageAt(article: number, state: State, at: number): ArticleImage | null {
  if (state === null) return null;
  const now = record(at, { canonicalUrl: url(article), title: state.title, text: `Text of ${article}.` });
  return state.withdrawn ? tombstone(at, { id: now.id }) : imageOf(now);
}

/** A stream of changes, as DynamoDB would make it, and the cards that the table holds in the end. */
function streamOf(steps: readonly { article: number; state: State }[]) {
  const items = new Map<number, ArticleImage | null>();
  const records = steps.map(({ article, state }, at): ChangeRecord => {
    const before = items.get(article) ?? null;
    const after = imageAt(article, state, at * 10);
    items.set(article, after);
    return {
      sequenceNumber: String(at),
      item: url(article),
      read: () => change(before, after, new Date(Date.parse('2026-03-01T08:00:00Z') + at * 10).toISOString()),
    };
  });
  const cards = [...items.values()].flatMap((image) => (image?.kind === 'record' ? [image.card] : []));
  return { records, cards: new Map(cards.map((card) => [card.id, card])) };
}

/** Lambda as it reads one shard: from where the function says, until the end. */
async function follow(records: readonly ChangeRecord[], batch: number, ports: Ports): Promise<void> {
  for (let from = 0; from < records.length; ) {
    const delivered = records.slice(from, from + batch);
    const { failure } = await publish(delivered, ports);
    from = failure
      ? records.findIndex(({ sequenceNumber }) => sequenceNumber === failure.sequenceNumber)
      : from + delivered.length;
  }
}

/** A bus that refuses as told, one answer a request, and then takes everything. */
function bus(answers: readonly ('down' | readonly number[])[]) {
  const taken: Event[] = [];
  const pending = [...answers];
  return {
    taken,
    port: {
      async put(events: readonly Event[]) {
        const answer = pending.shift() ?? [];
        if (answer === 'down') throw new Error('the bus does not answer');
        const refused = events.filter((_, index) => answer.includes(index));
        taken.push(...events.filter((event) => !refused.includes(event)));
        return refused;
      },
    },
  };
}

const unpublished = {
  keep: async () => {
    throw new Error('nothing should be kept');
  },
};

const state: fc.Arbitrary<State> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ title: fc.constantFrom('one', 'two', 'three'), withdrawn: fc.constant(false) }) },
  { weight: 2, arbitrary: fc.record({ title: fc.constant('gone'), withdrawn: fc.constant(true) }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const steps = fc.array(fc.record({ article: fc.nat(4), state }), { minLength: 1, maxLength: 60 });
const answers = fc.array(
  fc.oneof(fc.constant('down' as const), fc.array(fc.nat(REQUEST_EVENTS - 1), { maxLength: 4 })),
  {
    maxLength: 25,
  },
);

const isArticleEvent = (event: Event): event is ArticleEvent => event.type !== 'upload.rejected';

/** A subscriber that passes over ids it has seen. */
function mirror(events: readonly Event[]): Map<string, ArticleCard> {
  const [seen, cards] = [new Set<string>(), new Map<string, ArticleCard>()];
  for (const event of events.filter(isArticleEvent)) {
    if (seen.has(event.id)) continue;
    seen.add(event.id);
    if (event.type === 'article.withdrawn') cards.delete(event.articleId);
    else cards.set(event.articleId, event.card);
  }
  return cards;
}

/** A subscriber that keeps what occurred last, in whatever order it hears of it. */
function latest(events: readonly Event[]): Map<string, ArticleCard> {
  const last = new Map<string, ArticleEvent>();
  for (const event of events.filter(isArticleEvent)) {
    const known = last.get(event.articleId);
    if (!known || known.occurredAt < event.occurredAt) last.set(event.articleId, event);
  }
  return new Map([...last].flatMap(([id, event]) => (event.type === 'article.withdrawn' ? [] : [[id, event.card]])));
}

describe('publishing', () => {
  it('lets every subscriber rebuild the cards, whatever fails, repeats and is delivered again', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        answers,
        fc.integer({ min: 1, max: 30 }),
        fc.infiniteStream(fc.nat()),
        async (story, faults, batch, dice) => {
          const { records, cards } = streamOf(story);
          const { taken, port } = bus(faults);
          await follow(records, batch, { bus: port, unpublished });

          const roll = () => dice.next().value as number;
          // Repeated by the bus at any later time.
          const repeated = [...taken];
          for (const event of taken) {
            if (roll() % 3 > 0) continue;
            const first = repeated.indexOf(event);
            repeated.splice(first + 1 + (roll() % (repeated.length - first)), 0, event);
          }
          expect(mirror(repeated)).toEqual(cards);

          // In any order at all, since the bus promises none.
          const shuffled = repeated.map((event) => ({ event, rank: roll() })).sort((a, b) => a.rank - b.rank);
          expect(latest(shuffled.map(({ event }) => event))).toEqual(cards);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never lets an event past an earlier one of its article that was not taken', async () => {
    await fc.assert(
      fc.asyncProperty(steps, answers, async (story, faults) => {
        const { taken, port } = bus(faults);
        await follow(streamOf(story).records, 20, { bus: port, unpublished });
        const heard = new Map<string, string>();
        const seen = new Set<string>();
        for (const event of taken.filter(isArticleEvent)) {
          if (seen.has(event.id)) continue;
          seen.add(event.id);
          expect(event.occurredAt > (heard.get(event.articleId) ?? '')).toBe(true);
          heard.set(event.articleId, event.occurredAt);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('puts ten events at once, and no two of one article', async () => {
    const story = Array.from({ length: 12 }, (_, article) => ({ article, state: { title: 'one', withdrawn: false } }));
    const sizes: number[] = [];
    const put = async (events: readonly Event[]) => {
      sizes.push(events.length);
      return [];
    };
    await publish(streamOf(story).records, { bus: { put }, unpublished });
    await publish(streamOf([...story.slice(0, 3), { article: 0, state: { title: 'two', withdrawn: false } }]).records, {
      bus: { put },
      unpublished,
    });
    expect(sizes).toEqual([10, 2, 3, 1]);
  });

  it('says where the stream has to go on, and why', async () => {
    const { records } = streamOf([0, 1, 2].map((article) => ({ article, state: { title: 'one', withdrawn: false } })));
    const refusing = bus([[1]]);
    const { events, failure } = await publish(records, { bus: refusing.port, unpublished });
    expect(events).toHaveLength(2);
    expect(failure).toEqual({ sequenceNumber: '1', error: expect.any(EventsRefusedError) });
    const down = await publish(records, { bus: bus(['down']).port, unpublished });
    expect(down).toEqual({ events: [], failure: { sequenceNumber: '0', error: new Error('the bus does not answer') } });
  });

  it('puts aside what can never be read, and goes on behind it', async () => {
    const { records } = streamOf([0, 1].map((article) => ({ article, state: { title: 'one', withdrawn: false } })));
    const poison: ChangeRecord = {
      sequenceNumber: '0.5',
      item: 'by hand',
      read: () => {
        throw new TypeError('no record');
      },
    };
    const story = [...records.slice(0, 1), poison, ...records.slice(1)];
    const kept: unknown[] = [];
    const keep: Ports['unpublished']['keep'] = async ({ item }, error) => {
      kept.push([item, error]);
    };
    const { taken, port } = bus([]);
    expect(await publish(story, { bus: port, unpublished: { keep } })).toMatchObject({ failure: null });
    expect(taken).toHaveLength(2);
    expect(kept).toEqual([['by hand', new TypeError('no record')]]);

    // Where it cannot even be put aside, nothing goes past it.
    const { failure, events } = await publish(story, { bus: bus([]).port, unpublished });
    expect(events).toHaveLength(1);
    expect(failure?.sequenceNumber).toBe('0.5');
  });
});
