/** GET /uploads, GET /uploads/{key} and POST /uploads. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { lastDays } from '../days.ts';
import type { Ports } from '../ports.ts';
import { ProblemError, problems } from '../problem.ts';
import {
  NewUploadSchema,
  UploadFormSchema,
  UploadParamsSchema,
  UploadResultSchema,
  UploadsPageSchema,
  UploadsQuerySchema,
  UploadVersionSchema,
} from '../schemas.ts';
import { linkToNext } from './articles.ts';

const PAGE = 50;
/** How far back a list without a day looks. */
const DAYS_BACK = 31;

const listRoute = createRoute({
  method: 'get',
  path: '/uploads',
  operationId: 'listUploads',
  tags: ['uploads'],
  summary: 'Uploads by status, last changed first, or every version of one object',
  description: 'Give `status`, with a day if you like, or `key`, with a version if you like.',
  request: { query: UploadsQuerySchema },
  responses: {
    200: { description: 'a page of uploads', content: { 'application/json': { schema: UploadsPageSchema } } },
    304: { description: 'nothing changed since the entity tag in If-None-Match' },
    ...problems('BAD_REQUEST', 'BAD_CURSOR', 'NOT_FOUND', 'ANSWER_TOO_LARGE'),
  },
});

const getRoute = createRoute({
  method: 'get',
  path: '/uploads/{key}',
  operationId: 'getUpload',
  tags: ['uploads'],
  summary: 'What became of an upload: its status, the reason, the articles it made',
  request: { params: UploadParamsSchema, query: UploadVersionSchema },
  responses: {
    200: { description: 'the upload', content: { 'application/json': { schema: UploadResultSchema } } },
    304: { description: 'nothing changed since the entity tag in If-None-Match' },
    ...problems('BAD_REQUEST', 'NOT_FOUND', 'ANSWER_TOO_LARGE'),
  },
});

const signRoute = createRoute({
  method: 'post',
  path: '/uploads',
  operationId: 'createUpload',
  tags: ['uploads'],
  summary: 'A signed form for uploading one file',
  description:
    'S3 takes the file with the form that is answered, of the type and no larger than it says. Then GET /uploads/{key} until the status is no longer `processing`.',
  request: { body: { required: true, content: { 'application/json': { schema: NewUploadSchema } } } },
  responses: {
    201: { description: 'the form', content: { 'application/json': { schema: UploadFormSchema } } },
    ...problems('BAD_REQUEST', 'TOO_LARGE', 'UNSUPPORTED_TYPE'),
  },
});

export function uploadRoutes(app: OpenAPIHono, ports: Ports): void {
  app.openapi(listRoute, async (c) => {
    const { status, day, key, version, limit = PAGE, cursor = null } = c.req.valid('query');
    if (key !== undefined) {
      if (status !== undefined || day !== undefined) {
        throw new ProblemError('BAD_REQUEST', 'Give a key alone, or a status with or without a day.');
      }
      if (version !== undefined) {
        const upload = await ports.uploads.get(key, version);
        if (!upload) throw unknown(key, version);
        return c.json({ items: [upload], cursor: null }, 200);
      }
      const versions = await ports.uploads.listVersions(key, { limit, cursor });
      if (versions.items.length === 0 && cursor === null) throw unknown(key);
      linkToNext(c, versions.cursor);
      return c.json(versions, 200);
    }
    if (version !== undefined) throw new ProblemError('BAD_REQUEST', 'Give the key of the object with its version.');
    if (status === undefined) {
      throw new ProblemError('BAD_REQUEST', 'Give a status, such as rejected, or the key of an object.', [
        { name: 'status', detail: 'It is missing.' },
      ]);
    }
    const days = day === undefined ? lastDays(DAYS_BACK, ports.now()) : { from: day, to: day };
    const page = await ports.uploads.listByStatus(status, days, { limit, cursor });
    linkToNext(c, page.cursor);
    return c.json(page, 200);
  });

  app.openapi(getRoute, async (c) => {
    const { key } = c.req.valid('param');
    const { version } = c.req.valid('query');
    const upload = await ports.uploads.get(key, version);
    if (!upload) throw unknown(key, version);
    return c.json(upload, 200);
  });

  app.openapi(signRoute, async (c) => {
    const form = await ports.signUpload(c.req.valid('json'));
    return c.json(form, 201, { 'Cache-Control': 'no-store' });
  });
}

const unknown = (key: string, version?: string) =>
  new ProblemError(
    'NOT_FOUND',
    `The pipeline has seen no upload with the key ${key.slice(0, 200)}${version === undefined ? '' : ` and the version ${version.slice(0, 100)}`}.`,
  );
