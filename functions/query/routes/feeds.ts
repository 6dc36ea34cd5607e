/** GET /feed.json, /feed.rss and /feed.atom: any query as a feed. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { ArticleCard } from '../../article/card.ts';
import type { ArticleRecord } from '../../article/record.ts';
import { FEED_FORMATS, type FeedFormat, renderFeed } from '../../article/render/feed.ts';
import { isWithdrawn } from '../../article/tombstone.ts';
import { type ArticleQuery, type ListedPage, listArticles } from '../list-articles.ts';
import type { Ports } from '../ports.ts';
import { problems } from '../problem.ts';
import { FeedQuerySchema } from '../schemas.ts';
import { sideBySide } from '../side-by-side.ts';

const ITEMS = 20;
/** Characters of all texts together: what does not fit comes with its summary only, so that the feed fits into an answer. */
const TEXTS = 500_000;
/** Pages of a list that are looked through: each ends after a month without an article, or a thousand cards. */
const MOST_PAGES = 24;
/** Milliseconds after which that is enough in any case; a gateway waits for half a minute. */
const LOOKING_MS = 20_000;

const TYPES = {
  json: 'application/feed+json',
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
} as const satisfies Record<FeedFormat, string>;

export function feedRoutes(app: OpenAPIHono, ports: Ports): void {
  for (const format of FEED_FORMATS) {
    const type = TYPES[format].split(';', 1)[0] as string;
    const route = createRoute({
      method: 'get',
      path: `/feed.${format}`,
      operationId: `getFeed${format[0]?.toUpperCase()}${format.slice(1)}`,
      tags: ['feeds'],
      summary: `Articles of any query as a feed (${format === 'json' ? 'JSON Feed 1.1' : format === 'rss' ? 'RSS 2.0' : 'Atom'})`,
      request: { query: FeedQuerySchema },
      responses: {
        200: {
          description: 'the feed',
          content: { [type]: { schema: { type: format === 'json' ? ('object' as const) : ('string' as const) } } },
        },
        304: { description: 'nothing changed since the entity tag in If-None-Match' },
        ...problems('BAD_REQUEST', 'ANSWER_TOO_LARGE'),
      },
    });
    app.openapi(route, async (c) => {
      const { limit = ITEMS, ...query } = c.req.valid('query');
      const items = await newest(ports, query, limit);
      const records = await readAll(ports, items);
      const address = new URL(c.req.url);
      const feed = renderFeed(format, records, {
        title: titleOf(query),
        address: address.href,
      });
      return c.body(feed, 200, { 'Content-Type': TYPES[format] }) as never;
    });
  }
}

/**
 * The first articles of a query. A list may end a page early and go on by its cursor, where a filter lets little through or
 * a month is empty; a feed has no second page, so that all of them are looked for here.
 */
async function newest({ articles, now }: Ports, query: ArticleQuery, limit: number): Promise<ArticleCard[]> {
  const items: ArticleCard[] = [];
  const begun = now();
  let cursor: string | null = null;
  let pages = 0;
  do {
    const page: ListedPage = await listArticles(articles, query, { limit: limit - items.length, cursor, now: begun });
    items.push(...page.items);
    cursor = page.cursor;
    pages += 1;
  } while (
    cursor !== null &&
    items.length < limit &&
    pages < MOST_PAGES &&
    now().getTime() - begun.getTime() < LOOKING_MS
  );
  return items;
}

/** The records of a feed; those that it has no room for without blocks, and their bodies unread where these lie elsewhere. */
async function readAll({ articles }: Ports, cards: readonly ArticleCard[]): Promise<ArticleRecord[]> {
  const records: ArticleRecord[] = [];
  let room = TEXTS;
  for (const group of sideBySide(cards)) {
    const read = await Promise.all(
      // A word is a character at least, and a space where the script has any: an estimate, for what is cut is only the feed's.
      group.map(({ id, wordCount }) => (2 * wordCount > room + 1 ? articles.readHead(id) : articles.read(id))),
    );
    for (const stored of read) {
      // A card may outlive its record by a moment.
      if (stored === null || isWithdrawn(stored)) continue;
      const fits = stored.text.length <= room;
      if (fits) room -= stored.text.length;
      records.push(fits ? stored : { ...stored, blocks: [] });
    }
  }
  return records;
}

function titleOf(query: object): string {
  const parts = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]));
  return ['Copydesk', ...parts].join(' · ');
}
