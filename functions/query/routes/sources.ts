/** GET and POST /sources, GET, PATCH and DELETE /sources/{id}, POST /sources/{id}/run and /sources/inspect. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { shown } from '../../scrape/sources/health.ts';
import type { Inspection } from '../../scrape/sources/inspect.ts';
import type { Source } from '../../scrape/sources/source.ts';
import { SourceError, sourceDesk } from '../../scrape/sources/source-desk.ts';
import type { Ports } from '../ports.ts';
import { ProblemError, problems } from '../problem.ts';
import {
  InspectedAddressSchema,
  InspectionSchema,
  NewSourceSchema,
  SourceChangesSchema,
  SourceParamsSchema,
  SourceResultSchema,
  SourcesPageSchema,
  SourcesQuerySchema,
} from '../schemas.ts';
import { linkToNext } from './articles.ts';

const PAGE = 100;
/** Milliseconds: below those after which API Gateway gives up. */
const INSPECT_MS = 25_000;
const UNTOLD = 'It was paused over the API.';

const source = { 'application/json': { schema: SourceResultSchema } };
const unchanged = { 304: { description: 'nothing changed since the entity tag in If-None-Match' } };
const tags = ['sources'];

const listRoute = createRoute({
  method: 'get',
  path: '/sources',
  operationId: 'listSources',
  tags,
  summary: 'Sources by name, with their health and in words what is wrong',
  request: { query: SourcesQuerySchema },
  responses: {
    200: { description: 'a page of sources', content: { 'application/json': { schema: SourcesPageSchema } } },
    ...unchanged,
    ...problems('BAD_REQUEST', 'BAD_CURSOR', 'ANSWER_TOO_LARGE'),
  },
});

const addRoute = createRoute({
  method: 'post',
  path: '/sources',
  operationId: 'addSource',
  tags,
  summary: 'Watch a feed, site map or page from the next minute on',
  description: 'POST /sources/inspect says beforehand what an address is, and which one is best to be watched.',
  request: { body: { required: true, content: { 'application/json': { schema: NewSourceSchema } } } },
  responses: {
    201: { description: 'the source', content: source },
    ...problems('BAD_REQUEST', 'NAME_TAKEN', 'WATCHED_ALREADY', 'TOO_LARGE', 'UNSUPPORTED_TYPE'),
  },
});

const inspectRoute = createRoute({
  method: 'post',
  path: '/sources/inspect',
  operationId: 'inspectAddress',
  tags,
  summary: 'What an address is, and the first articles it names; nothing is watched',
  description: 'The address is asked from the stack, by the rules by which it would be watched.',
  request: { body: { required: true, content: { 'application/json': { schema: InspectedAddressSchema } } } },
  responses: {
    200: { description: 'what was found', content: { 'application/json': { schema: InspectionSchema } } },
    ...problems('BAD_REQUEST', 'TOO_LARGE', 'UNSUPPORTED_TYPE', 'ANSWER_TOO_LARGE', 'SITE_TOO_SLOW'),
  },
});

const getRoute = createRoute({
  method: 'get',
  path: '/sources/{id}',
  operationId: 'getSource',
  tags,
  summary: 'Everything that is known of one source',
  request: { params: SourceParamsSchema },
  responses: {
    200: { description: 'the source', content: source },
    ...unchanged,
    ...problems('BAD_REQUEST', 'NOT_FOUND'),
  },
});

const changeRoute = createRoute({
  method: 'patch',
  path: '/sources/{id}',
  operationId: 'changeSource',
  tags,
  summary: 'Change the settings of a source, pause or resume it',
  request: {
    params: SourceParamsSchema,
    body: { required: true, content: { 'application/json': { schema: SourceChangesSchema } } },
  },
  responses: {
    200: { description: 'the source as it is then', content: source },
    ...problems('BAD_REQUEST', 'NOT_FOUND', 'WATCHED_ALREADY', 'TOO_LARGE', 'UNSUPPORTED_TYPE'),
  },
});

const removeRoute = createRoute({
  method: 'delete',
  path: '/sources/{id}',
  operationId: 'removeSource',
  tags,
  summary: 'Watch a source no longer; its articles stay',
  request: { params: SourceParamsSchema },
  responses: { 204: { description: 'it is forgotten' }, ...problems('BAD_REQUEST', 'NOT_FOUND') },
});

