import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { RootConstruct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { MAX_DOCUMENT_BYTES } from '../../functions/extract/thresholds.ts';
import { ENV, STACK_NAME } from '../../functions/names.ts';
import { LARGEST_OBJECT_BYTES, OPTIONS, OptionError, readOptions } from '../../infra/options.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { temporaryFolder } from '../support/temporary-folder.ts';
import { synthesized } from './synthesized.ts';

const outdir = temporaryFolder();
const read = (context: Record<string, unknown>) => {
  const { node } = new RootConstruct();
  for (const [name, value] of Object.entries(context)) node.setContext(name, value);
  return readOptions(node);
};
const stateful = ['AWS::S3::Bucket', 'AWS::DynamoDB::Table'];

describe('options', () => {
  it('keep data unless told otherwise', () => {
    expect(read({})).toEqual({
      stackName: STACK_NAME,
      removalPolicy: 'retain',
      deletionProtection: true,
      oldVersionDays: null,
      logRetentionDays: 30,
      alarmEmail: null,
      silenceHours: null,
      maxObjectBytes: 10_485_760,
      maxConcurrency: 10,
      contactUrl: null,
      userAgent: `Copydesk/${packageJson.version}`,
      fetchDelaySeconds: 2,
      maxFetches: 10,
      sources: null,
    });
  });

  it('are the same from the command line, which gives text, and from cdk.json, which gives values', () => {
    expect(read({ maxConcurrency: '7', deletionProtection: 'false' })).toEqual(
      read({ maxConcurrency: 7, deletionProtection: false }),
    );
  });

  it.each([
    ['stackName', '1st'],
    ['stackName', 'a_b'],
    ['removalPolicy', 'delete'],
    ['removalPolicy', ''],
    ['deletionProtection', 'yes'],
    ['oldVersionDays', '30'],
    ['logRetentionDays', '31'],
    ['logRetentionDays', '9999'],
    ['alarmEmail', 'desk'],
    ['silenceHours', '0'],
    ['silenceHours', '169'],
    ['maxObjectBytes', '10MB'],
    ['maxObjectBytes', '0'],
    ['maxObjectBytes', LARGEST_OBJECT_BYTES + 1],
    ['maxConcurrency', '1'],
    ['maxConcurrency', '1001'],
    ['maxConcurrency', '2.5'],
    ['userAgent', '/1.0'],
    ['userAgent', 'Préss/1.0'],
    ['userAgent', 'Mozilla/5.0 (X11; Linux x86_64)'],
    ['contactUrl', 'press.example'],
    ['contactUrl', 'https://press.example/a b'],
    ['contactUrl', 'ftp://press.example'],
    ['fetchDelaySeconds', '0'],
    ['maxFetches', '1'],
    ['sources', 'feeds.opml'],
  ] as const)('refuse %s=%s, naming the option, the value and what is accepted', (name, value) => {
    const attempt = () => read({ [name]: value });
    expect(attempt).toThrow(OptionError);
    expect(attempt).toThrow(`Option ${name}=${value} is not accepted: give ${OPTIONS[name].accepts}.`);
  });

  it.each(['removalpolicy', 'constructor'])(
    'refuse %s, which is none: a misspelt removalPolicy must not pass',
    (name) => {
      expect(() => read({ [name]: 'destroy' })).toThrow(
        new RegExp(`Unknown option ${name}; the options are .*removalPolicy`),
      );
    },
  );

  it('refuse deletion protection on tables that are to be destroyed with the stack', () => {
    expect(() => read({ removalPolicy: 'destroy', deletionProtection: true })).toThrow(/contradict each other/);
  });

  it('never let an object in that the engine would not read', () => {
    expect(LARGEST_OBJECT_BYTES).toBe(MAX_DOCUMENT_BYTES);
  });

  it('stand in docs/deploy.md with their defaults', () => {
    const page = readFileSync('docs/deploy.md', 'utf8');
    const documented = [...page.matchAll(/^\| `(\w+)` \| ([^|]+) \|/gm)].map(([, name, value]) => [
      name,
      value?.trim(),
    ]);
    expect(documented).toEqual(Object.entries(OPTIONS).map(([name, option]) => [name, option.default]));
  });
});

describe('the stack', () => {
  it('keeps every bucket and table when it is deleted or they are replaced, by default', { timeout: 60_000 }, () => {
    const { all } = synthesized();
    for (const resource of stateful.flatMap(all)) {
      expect([resource.DeletionPolicy, resource.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    }
    for (const table of all('AWS::DynamoDB::Table')) expect(table.Properties.DeletionProtectionEnabled).toBe(true);
  });

  it('takes its data along with removalPolicy=destroy', () => {
    const { all } = synthesized({ removalPolicy: 'destroy' });
    for (const resource of stateful.flatMap(all)) expect(resource.DeletionPolicy).toBe('Delete');
    for (const table of all('AWS::DynamoDB::Table')) expect(table.Properties.DeletionProtectionEnabled).toBe(false);
  });

  it('carries every other option to the place it is about', () => {
    const { all, template } = synthesized({
      stackName: 'press-review',
      deletionProtection: 'false',
      oldVersionDays: '120',
      logRetentionDays: '7',
      alarmEmail: 'desk@example.org',
      silenceHours: '12',
      maxObjectBytes: '2000000',
      maxConcurrency: '42',
    });
    for (const table of all('AWS::DynamoDB::Table')) expect(table.Properties.DeletionProtectionEnabled).toBe(false);
    const rules = all('AWS::S3::Bucket').flatMap(({ Properties }) => Properties.LifecycleConfiguration.Rules);
    const expirations = rules.map((rule) => rule.NoncurrentVersionExpiration?.NoncurrentDays);
    expect(expirations.filter((days) => days !== undefined)).toEqual([120]);
    for (const group of all('AWS::Logs::LogGroup')) expect(group.Properties.RetentionInDays).toBe(7);
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'desk@example.org' });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'NumberOfMessagesSent',
      Period: 3600,
      EvaluationPeriods: 12,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { ScalingConfig: { MaximumConcurrency: 42 } });
    const [Variables] = all('AWS::Lambda::Function')
      .map(({ Properties }) => Properties.Environment.Variables)
      .filter((variables) => ENV.maxReceives in variables);
    expect(Variables[ENV.maxObjectBytes]).toBe('2000000');
    const fetch = all('AWS::Lambda::Function').find(({ Properties }) => Properties.Handler === 'index.fetch');
    expect(fetch?.Properties.Environment.Variables[ENV.maxObjectBytes]).toBe('2000000');
    expect(Variables.POWERTOOLS_SERVICE_NAME).toBe('press-review');
    template.hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'press-review' });
  });
});

describe('the app', () => {
  it('answers a wrong option with one sentence and no stack trace', async () => {
    const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
      const env = { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify({ removalPolicy: 'delete' }) };
      execFile(process.execPath, ['infra/app.ts'], { env }, (error, _stdout, printed) =>
        resolve({ code: error?.code, stderr: printed }),
      );
    });
    expect(stderr).toBe('Option removalPolicy=delete is not accepted: give retain or destroy.\n');
    expect(code).toBe(1);
  });
});
