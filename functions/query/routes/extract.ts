/** POST /extract: what the engine would make of a document; nothing is stored. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { assembleRecord, firstSeen } from '../../article/assemble.ts';
import type { Decision } from '../../extract/trace.ts';
import type { Ports } from '../ports.ts';
import { ProblemError, problems } from '../problem.ts';
import { ExtractQuerySchema, PreviewSchema } from '../schemas.ts';
import { statedMediaType } from '../stated-media-type.ts';

/** Bytes: a page of this size takes a second or two, and with its decisions it still fits into an answer. */
export const PREVIEW_BYTES = 2_000_000;

const TYPES = ['text/html', 'text/plain', 'application/xhtml+xml', 'application/octet-stream'] as const;
const schema = { type: 'string' as const, format: 'binary' as const };

const extractRoute = createRoute({
  method: 'post',
  path: '/extract',
  operationId: 'previewArticle',
  tags: ['extract'],
  summary: 'What the engine makes of a document, and why; nothing is stored',
  description: `The document is the body, at most ${PREVIEW_BYTES} bytes, with its content type and charset if known. A document that holds no article is an answer, with the outcome \`rejected\`.`,
  request: {
    query: ExtractQuerySchema,
    body: { required: true, content: Object.fromEntries(TYPES.map((type) => [type, { schema }])) },
  },
  responses: {
    200: {
      description: 'the record that would be stored, or why there would be none',
      content: { 'application/json': { schema: PreviewSchema } },
    },
    ...problems('BAD_REQUEST', 'ANSWER_TOO_LARGE', 'TOO_LARGE', 'UNSUPPORTED_TYPE'),
  },
});

export function extractRoutes(app: OpenAPIHono, ports: Ports): void {
  app.openapi(extractRoute, async (c) => {
    const { url, explain } = c.req.valid('query');
    const contentType = c.req.header('Content-Type');
    const type = statedMediaType(contentType) ?? 'application/octet-stream';
    if (!(TYPES as readonly string[]).includes(type)) {
      throw new ProblemError(
        'UNSUPPORTED_TYPE',
        `Send a document as ${TYPES.join(', ')}, not as ${type.slice(0, 60)}.`,
      );
    }
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const extract = await ports.extract();
    const now = ports.now();
    const decisions: Decision[] = [];
    const trace = explain === 'true' ? (decision: Decision) => decisions.push(decision) : undefined;
    const outcome = extract(bytes, { url: url ?? null, contentType: contentType ?? null, asOf: now }, trace);
    const explained = trace ? { decisions } : {};
    const headers = { 'Cache-Control': 'no-store' };
    if (outcome.kind === 'rejected') {
      const { code, detail, form } = outcome;
      return c.json({ outcome: 'rejected' as const, code, detail, form, ...explained }, 200, headers);
    }
    const { mediaType, charset } = outcome.form;
    const raw = { bucket: null, key: 'preview', versionId: null, etag: null, bytes: bytes.length, mediaType, charset };
    const { engineVersion } = ports;
    const origin = { raw, sourceId: null, fetchedAt: now, engineVersion };
    const record = assembleRecord(outcome.article, origin, firstSeen(now));
    return c.json({ outcome: 'article' as const, record, ...explained }, 200, headers);
  });
}
