/** GET /articles, /articles/{id} and /articles/{id}/revisions. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import type { ArticleRecord } from '../../article/record.ts';
import { renderHtml } from '../../article/render/html.ts';
import { renderJson } from '../../article/render/json.ts';
import { renderMarkdown } from '../../article/render/markdown.ts';
import { isWithdrawn } from '../../article/tombstone.ts';
import { listArticles } from '../list-articles.ts';
import type { Ports } from '../ports.ts';
import { ProblemError, problems } from '../problem.ts';
import { revisionsWithDiffs } from '../revision-diffs.ts';
import {
  ArticleIdParamsSchema,
  ArticleParamsSchema,
  ArticleSchema,
  ArticlesPageSchema,
  ArticlesQuerySchema,
  type Format,
  NoQuerySchema,
  RevisionsPageSchema,
  RevisionsQuerySchema,
} from '../schemas.ts';

const PAGE = 50;
const REVISIONS = 10;

/** In the order in which they are preferred where a caller takes several alike. */
const FORMS = {
  json: { type: 'application/json', render: (record: ArticleRecord) => renderJson(record) },
  txt: { type: 'text/plain; charset=utf-8', render: (record: ArticleRecord) => `${record.text}\n` },
  md: { type: 'text/markdown; charset=utf-8', render: renderMarkdown },
  html: { type: 'text/html; charset=utf-8', render: renderHtml },
} as const satisfies Record<Format, { type: string; render: (record: ArticleRecord) => string }>;

const mediaType = (format: Format) => FORMS[format].type.split(';', 1)[0] as string;
const BY_TYPE = new Map((Object.keys(FORMS) as Format[]).map((format) => [mediaType(format), format]));

const text = (description: string) => ({ schema: { type: 'string' as const, description } });

const listRoute = createRoute({
  method: 'get',
  path: '/articles',
  operationId: 'listArticles',
  tags: ['articles'],
  summary: 'Articles by site, section, tag, author, language, day or range, newest first',
  description:
    'Cards, newest first by sortAt. At most one of section, tag and author; site and language narrow any list. A page may be short, or empty, and still have a cursor.',
  request: { query: ArticlesQuerySchema },
  responses: {
    200: { description: 'a page of cards', content: { 'application/json': { schema: ArticlesPageSchema } } },
    304: { description: 'nothing changed since the entity tag in If-None-Match' },
    ...problems('BAD_REQUEST', 'BAD_CURSOR', 'ANSWER_TOO_LARGE'),
  },
});

const getRoute = createRoute({
  method: 'get',
  path: '/articles/{id}',
  operationId: 'getArticle',
  tags: ['articles'],
  summary: 'One article as JSON, text, Markdown or HTML, by suffix or Accept',
  request: { params: ArticleParamsSchema, query: NoQuerySchema },
  responses: {
    200: {
      description: 'the record, or the article in the form that was asked for',
      content: {
        'application/json': { schema: ArticleSchema },
        'text/plain': text('the text alone'),
        'text/markdown': text('the article under its title, in CommonMark with tables'),
        'text/html': text('a page without scripts, styles, frames and forms'),
      },
    },
    206: { description: 'the part that Range asked for' },
    304: { description: 'nothing changed since the entity tag in If-None-Match' },
    ...problems('BAD_REQUEST', 'NOT_FOUND', 'NOT_ACCEPTABLE', 'ANSWER_TOO_LARGE', 'WITHDRAWN', 'BAD_RANGE'),
  },
});

const revisionsRoute = createRoute({
  method: 'get',
  path: '/articles/{id}/revisions',
  operationId: 'listRevisions',
  tags: ['articles'],
  summary: 'What changed in an article, and when, newest first',
  request: { params: ArticleIdParamsSchema, query: RevisionsQuerySchema },
  responses: {
    200: { description: 'a page of revisions', content: { 'application/json': { schema: RevisionsPageSchema } } },
    304: { description: 'nothing changed since the entity tag in If-None-Match' },
    ...problems('BAD_REQUEST', 'BAD_CURSOR', 'NOT_FOUND', 'ANSWER_TOO_LARGE', 'WITHDRAWN'),
  },
});

