/** What the stores ask of AWS is what their function has a right to: the local cloud takes every request. */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { fetchQueue } from '../../functions/aws/sources/fetch-queue.ts';
import { hintObjects } from '../../functions/aws/sources/hint-objects.ts';
import { hostStore } from '../../functions/aws/sources/host-store.ts';
import { pageStore } from '../../functions/aws/sources/page-store.ts';
import { rawPages } from '../../functions/aws/sources/raw-pages.ts';
import { sourceStore } from '../../functions/aws/sources/source-store.ts';
import { ENV } from '../../functions/names.ts';
import { newPage } from '../../functions/scrape/pages/page-states.ts';
import type { DiscoverPorts, Ports } from '../../functions/scrape/ports.ts';
import { DEFAULT_SETTINGS, newSource } from '../../functions/scrape/sources/source.ts';
import { list, synthesized, target } from './synthesized.ts';

const { all } = synthesized();
const NOW = new Date('2026-03-01T08:00:00Z');

/** `dynamodb:GetItem Table.Arn`, as policies say it with the template's own names in place of those of AWS. */
type Right = string;

type Input = {
  TableName?: string;
  IndexName?: string;
  RequestItems?: object;
  Bucket?: string;
  Key?: string;
  QueueUrl?: string;
};

/** Clients that say what was asked of them, and answer with nothing. */
function recording(rights: Set<Right>) {
  const config = { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
  const recorded = <Client extends DynamoDBDocumentClient | S3Client | SQSClient>(
    client: Client,
    rightsOf: (name: string, input: Input) => Right[],
  ): Client => {
    const add = client.middlewareStack.add.bind(client.middlewareStack) as (
      middleware: (next: unknown, context: { commandName: string }) => (args: { input: Input }) => Promise<unknown>,
      options: object,
    ) => void;
    add(
      (_, { commandName }) =>
        async ({ input }) => {
          for (const right of rightsOf(commandName.replace(/Command$/, ''), input)) rights.add(right);
          // One row, for some are read only once their keys were found.
          const row = { page: page.page, id: source.id };
          return { output: { Items: [row], Responses: {}, Successful: [], Failed: [] }, response: {} };
        },
      { step: 'initialize', priority: 'high' },
    );
    return client;
  };
  const ITEMS: Record<string, string> = {
    Get: 'GetItem',
    Put: 'PutItem',
    Delete: 'DeleteItem',
    BatchGet: 'BatchGetItem',
  };
  return {
    documents: recorded(DynamoDBDocumentClient.from(new DynamoDBClient(config)), (name, input) => {
      const tables = input.RequestItems ? Object.keys(input.RequestItems) : [input.TableName];
      const index = input.IndexName ? `/index/${input.IndexName}` : '';
      return tables.map((table) => `dynamodb:${ITEMS[name] ?? name} ${table}.Arn${index}`);
    }),
    s3: recorded(new S3Client(config), (name, { Bucket, Key = '' }) => [
      `s3:${name} ${Bucket}.Arn/${Key.includes('/') ? `${Key.split('/')[0]}/` : ''}*`,
    ]),
    sqs: recorded(new SQSClient(config), (_, { QueueUrl }) => [`sqs:SendMessage ${QueueUrl}.Arn`]),
  };
}

/** Logical names of what a function is told of by its environment. */
function environmentOf(handler: string): Record<string, string> {
  const found = all('AWS::Lambda::Function').find(({ id }) => id.startsWith(handler));
  const variables: Record<string, { Ref?: string }> = found?.Properties.Environment.Variables ?? {};
  return Object.fromEntries(Object.entries(variables).flatMap(([name, { Ref }]) => (Ref ? [[name, Ref]] : [])));
}

function rightsOf(handler: string): Set<Right> {
  const found = all('AWS::Lambda::Function').find(({ id }) => id.startsWith(handler));
  const role = found?.Properties.Role['Fn::GetAtt'][0];
  const statements = all('AWS::IAM::Policy')
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role))
    .flatMap(
      ({ Properties }) =>
        Properties.PolicyDocument.Statement as { Effect: string; Action: string[]; Resource: unknown }[],
    )
    .filter(({ Effect }) => Effect === 'Allow');
  return new Set(
    statements.flatMap(({ Action, Resource }) =>
      list(Action).flatMap((action) => list(Resource).map((resource) => `${action} ${target(resource)}`)),
    ),
  );
}