const runRoute = createRoute({
  method: 'post',
  path: '/sources/{id}/run',
  operationId: 'runSource',
  tags,
  summary: 'Read a source at the next minute, whatever its interval',
  request: { params: SourceParamsSchema },
  responses: {
    202: { description: 'the source, due now', content: source },
    ...problems('BAD_REQUEST', 'NOT_FOUND', 'NOT_ACTIVE'),
  },
});

export function sourceRoutes(app: OpenAPIHono, ports: Ports): void {
  const desk = sourceDesk(ports.sources, ports.now, { allowLoopback: ports.allowLoopback });
  const told = (source: Source) => shown(source, ports.now());

  app.openapi(listRoute, async (c) => {
    const { health, limit = PAGE, cursor } = c.req.valid('query');
    const after = cursor === undefined ? '' : placeOf(cursor);
    const all = (await desk.list()).map(told).filter((each) => health === undefined || each.health === health);
    const items = all.filter(({ id }) => id > after).slice(0, limit);
    const last = items.at(-1)?.id;
    const next = last !== undefined && last !== all.at(-1)?.id ? cursorAt(last) : null;
    linkToNext(c, next);
    return c.json({ items, cursor: next }, 200);
  });

  app.openapi(addRoute, async (c) => {
    const added = await asProblem(() => desk.add(defined(c.req.valid('json'))));
    return c.json(told(added), 201, { Location: `/sources/${added.id}`, 'Cache-Control': 'no-store' });
  });

  app.openapi(inspectRoute, async (c) => {
    const { url } = c.req.valid('json');
    const inspection = await inTime(ports.inspect(url), url);
    const items = inspection.items.map(({ url, modifiedAt, hints }) => ({
      url,
      modifiedAt,
      title: hints.title,
      publishedAt: hints.publishedAt,
    }));
    return c.json({ ...inspection, items }, 200, { 'Cache-Control': 'no-store' });
  });

  app.openapi(getRoute, async (c) => c.json(told(await asProblem(() => desk.get(c.req.valid('param').id))), 200));

  app.openapi(changeRoute, async (c) => {
    const { id } = c.req.valid('param');
    const { state, reason, ...changes } = c.req.valid('json');
    if (reason !== undefined && state !== 'paused') {
      throw new ProblemError('BAD_REQUEST', 'A reason goes with `state: paused`.', [
        { name: 'reason', detail: 'It goes with `state: paused`.' },
      ]);
    }
    const changed = await asProblem(async () => {
      let now = await desk.get(id);
      if (Object.keys(changes).length > 0) now = await desk.change(id, defined(changes));
      if (state === 'paused') now = await desk.pause(id, reason ?? UNTOLD);
      else if (state === 'active' && now.state !== 'active') now = await desk.resume(id);
      return now;
    });
    return c.json(told(changed), 200, { 'Cache-Control': 'no-store' });
  });

  app.openapi(removeRoute, async (c) => {
    await asProblem(() => desk.remove(c.req.valid('param').id));
    return c.body(null, 204);
  });

  app.openapi(runRoute, async (c) =>
    c.json(told(await asProblem(() => desk.run(c.req.valid('param').id))), 202, { 'Cache-Control': 'no-store' }),
  );
}

async function asProblem<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (error.code === 'NOT_PUBLIC') {
      throw new ProblemError('BAD_REQUEST', error.message, [{ name: 'url', detail: error.message }]);
    }
    throw new ProblemError(error.code === 'NO_SOURCE' ? 'NOT_FOUND' : error.code, error.message);
  }
}

/** @throws ProblemError where the site has not answered by then; what it may still answer is dropped */
async function inTime(inspection: Promise<Inspection>, url: string): Promise<Inspection> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const detail = `${url} could not be looked at within ${INSPECT_MS / 1000} s: it is slow, or its host wants to be left alone for now. Ask for its feed itself, or look at it with \`copydesk sources test\`.`;
      reject(new ProblemError('SITE_TOO_SLOW', detail));
    }, INSPECT_MS);
  });
  try {
    return await Promise.race([inspection, late]);
  } finally {
    clearTimeout(timer);
  }
}

const cursorAt = (id: string) => Buffer.from(id).toString('base64url');

function placeOf(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (cursorAt(id) === cursor && SourceParamsSchema.safeParse({ id }).success) return id;
  throw new ProblemError('BAD_CURSOR', `"${cursor.slice(0, 40)}" is no cursor of this list; leave it out.`);
}

/** Fields that were left out are not there, rather than undefined. */
function defined<T extends object>(fields: T) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]: Exclude<T[Name], undefined>;
  };
}
