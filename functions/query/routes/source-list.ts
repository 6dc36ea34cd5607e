/** GET and POST /sources.opml: the feeds of another reader, and ours for one. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { feedsOfOpml, renderOpml } from '../../scrape/sources/opml.ts';
import { sourceDesk } from '../../scrape/sources/source-desk.ts';
import type { Ports } from '../ports.ts';
import { ProblemError, problems } from '../problem.ts';
import { ExportQuerySchema, ImportedSourcesSchema, ImportQuerySchema } from '../schemas.ts';
import { statedMediaType } from '../stated-media-type.ts';

export const SOURCE_LIST = '/sources.opml';
/** Bytes: some five thousand feeds. */
export const SOURCE_LIST_BYTES = 1_000_000;

const OPML = 'text/x-opml';
const TYPES = [OPML, 'application/xml', 'text/xml'] as const;
const tags = ['sources'];

const exportRoute = createRoute({
  method: 'get',
  path: SOURCE_LIST,
  operationId: 'exportSources',
  tags,
  summary: 'The sources that are watched, as OPML for feed readers',
  request: { query: ExportQuerySchema },
  responses: {
    200: { description: 'an OPML 2.0 document', content: { [OPML]: { schema: { type: 'string' as const } } } },
    304: { description: 'nothing changed since the entity tag in If-None-Match' },
    ...problems('BAD_REQUEST', 'ANSWER_TOO_LARGE'),
  },
});

const importRoute = createRoute({
  method: 'post',
  path: SOURCE_LIST,
  operationId: 'importSources',
  tags,
  summary: 'Watch the feeds of an OPML document, as feed readers export it',
  description: 'Feeds that are watched already are left as they are; what cannot be watched is passed over, and told.',
  request: {
    query: ImportQuerySchema,
    body: {
      required: true,
      content: Object.fromEntries(TYPES.map((type) => [type, { schema: { type: 'string' as const } }])),
    },
  },
  responses: {
    200: {
      description: 'what became of the feeds',
      content: { 'application/json': { schema: ImportedSourcesSchema } },
    },
    ...problems('BAD_REQUEST', 'TOO_LARGE', 'UNSUPPORTED_TYPE', 'ANSWER_TOO_LARGE'),
  },
});

export function sourceListRoutes(app: OpenAPIHono, { sources, now, allowLoopback }: Ports): void {
  const desk = sourceDesk(sources, now, { allowLoopback });

  app.openapi(exportRoute, async (c) => {
    const isWanted = c.req.valid('query').all === 'true';
    const exported = (await desk.list()).filter(({ state }) => isWanted || state === 'active');
    return c.body(renderOpml(exported, null), 200, { 'Content-Type': `${OPML}; charset=utf-8` }) as never;
  });

  app.openapi(importRoute, async (c) => {
    const type = statedMediaType(c.req.header('Content-Type')) ?? '';
    if (!(TYPES as readonly string[]).includes(type)) {
      throw new ProblemError('UNSUPPORTED_TYPE', `Send an OPML document as ${TYPES.join(', ')}.`);
    }
    const foldersAsSections = c.req.valid('query').foldersAsSections === 'true';
    const found = feedsOfOpml(new Uint8Array(await c.req.arrayBuffer()), { foldersAsSections });
    if (!found || found.feeds.length === 0) {
      throw new ProblemError('BAD_REQUEST', 'The body names no feeds in OPML.', [
        { name: 'body', detail: 'It names no feeds in OPML.' },
      ]);
    }
    const { added, known, refused } = await desk.addAll(found.feeds);
    const names = added.map(({ id, url }) => ({ id, url }));
    const passedOver = [...found.problems, ...refused.map(({ message }) => message)];
    return c.json({ added: names, known, problems: passedOver }, 200, { 'Cache-Control': 'no-store' });
  });
}