export function articleRoutes(app: OpenAPIHono, ports: Ports): void {
  app.openapi(listRoute, async (c) => {
    const { limit = PAGE, cursor = null, ...filters } = c.req.valid('query');
    const page = await listArticles(ports.articles, filters, { limit, cursor, now: ports.now() });
    linkToNext(c, page.cursor);
    return c.json(page, 200);
  });

  app.openapi(getRoute, async (c) => {
    const [id = '', suffix] = c.req.valid('param').id.split('.');
    if (suffix !== undefined && !Object.hasOwn(FORMS, suffix)) {
      throw new ProblemError(
        'NOT_FOUND',
        `An article has no form .${suffix}; it has .${Object.keys(FORMS).join(', .')}.`,
      );
    }
    const format = (suffix as Format | undefined) ?? negotiated(c);
    const record = await readArticle(ports, id);
    const { type, render } = FORMS[format];
    const headers: Record<string, string> = { 'Content-Type': type, 'X-Content-Type-Options': 'nosniff' };
    if (suffix === undefined) headers.Vary = 'Accept';
    if (format === 'html') headers['Content-Security-Policy'] = "default-src 'none'; img-src https: http:; sandbox";
    // The description has a type for each form, which one text cannot have at once.
    return c.body(render(record), 200, headers) as never;
  });

  app.openapi(revisionsRoute, async (c) => {
    const { id } = c.req.valid('param');
    const { limit = REVISIONS, cursor = null } = c.req.valid('query');
    const record = await readArticle(ports, id);
    const page = await revisionsWithDiffs(ports.articles, record, { limit, cursor });
    linkToNext(c, page.cursor);
    return c.json(page, 200);
  });
}

/** @throws ProblemError where there is none, or none any more */
export async function readArticle({ articles }: Pick<Ports, 'articles'>, id: string): Promise<ArticleRecord> {
  const stored = await articles.read(id);
  if (!stored) throw new ProblemError('NOT_FOUND', `There is no article ${id}; GET /articles lists those there are.`);
  if (isWithdrawn(stored)) {
    throw new ProblemError('WITHDRAWN', `The article ${id} was withdrawn at ${stored.withdrawnAt}.`);
  }
  return stored;
}

function negotiated(c: Context): Format {
  const type = accepts(c, {
    header: 'Accept',
    supports: [...BY_TYPE.keys()],
    default: mediaType('json'),
    match: (ranges, { supports }) => best(ranges, supports),
  });
  const format = BY_TYPE.get(type);
  if (format === undefined) {
    throw new ProblemError(
      'NOT_ACCEPTABLE',
      `An article comes as ${[...BY_TYPE.keys()].join(', ')}; accept one of them, or name it by a suffix such as .md.`,
    );
  }
  return format;
}

/** The type with the highest quality, that of the closest range (RFC 9110, 12.5.1); '' where none is accepted. */
function best(ranges: readonly { type: string; q: number }[], supports: readonly string[]): string {
  const quality = (type: string) => {
    const [main] = type.split('/');
    for (const closest of [type, `${main}/*`, '*/*']) {
      const range = ranges.find((candidate) => candidate.type.toLowerCase() === closest);
      if (range) return range.q;
    }
    return 0;
  };
  let chosen = '';
  let highest = 0;
  for (const type of supports) {
    if (quality(type) > highest) {
      chosen = type;
      highest = quality(type);
    }
  }
  return chosen;
}

/** RFC 8288, so that a caller may follow pages without knowing of cursors. */
export function linkToNext(c: Context, cursor: string | null): void {
  if (cursor === null) return;
  const parameters = new URL(c.req.url).searchParams;
  parameters.set('cursor', cursor);
  c.header('Link', `<?${parameters}>; rel="next"`);
}
