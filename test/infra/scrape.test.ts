import { describe, expect, it } from 'vitest';
import { ALLOW_LOOPBACK, ENV } from '../../functions/names.ts';
import { synthesized } from './synthesized.ts';

const { all, template } = synthesized();
const functions = all('AWS::Lambda::Function');
const named = (handler: string) => functions.find(({ Properties }) => Properties.Handler === `index.${handler}`);
const [discover, fetch] = [named('discover'), named('fetch')];
const mapping = all('AWS::Lambda::EventSourceMapping').find(
  ({ Properties }) => Properties.FunctionName.Ref === fetch?.id,
)?.Properties;
const [queue] = all('AWS::SQS::Queue').filter(({ id }) => id === mapping?.EventSourceArn['Fn::GetAtt'][0]);

describe('the schedule', () => {
  const [rule, ...others] = all('AWS::Events::Rule');

  it('starts the discover function every minute, and repeats no start that failed', () => {
    expect(others).toEqual([]);
    expect(rule?.Properties).toMatchObject({ ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' });
    expect(rule?.Properties.Targets).toMatchObject([
      { Arn: { 'Fn::GetAtt': [discover?.id, 'Arn'] }, RetryPolicy: { MaximumRetryAttempts: 0 } },
    ]);
  });

  it('alone may start it', () => {
    const permissions = all('AWS::Lambda::Permission').filter(
      ({ Properties }) => Properties.FunctionName['Fn::GetAtt']?.[0] === discover?.id,
    );
    expect(permissions).toMatchObject([
      { Properties: { Principal: 'events.amazonaws.com', SourceArn: { 'Fn::GetAtt': [rule?.id, 'Arn'] } } },
    ]);
  });
});

describe('the fetch queue', () => {
  it('keeps the order of a host, and so does where its messages end', () => {
    const deadLetters = all('AWS::SQS::Queue').find(
      ({ id }) => id === queue?.Properties.RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0],
    );
    for (const each of [queue, deadLetters]) expect(each?.Properties.FifoQueue).toBe(true);
  });

  it('gives the function one message at a time, so that no host waits for another', () => {
    expect(mapping?.BatchSize).toBe(1);
    expect(mapping?.MaximumBatchingWindowInSeconds ?? 0).toBe(0);
    const [few] = synthesized({ maxFetches: 3 })
      .all('AWS::Lambda::EventSourceMapping')
      .filter(({ Properties }) => Properties.BatchSize === 1);
    expect(few?.Properties.ScalingConfig).toEqual({ MaximumConcurrency: 3 });
  });

  it('delivers a message often enough to wait for a host that asks for patience', () => {
    expect(queue?.Properties.RedrivePolicy.maxReceiveCount).toBeGreaterThanOrEqual(50);
  });
});

describe('requests to sites', () => {
  const agentOf = (options: Record<string, unknown>) =>
    synthesized(options)
      .all('AWS::Lambda::Function')
      .map(({ Properties }) => Properties.Environment.Variables[ENV.userAgent])
      .find((agent) => agent !== undefined);

  it('name themselves and where their owner is reached', () => {
    expect(agentOf({})).toMatch(/^Copydesk\/[\d.]+$/);
    expect(agentOf({ contactUrl: 'https://press.example/bot' })).toMatch(
      /^Copydesk\/[\d.]+ \(\+https:\/\/press\.example\/bot\)$/,
    );
    expect(agentOf({ userAgent: 'PressReview/2 (+mailto:desk@press.example)' })).toBe(
      'PressReview/2 (+mailto:desk@press.example)',
    );
  });

  it('never reach addresses of their own machine: no template opens these', () => {
    for (const options of [{}, { maxConcurrency: 2 }]) {
      expect(JSON.stringify(synthesized(options).template.toJSON())).not.toContain(ALLOW_LOOPBACK);
    }
  });

  it('go out from outside of any private network, whose gateway would cost more than all the rest', () => {
    for (const { Properties } of functions) expect(Properties.VpcConfig).toBeUndefined();
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
  });
});
