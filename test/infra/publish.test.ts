import { describe, expect, it } from 'vitest';
import { ENV, STACK_NAME } from '../../functions/names.ts';
import { synthesized } from './synthesized.ts';

const { all } = synthesized();
const [bus, ...others] = all('AWS::Events::EventBus');
const tables = all('AWS::DynamoDB::Table');
const mappings = all('AWS::Lambda::EventSourceMapping').filter(({ Properties }) => Properties.StartingPosition);
const publish = all('AWS::Lambda::Function').find(({ Properties }) => ENV.eventBus in Properties.Environment.Variables);
const streamOf = (id: string | undefined) => ({ 'Fn::GetAtt': [id, 'StreamArn'] });

interface Statement {
  Action: string | string[];
  Resource: unknown;
}

const grants: Statement[] = all('AWS::IAM::Policy')
  .filter(({ Properties }) =>
    Properties.Roles.some((role: { Ref: string }) => role.Ref === publish?.Properties.Role['Fn::GetAtt'][0]),
  )
  .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

describe('the event bus', () => {
  it('has the name of the stack, so that rules find it and several stacks stay apart', () => {
    expect(others).toEqual([]);
    expect(bus?.Properties.Name).toBe(STACK_NAME);
    expect(synthesized({ stackName: 'press-review' }).all('AWS::Events::EventBus')[0]?.Properties.Name).toBe(
      'press-review',
    );
  });
});

describe('the streams', () => {
  const read = mappings.map(({ Properties }) => Properties.EventSourceArn);

  it('of articles and uploads carry an item before and after its change, and are both followed by one function', () => {
    const streaming = tables.filter(({ Properties }) => Properties.StreamSpecification);
    expect(streaming).toHaveLength(2);
    for (const { id, Properties } of streaming) {
      expect(Properties.StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
      expect(read).toContainEqual(streamOf(id));
    }
    for (const { Properties } of mappings) expect(Properties.FunctionName).toEqual({ Ref: publish?.id });
  });

  it('are read from the oldest change, in order, and again from where a batch failed', () => {
    expect(mappings).toHaveLength(2);
    for (const { Properties } of mappings) {
      expect(Properties).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BisectBatchOnFunctionError: true,
      });
      // More batches of a shard at once, or a limit of attempts, would let a later change of an article go first.
      expect(Properties.ParallelizationFactor ?? 1).toBe(1);
      expect(Properties.MaximumRetryAttempts ?? -1).toBe(-1);
    }
  });

  it('give a change up while the stream still has it, and say so in a queue', () => {
    for (const { Properties } of mappings) {
      expect(Properties.MaximumRecordAgeInSeconds).toBeLessThanOrEqual(24 * 3600 - 6 * 3600);
      const queue = Properties.DestinationConfig.OnFailure.Destination['Fn::GetAtt'][0];
      expect(publish?.Properties.Environment.Variables[ENV.unpublishedQueue]).toEqual({ Ref: queue });
    }
  });

  it('wake the function for rejected uploads only, and for every change of an article', () => {
    const filters = mappings.map(({ Properties }) =>
      Properties.FilterCriteria?.Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern)),
    );
    expect(filters.filter((filter) => filter !== undefined)).toEqual([
      [{ dynamodb: { NewImage: { status: { S: ['rejected'] } } } }],
    ]);
  });
});

describe('the publish function', () => {
  it('may read the two streams, put events on the one bus, tell the queue what it gave up, and log', () => {
    const granted = grants.map(({ Action, Resource }) => ({
      actions: [Action].flat().toSorted(),
      resource: JSON.stringify(Resource),
    }));
    const actions = new Set(granted.flatMap((grant) => grant.actions));
    expect([...actions].toSorted()).toEqual([
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
      'events:PutEvents',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:SendMessage',
    ]);
    const busGrants = granted.filter((grant) => grant.actions.includes('events:PutEvents'));
    expect(busGrants.map(({ resource }) => resource)).toEqual([JSON.stringify({ 'Fn::GetAtt': [bus?.id, 'Arn'] })]);
  });
});