type Asks = Record<string, () => Promise<unknown>>;
const source = { ...newSource({ ...DEFAULT_SETTINGS, id: 'a', url: 'https://a.example/' }, NOW), revision: 1 };
const page = { ...newPage('0'.repeat(32), 'https://a.example/1', 'a', NOW), revision: 1 };
const hints = { feed: null, feedUrl: 'https://a.example/', section: 'World', answer: null };
const raw = {
  key: 'fetched/a',
  body: new Uint8Array(1),
  contentType: null,
  url: page.url,
  sourceId: 'a',
  fetchedAt: NOW,
  hints: null,
};

describe('rights', () => {
  it.each([['ScrapeFetch'], ['ScrapeDiscover']])('of %s are what it asks for', async (handler) => {
    const asked = new Set<Right>();
    const { documents, s3, sqs } = recording(asked);
    const env = environmentOf(handler);
    const named = (name: string) => env[name] ?? 'unknown';
    const queue = fetchQueue(sqs, named(ENV.fetchQueue));
    const sources = sourceStore(documents, named(ENV.sourcesTable));
    const pages = pageStore(documents, named(ENV.pagesTable));
    const hosts = hostStore(documents, named(ENV.hostsTable));
    const notes = hintObjects(s3, named(ENV.bodiesBucket));
    const copies = rawPages(s3, named(ENV.uploadsBucket));
    const message = { kind: 'page' as const, page: page.page, url: page.url, redirects: [] };
    const host = {
      host: 'a.example',
      notBefore: null,
      reason: null,
      failures: 0,
      plannedUntil: null,
      forbidden: 0,
      robots: {},
      tdmrep: {},
      revision: 1,
    };

    const asks = {
      queue: { send: () => queue.send([{ message, group: 'a.example', deduplicationId: '1' }]) },
      read: {
        sources: () => sources.read('a'),
        pages: () => pages.read(page.page),
        hosts: () => hosts.read('a.example'),
      },
    };
    const fetchAsks: {
      [Port in 'queue' | 'sources' | 'pages' | 'hosts' | 'hints' | 'raw']: Record<
        keyof Ports[Port],
        () => Promise<unknown>
      >;
    } = {
      queue: asks.queue,
      sources: { read: asks.read.sources, save: () => sources.save(source, 0), list: () => sources.list() },
      pages: { read: asks.read.pages, save: () => pages.save(page, 0), known: () => pages.known([page.page]) },
      hosts: { read: asks.read.hosts, save: () => hosts.save(host, 0) },
      hints: { put: () => notes.put(page.page, hints), read: () => notes.read('hints/a') },
      raw: { put: () => copies.put(raw) },
    };
    const discoverAsks: {
      [Port in 'queue' | 'sources' | 'pages']: Record<keyof DiscoverPorts[Port], () => Promise<unknown>>;
    } = {
      queue: asks.queue,
      sources: { save: fetchAsks.sources.save, list: fetchAsks.sources.list, due: () => sources.due(NOW, 10) },
      pages: { save: fetchAsks.pages.save, due: () => pages.due(NOW, 10) },
    };
    const all: Asks[] = Object.values(handler === 'ScrapeFetch' ? fetchAsks : discoverAsks);
    for (const port of all) for (const ask of Object.values(port)) await ask();

    const rights = rightsOf(handler);
    expect(asked.size).toBeGreaterThan(4);
    expect([...asked].filter((right) => !rights.has(right))).toEqual([]);
    const tables = [...rights].filter((right) => right.startsWith('dynamodb:'));
    expect(tables.filter((right) => !asked.has(right))).toEqual([]);
  });
});
