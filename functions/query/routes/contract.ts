/** GET /openapi.json and /schema.json: what the API and the records are. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { recordJsonSchema } from '../../article/render/schema.ts';
import { problems } from '../problem.ts';

const CACHED = { 'Cache-Control': 'private, max-age=300' };

export interface ApiDescription {
  version: string;
  description: string;
}

export function contractRoutes(app: OpenAPIHono, { version, description }: ApiDescription): void {
  const document = (path: string, operationId: string, summary: string, type: string) =>
    createRoute({
      method: 'get',
      path,
      operationId,
      tags: ['contract'],
      summary,
      responses: {
        200: { description: 'the document', content: { [type]: { schema: { type: 'object' as const } } } },
        304: { description: 'nothing changed since the entity tag in If-None-Match' },
        ...problems(),
      },
    });

  const schema = JSON.stringify(recordJsonSchema());
  app.openapi(
    document('/schema.json', 'getRecordSchema', 'The record as JSON Schema (draft 2020-12)', 'application/schema+json'),
    (c) => c.body(schema, 200, { 'Content-Type': 'application/schema+json', ...CACHED }) as never,
  );

  let openapi: string | null = null;
  app.openapi(document('/openapi.json', 'getContract', 'This description, in OpenAPI 3.1', 'application/json'), (c) => {
    openapi ??= JSON.stringify(describeApi(app, { version, description }));
    return c.body(openapi, 200, { 'Content-Type': 'application/json', ...CACHED }) as never;
  });
}

/** The OpenAPI document of an app. */
export function describeApi(app: OpenAPIHono, { version, description }: ApiDescription) {
  app.openAPIRegistry.registerComponent('securitySchemes', 'sigv4', {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    description: 'AWS Signature Version 4, service execute-api',
  });
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Copydesk',
      version,
      description,
      license: { name: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ sigv4: [] }],
    tags: [
      { name: 'articles', description: 'records, in several forms' },
      { name: 'uploads', description: 'raw copies, and what became of them' },
      { name: 'sources', description: 'feeds, site maps and pages that are watched' },
      { name: 'feeds', description: 'lists to subscribe to' },
      { name: 'extract', description: 'the engine alone' },
      { name: 'contract', description: 'what this API and the records are' },
    ],
  });
}
