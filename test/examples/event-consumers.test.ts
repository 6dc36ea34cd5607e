import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { articleEvents } from '../../examples/event-consumers/article-events.ts';
import { eventPattern } from '../../functions/article/event-filter.ts';
import { EVENT_TYPES } from '../../functions/article/events.ts';
import { facetName } from '../../functions/article/facets.ts';
import { synthesize } from '../../local/synthesize.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is free-form JSON, and what it must look like is what the tests say
  Properties: any;
}

const folder = temporaryFolder();
const webhook = 'https://receiver.example/articles';
let resources: Record<string, Resource>;
const all = (type: string) =>
  Object.entries(resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties }]) => ({ id, ...Properties }));
const idOf = (arn: { 'Fn::GetAtt': [string, string] }) => arn['Fn::GetAtt'][0];

beforeAll(async () => {
  const context = { bus: 'press', site: 'example.org', tag: 'night-ferry', webhook, webhookKeySecret: 'receiver-key' };
  const app = { file: 'examples/event-consumers/app.ts', context };
  const { template } = await synthesize(path.resolve('.'), folder, 'eu-west-1', app);
  resources = JSON.parse(Buffer.from(await template.content()).toString('utf8')).Resources;
}, 60_000);

/** The one rule with a target of that type, and the target. */
function ruleTo(type: string) {
  const found = all('AWS::Events::Rule').filter(({ Targets }) => resources[idOf(Targets[0].Arn)]?.Type === type);
  expect(found).toHaveLength(1);
  return { rule: found[0], target: found[0].Targets[0] };
}

describe('the pattern of a consumer', () => {
  const types = EVENT_TYPES.filter((type) => type.startsWith('article.'));
  it.each([
    [{}, { site: null, facets: [] }],
    [{ site: 'example.org' }, { site: 'example.org', facets: [] }],
    [{ tag: 'night-ferry' }, { site: null, facets: [facetName('tag', 'night-ferry')] }],
    [
      { site: 'example.org', tag: 'night-ferry' },
      { site: 'example.org', facets: [facetName('tag', 'night-ferry')] },
    ],
  ])('asks of %j what the bus has of it', (wanted, filter) => {
    const { detailType, ...pattern } = articleEvents(wanted);
    expect({ 'detail-type': detailType, ...pattern }).toEqual(eventPattern({ types, ...filter }));
  });
});

describe('the consumers of the example', () => {
  it('have each a rule on the bus that was named, for the site and the tag', () => {
    const rules = all('AWS::Events::Rule');
    expect(rules).toHaveLength(3);
    for (const rule of rules) {
      expect(rule.EventBusName).toBe('press');
      expect(rule.EventPattern.detail).toEqual({ sites: ['example.org'], facets: ['tag:night-ferry'] });
    }
  });

  it('lose nothing silently: what is not delivered lies in a queue that the rule may send to', () => {
    const policies = all('AWS::SQS::QueuePolicy');
    for (const { id, Targets } of all('AWS::Events::Rule')) {
      expect(Targets).toHaveLength(1);
      const queue = idOf(Targets[0].DeadLetterConfig.Arn);
      expect(resources[queue]?.Type).toBe('AWS::SQS::Queue');
      const allowed = policies
        .filter(({ Queues }) => Queues.some((each: { Ref: string }) => each.Ref === queue))
        .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
        .filter(({ Effect, Action }) => Effect === 'Allow' && [Action].flat().includes('sqs:SendMessage'));
      expect(JSON.stringify(allowed)).toContain(JSON.stringify({ 'Fn::GetAtt': [id, 'Arn'] }));
    }
  });

  it('may do no more than they must: put cards, tell of failures, post to the webhook', () => {
    const statements = all('AWS::IAM::Policy').flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    const granted = statements.map(({ Action, Resource }) => [
      [Action].flat().toSorted(),
      resources[idOf(Resource)]?.Type,
    ]);
    expect(granted).toHaveLength(3);
    expect(granted).toEqual(
      expect.arrayContaining([
        [['dynamodb:PutItem'], 'AWS::DynamoDB::Table'],
        [['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'], 'AWS::SQS::Queue'],
        [['events:InvokeApiDestination'], 'AWS::Events::ApiDestination'],
      ]),
    );
  });
});

describe('the webhook of the example', () => {
  it('is posted the detail of an event, with a key that stands in no template', () => {
    const { target } = ruleTo('AWS::Events::ApiDestination');
    expect(target.InputPath).toBe('$.detail');
    const [destination] = all('AWS::Events::ApiDestination');
    expect(destination).toMatchObject({ InvocationEndpoint: webhook, HttpMethod: 'POST' });
    expect(destination.InvocationRateLimitPerSecond).toBeGreaterThan(0);
    const [connection] = all('AWS::Events::Connection');
    expect(idOf(destination.ConnectionArn)).toBe(connection.id);
    expect(connection).toMatchObject({
      AuthorizationType: 'API_KEY',
      AuthParameters: {
        ApiKeyAuthParameters: {
          ApiKeyName: 'x-api-key',
          ApiKeyValue: '{{resolve:secretsmanager:receiver-key:SecretString:::}}',
        },
      },
    });
  });
});
