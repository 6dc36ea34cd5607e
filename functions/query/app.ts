/**
 * The query API as an app that runs anywhere: behind Lambda (handler.ts), on a port of this machine, in a test.
 *
 * It never answers 500 for what a caller sent: bad requests are told as problems, everything else is a fault of ours.
 */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { getPath } from 'hono/utils/url';
import { type DeliveryOptions, delivery } from './deliver.ts';
import { BadQueryError } from './list-articles.ts';
import type { Ports } from './ports.ts';
import { errorsOf, ProblemError, problemResponse } from './problem.ts';
import { articleRoutes } from './routes/articles.ts';
import { type ApiDescription, contractRoutes } from './routes/contract.ts';
import { extractRoutes, PREVIEW_BYTES } from './routes/extract.ts';
import { feedRoutes } from './routes/feeds.ts';
import { SOURCE_LIST, SOURCE_LIST_BYTES, sourceListRoutes } from './routes/source-list.ts';
import { sourceRoutes } from './routes/sources.ts';
import { uploadRoutes } from './routes/uploads.ts';
import { statedMediaType } from './stated-media-type.ts';
import { turns } from './turns.ts';

/** Bytes of a request to sign an upload or to watch a source: its names and addresses. */
const FORM_BYTES = 20_000;

/** Requests with a body of JSON. */
const JSON_BODIES: readonly (readonly [method: string, path: RegExp])[] = [
  ['POST', /^\/(?:uploads|sources|sources\/inspect)$/],
  ['PATCH', /^\/sources\/[^/]+$/],
];
/** Not the name of a source, for all that its path looks like one. */
const INSPECT = '/sources/inspect';

export interface AppOptions extends DeliveryOptions {
  description: ApiDescription;
}

export function queryApp(ports: Ports, options: AppOptions): OpenAPIHono {
  const app = new OpenAPIHono({
    getPath: (request) => keyAsOneSegment(getPath(request)),
    defaultHook: (result, c) => {
      if (result.success) return;
      const errors = errorsOf(result.error.issues as Parameters<typeof errorsOf>[0]);
      const detail = errors.map((error) => `${error.name}: ${error.detail}`).join(' ');
      return problemResponse(c, 'BAD_REQUEST', detail || 'The request is not as described in /openapi.json.', {
        errors,
      });
    },
  });

  app.use(turns());
  app.use(delivery(options));
  const onMethodNotAllowed = (c: Context, methods: readonly string[]) =>
    problemResponse(c, 'METHOD_NOT_ALLOWED', `${c.req.path} takes ${methods.join(', ')} alone.`, {
      headers: { Allow: methods.join(', ') },
    });
  app.use(INSPECT, async (c, next) => (c.req.method === 'POST' ? next() : onMethodNotAllowed(c, ['POST'])));
  app.use(methodNotAllowed({ app, onMethodNotAllowed }));
  for (const [path, maxSize] of [
    ['/extract', PREVIEW_BYTES],
    ['/uploads', FORM_BYTES],
    ['/sources', FORM_BYTES],
    ['/sources/*', FORM_BYTES],
    [SOURCE_LIST, SOURCE_LIST_BYTES],
  ] as const) {
    app.use(
      path,
      bodyLimit({
        maxSize,
        onError: (c) =>
          problemResponse(
            c,
            'TOO_LARGE',
            `The body has more than ${maxSize} bytes, the most that ${c.req.path} takes.`,
          ),
      }),
    );
  }
  for (const path of ['/uploads', '/sources', '/sources/*']) {
    app.use(path, async (c, next) => {
      // Without this a body of another type would count as none.
      const type = statedMediaType(c.req.header('Content-Type'));
      const takesJson = JSON_BODIES.some(([method, at]) => c.req.method === method && at.test(c.req.path));
      if (takesJson && type !== 'application/json') {
        return problemResponse(c, 'UNSUPPORTED_TYPE', 'Send application/json; /openapi.json says what it holds.');
      }
      await next();
    });
  }

  articleRoutes(app, ports);
  uploadRoutes(app, ports);
  sourceRoutes(app, ports);
  sourceListRoutes(app, ports);
  feedRoutes(app, ports);
  extractRoutes(app, ports);
  contractRoutes(app, options.description);

  app.notFound((c) =>
    problemResponse(
      c,
      'NOT_FOUND',
      `There is nothing at ${c.req.path.slice(0, 200)}; /openapi.json says what there is.`,
    ),
  );
  app.onError((error, c) => {
    if (error instanceof ProblemError) {
      return problemResponse(c, error.code, error.message, error.errors && { errors: error.errors });
    }
    if (error instanceof BadQueryError) {
      const errors = [{ name: error.parameter, detail: error.message }];
      return problemResponse(c, error.code === 'BAD_CURSOR' ? 'BAD_CURSOR' : 'BAD_REQUEST', error.message, { errors });
    }
    // Of the stores, which know nothing of this stage.
    if ('code' in error && error.code === 'BAD_CURSOR') return problemResponse(c, 'BAD_CURSOR', error.message);
    // What the framework turns down, such as a body that is no JSON.
    if (error instanceof HTTPException && error.status < 500) {
      return problemResponse(c, 'BAD_REQUEST', error.message || 'The request cannot be read.');
    }
    ports.onFault(error);
    if (ports.isPassing(error)) {
      const detail = 'The tables or the bucket behind this are busy. Try again in a moment.';
      return problemResponse(c, 'UNAVAILABLE', detail, { headers: { 'Retry-After': '1' } });
    }
    return problemResponse(c, 'FAULT', 'A fault of ours; the log of the query function says which. Try again later.');
  });
  return app;
}

const UPLOADS = '/uploads/';

/** Keys of objects hold slashes, which callers may leave as they are; neither a route nor OpenAPI has a word for that. */
function keyAsOneSegment(path: string): string {
  return path.startsWith(UPLOADS) ? UPLOADS + path.slice(UPLOADS.length).replaceAll('/', '%2F') : path;
}
