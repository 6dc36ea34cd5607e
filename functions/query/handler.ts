/** The query function: the app behind an HTTP API, and the wiring. */
import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { handle } from 'hono/aws-lambda';
import { queryPorts } from '../aws/query-ports.ts';
import { hostStore } from '../aws/sources/host-store.ts';
import { documentClient, s3Client } from '../aws/stack/clients.ts';
import { environment } from '../aws/stack/environment.ts';
import { ENGINE_VERSION } from '../extract/version.ts';
import { ALLOW_LOOPBACK, ENV } from '../names.ts';
import { httpClient } from '../scrape/http/http-client.ts';
import { inspect } from '../scrape/sources/inspect.ts';
import { queryApp } from './app.ts';
import { API_DESCRIPTION } from './description.ts';

const logger = new Logger();
const allowLoopback = process.env[ALLOW_LOOPBACK] === '1';
const http = httpClient({ allowLoopback });
const documents = documentClient();
const hosts = hostStore(documents, environment(ENV.hostsTable));

const app = queryApp(
  {
    ...queryPorts(
      documents,
      s3Client(),
      {
        articlesTable: environment(ENV.articlesTable),
        facetsTable: environment(ENV.facetsTable),
        revisionsTable: environment(ENV.revisionsTable),
        fingerprintsTable: environment(ENV.fingerprintsTable),
        uploadsTable: environment(ENV.uploadsTable),
        bodiesBucket: environment(ENV.bodiesBucket),
        uploadsBucket: environment(ENV.uploadsBucket),
        sourcesTable: environment(ENV.sourcesTable),
      },
      Number(environment(ENV.maxObjectBytes)),
    ),
    allowLoopback,
    inspect: (url) =>
      inspect(
        url,
        { userAgent: environment(ENV.userAgent), delaySeconds: Number(environment(ENV.fetchDelaySeconds)) },
        { http, hosts, now: () => new Date(), sleep: (ms) => delay(ms), random: Math.random },
      ),
    extract: async () => (await import('../extract/extract.ts')).extract,
    engineVersion: ENGINE_VERSION,
    now: () => new Date(),
    onFault: (error) => logger.error('A request failed', error as Error),
  },
  { description: API_DESCRIPTION },
);
// Bodies travel in base64, as they are: a part of a text may begin or end inside of a character.
const handleRequest = handle(app, { isContentTypeBinary: () => true });

/** What fetch's Request refuses to be, which must not be told as an error of the caller's bytes. */
const IMPOSSIBLE = new Set(['TRACE', 'TRACK', 'CONNECT']);

function asRequest(event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 {
  const { body, ...bare } = withoutStage({ ...event, rawPath: withoutMarks(event.rawPath) });
  const { http } = event.requestContext;
  // A body of a GET means nothing (RFC 9110, 9.3.1).
  if (http.method === 'GET' || http.method === 'HEAD') return bare;
  // Any method that no path takes gives the answer that these should have.
  if (IMPOSSIBLE.has(http.method)) {
    return { ...bare, requestContext: { ...bare.requestContext, http: { ...http, method: 'OPTIONS' } } };
  }
  return { ...bare, ...(body !== undefined && { body }) };
}

/** Without this the end of a key would be taken for a query: a gateway may decode paths, but none has these in one. */
function withoutMarks(path: string): string {
  return path.replaceAll('?', '%3F').replaceAll('#', '%23');
}

/** The part of a path that a stage other than the default one puts in front. */
function withoutStage(event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 {
  const { stage } = event.requestContext;
  const prefix = `/${stage}/`;
  return stage !== '$default' && event.rawPath.startsWith(prefix)
    ? { ...event, rawPath: event.rawPath.slice(prefix.length - 1) }
    : event;
}

export async function handler(
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  logger.addContext(context);
  const begun = performance.now();
  const answer = (await handleRequest(
    asRequest(event) as never,
    context as never,
  )) as APIGatewayProxyStructuredResultV2;
  const { method, path } = event.requestContext.http;
  logger.info('Answered', { method, path, status: answer.statusCode, ms: Math.round(performance.now() - begun) });
  return answer;
}
