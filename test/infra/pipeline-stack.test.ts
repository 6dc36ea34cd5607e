import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  ARTICLES,
  CARD,
  ENV,
  FACETS,
  FINGERPRINTS,
  HOSTS,
  OUTPUTS,
  PAGES,
  REVISIONS,
  SOURCES,
  UPLOADS,
} from '../../functions/names.ts';
import { synthesized } from './synthesized.ts';

const { all, template } = synthesized();

interface Variables {
  [name: string]: unknown;
}

const reference = (value: unknown) => (value as { 'Fn::GetAtt': [string] })['Fn::GetAtt'][0];
const queue = (id: string) => all('AWS::SQS::Queue').find((candidate) => candidate.id === id)?.Properties;

const functions = all('AWS::Lambda::Function');
const mappings = all('AWS::Lambda::EventSourceMapping');
const isQueue = ({ Properties }: (typeof mappings)[number]) =>
  queue(reference(Properties.EventSourceArn)) !== undefined;
const streams = mappings.filter((mapping) => !isQueue(mapping));

describe('queues', () => {
  it('have a dead-letter queue each, or take what a queue or a stream gives up', () => {
    const queues = all('AWS::SQS::Queue');
    const deadLetters = queues.flatMap(({ Properties }) =>
      Properties.RedrivePolicy ? [reference(Properties.RedrivePolicy.deadLetterTargetArn)] : [],
    );
    expect(queues.length).toBeGreaterThan(0);
    const onFailure = streams.map(({ Properties }) => reference(Properties.DestinationConfig.OnFailure.Destination));
    for (const { id, Properties } of queues) {
      expect(Properties.RedrivePolicy !== undefined || [...deadLetters, ...onFailure].includes(id), id).toBe(true);
    }
  });

  it('lose a message later from the dead letters than from the queue it came from, whose age it keeps', () => {
    for (const { Properties } of all('AWS::SQS::Queue').filter((each) => each.Properties.RedrivePolicy)) {
      const deadLetters = queue(reference(Properties.RedrivePolicy.deadLetterTargetArn));
      expect(deadLetters.MessageRetentionPeriod).toBeGreaterThan(Properties.MessageRetentionPeriod);
    }
  });

  it('hide a message for at least six times as long as its function may run', () => {
    const read = mappings.filter(isQueue);
    expect(read.length).toBeGreaterThan(0);
    for (const { Properties } of read) {
      const reader = functions.find(({ id }) => id === Properties.FunctionName.Ref);
      const { VisibilityTimeout } = queue(reference(Properties.EventSourceArn));
      expect(VisibilityTimeout).toBeGreaterThanOrEqual(6 * reader?.Properties.Timeout);
    }
  });

  it('are read in batches that fail by the message, never as a whole, and within a limit of concurrency', () => {
    for (const { Properties } of mappings.filter(isQueue)) {
      expect(Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      expect(Properties.ScalingConfig.MaximumConcurrency).toBeGreaterThanOrEqual(2);
    }
  });

  it('give up after as many deliveries as the function is told', () => {
    const told = functions.filter(({ Properties }) => ENV.maxReceives in Properties.Environment.Variables);
    expect(told).toHaveLength(1);
    const mapping = mappings.find(({ Properties }) => Properties.FunctionName.Ref === told[0]?.id);
    const { RedrivePolicy } = queue(reference(mapping?.Properties.EventSourceArn));
    expect(told[0]?.Properties.Environment.Variables[ENV.maxReceives]).toBe(String(RedrivePolicy.maxReceiveCount));
  });
});

describe('functions', () => {
  it('run on Node 24 for arm64, so that what was tested is what runs', () => {
    expect(functions.length).toBeGreaterThan(0);
    for (const { Properties } of functions) {
      expect(Properties.Runtime).toBe('nodejs24.x');
      expect(Properties.Architectures).toEqual(['arm64']);
    }
  });

  it('log JSON into a group of their own that forgets', () => {
    for (const { Properties } of functions) {
      expect(Properties.LoggingConfig.LogFormat).toBe('JSON');
      const group = all('AWS::Logs::LogGroup').find(({ id }) => id === Properties.LoggingConfig.LogGroup.Ref);
      expect(group?.Properties.RetentionInDays).toBeGreaterThan(0);
    }
  });

  it('have their own bounds of time and memory', () => {
    for (const { Properties } of functions) {
      expect(Properties.Timeout).toBeGreaterThan(3);
      expect(Properties.MemorySize).toBeGreaterThan(128);
    }
  });

  it('show errors with the lines of the source', () => {
    for (const { Properties } of functions) {
      expect(Properties.Environment.Variables.NODE_OPTIONS).toContain('--enable-source-maps');
    }
  });

  it('start with options that the runtime takes from its environment', () => {
    const options = new Set(functions.map(({ Properties }) => String(Properties.Environment.Variables.NODE_OPTIONS)));
    for (const NODE_OPTIONS of options) {
      const printed = execFileSync(process.execPath, ['-p', '1'], { encoding: 'utf8', env: { NODE_OPTIONS } });
      expect(printed).toBe('1\n');
    }
  });
});

describe('names', () => {
  it('of environment variables are all set on some function, and no other of ours', () => {
    const variables = functions.flatMap(({ Properties }) => Object.keys(Properties.Environment.Variables as Variables));
    const ours = new Set(variables.filter((name) => !/^(NODE|AWS|POWERTOOLS)_/.test(name)));
    expect([...ours].toSorted()).toEqual(Object.values(ENV).toSorted());
  });

  it('of outputs are all there, and no other', () => {
    expect(Object.keys(template.toJSON().Outputs).toSorted()).toEqual(Object.values(OUTPUTS).toSorted());
  });

  it('of the tables are their keys, with sort keys where names say so', () => {
    const keys = all('AWS::DynamoDB::Table').map(({ Properties }) =>
      Properties.KeySchema.map((key: { AttributeName: string }) => key.AttributeName).join(' '),
    );
    const sorted = [FACETS, FINGERPRINTS, REVISIONS, UPLOADS].map(({ key, sort }) => `${key} ${sort}`);
    const unsorted = [ARTICLES, SOURCES, PAGES, HOSTS].map(({ key }) => key);
    expect(keys.toSorted()).toEqual([...unsorted, ...sorted].toSorted());
  });

  it('of the indexes stand on the right keys and carry cards, not texts', () => {
    const indexes = all('AWS::DynamoDB::Table').flatMap(({ Properties }) => Properties.GlobalSecondaryIndexes ?? []);
    const found = Object.fromEntries(
      indexes.map((index) => [
        index.IndexName,
        index.KeySchema.map((key: { AttributeName: string }) => key.AttributeName).join(' '),
      ]),
    );
    const named = [ARTICLES.bySite, ARTICLES.byDay, UPLOADS.byStatus, SOURCES.byDue, PAGES.byDue];
    expect(found).toEqual(Object.fromEntries(named.map(({ index, key, sort }) => [index, `${key} ${sort}`])));
    for (const { index } of [ARTICLES.bySite, ARTICLES.byDay]) {
      const { Projection } = indexes.find((candidate) => candidate.IndexName === index);
      expect(Projection).toEqual({ ProjectionType: 'INCLUDE', NonKeyAttributes: [CARD] });
    }
  });
});
