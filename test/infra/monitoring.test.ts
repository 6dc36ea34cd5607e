import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { METRICS, STACK_NAME } from '../../functions/names.ts';
import { anchorOf } from '../../infra/monitoring.ts';
import { synthesized } from './synthesized.ts';

// With the alarm that is off by default.
const { all } = synthesized({ silenceHours: '24' });
const alarms = all('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
const runbook = readFileSync('docs/runbook.md', 'utf8');
/** Sections of the runbook that are about an alarm: heading → text. */
const sections = new Map(
  runbook
    .split(/^## Alarms$/m)[1]
    ?.split(/^### /m)
    .slice(1)
    .map((section): [string, string] => [section.slice(0, section.indexOf('\n')), section]) ?? [],
);

describe('alarms', () => {
  it('name a heading of the runbook each, and the runbook has none that no alarm names', () => {
    const headings = alarms.map((alarm) => alarm.AlarmName.replace(`${STACK_NAME}: `, ''));
    expect(headings.toSorted()).toEqual([...sections.keys()].toSorted());
  });

  it('say what they mean for articles and lead to their heading', () => {
    for (const { AlarmName, AlarmDescription } of alarms) {
      const heading = AlarmName.replace(`${STACK_NAME}: `, '');
      expect(AlarmDescription).toMatch(new RegExp(`^[A-Z].+\\. What to do: docs/runbook\\.md#${anchorOf(heading)}$`));
    }
  });

  it('have a section each that says how to look and what to do, with commands', () => {
    for (const [heading, section] of sections) {
      expect(section, heading).toMatch(/```sh/);
      expect(section, heading).toMatch(/\*\*Means\.\*\*[\s\S]*\*\*Look\.\*\*[\s\S]*\*\*Do\.\*\*/);
    }
  });

  it('watch metrics that exist: those of AWS, or ours by the names the functions record them with', () => {
    for (const { Namespace, MetricName, Dimensions } of alarms) {
      expect(Dimensions.length).toBeGreaterThan(0);
      if (Namespace.startsWith('AWS/')) continue;
      expect(Namespace).toBe(METRICS.namespace);
      expect(Object.values(METRICS)).toContain(MetricName);
      expect(Dimensions).toEqual([{ Name: 'service', Value: STACK_NAME }]);
    }
  });

  it('watch single metrics only: the local cloud refuses metric math', () => {
    for (const alarm of alarms) expect(alarm.Metrics).toBeUndefined();
  });

  it('watch every dead-letter queue, and the age of every queue that has one', () => {
    const watched = alarms.map(
      ({ MetricName, Dimensions }) => `${MetricName} ${Dimensions[0].Value['Fn::GetAtt']?.[0]}`,
    );
    const queues = all('AWS::SQS::Queue');
    for (const { id, Properties } of queues) {
      const metric = Properties.RedrivePolicy ? 'ApproximateAgeOfOldestMessage' : 'ApproximateNumberOfMessagesVisible';
      expect(watched).toContain(`${metric} ${id}`);
    }
  });

  it('watch errors and throttles of every function', () => {
    for (const { id } of all('AWS::Lambda::Function')) {
      for (const metric of ['Errors', 'Throttles']) {
        const watching = alarms.filter((alarm) => alarm.MetricName === metric && alarm.Dimensions[0].Value.Ref === id);
        expect(watching).toHaveLength(1);
      }
    }
  });

  it('stay silent while nothing happens, except where silence is what they are about', () => {
    for (const { AlarmName, TreatMissingData } of alarms) {
      const silence = /: (No uploads|Discover does not run)$/.test(AlarmName);
      expect(TreatMissingData).toBe(silence ? 'breaching' : 'notBreaching');
    }
    expect(synthesized().all('AWS::CloudWatch::Alarm')).toHaveLength(alarms.length - 1);
  });

  it('reach people when they are urgent, and only then', () => {
    const urgent = alarms.filter((alarm) => alarm.AlarmActions).map(({ AlarmName }) => AlarmName.replace(/.*: /, ''));
    expect(urgent.toSorted()).toEqual([
      'Dead letters',
      'Discover does not run',
      'Events are late',
      'Events given up',
      'Fetches given up',
      'Ingest crashes',
      'Ingest is behind',
      'No uploads',
      'Queries fail',
      'Sources are not read',
      'Sources are silent',
      'Sources fail',
    ]);
    for (const alarm of alarms) expect(alarm.OKActions).toEqual(alarm.AlarmActions);
    const [topic, ...others] = all('AWS::SNS::Topic');
    expect(others).toEqual([]);
    for (const { AlarmActions } of alarms.filter((alarm) => alarm.AlarmActions)) {
      expect(AlarmActions).toEqual([{ Ref: topic?.id }]);
    }
  });

  it('are told to nobody by e-mail unless an address is given', () => {
    expect(all('AWS::SNS::Subscription')).toEqual([]);
  });
});

describe('the dashboard', () => {
  const body = JSON.stringify(all('AWS::CloudWatch::Dashboard')[0]?.Properties.DashboardBody);

  it('shows every outcome an upload can have and how long it took', () => {
    const { namespace: _, ...metrics } = METRICS;
    for (const metric of Object.values(metrics)) expect(body).toContain(`\\"${metric}\\"`);
  });

  it('shows every alarm', () => {
    for (const { id } of all('AWS::CloudWatch::Alarm')) expect(body).toContain(id);
  });
});
