/**
 * A subscription to the event bus for as long as somebody listens: a rule and a queue of its own, taken away at the end.
 *
 * One that was killed cannot take them away: its queue forgets what it holds within the hour, and whoever subscribes next
 * removes what nobody has listened to for a while.
 */

import { createHash, randomUUID } from 'node:crypto';
import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  type EventBridgeClient,
  ListRulesCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ListQueueTagsCommand,
  paginateListQueues,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  type SQSClient,
  TagQueueCommand,
} from '@aws-sdk/client-sqs';
import { HOUR_MS, MINUTE_MS } from '../../article/durations.ts';
import { type EventFilter, eventPattern } from '../../article/event-filter.ts';
import { type Event, EventSchema } from '../../article/events.ts';

/** Seconds that a message waits for a listener who lost the network. */
const RETENTION = 3_600;
/** Seconds of one look for messages: shorter than the clients wait for a silent connection. */
const LONGEST_WAIT = 5;
/** Milliseconds between two signs of life, and without one after which nobody listens any more. */
const SIGN_OF_LIFE = 5 * MINUTE_MS;
const ABANDONED = HOUR_MS;
/** Milliseconds between two looks whether the rule is there: without it a queue stays empty and says nothing. */
const RULE_CHECK = MINUTE_MS;
/** The tag that holds the last sign of life, and the one target of the rule. */
const HEARD_TAG = 'copydesk:heard-at';
const TARGET = 'queue';

export interface DeliveredEvent {
  type: string;
  /** As it came. */
  detail: unknown;
  /** Null where it is none this version knows. */
  event: Event | null;
}

export interface Subscription {
  /**
   * Waits a few seconds for events, in no certain order; one may come twice.
   *
   * @returns what came; nothing where nothing did
   * @throws SubscriptionLostError where somebody removed the queue, or removed or disabled the rule
   */
  receive(signal: AbortSignal): Promise<DeliveredEvent[]>;
  /** Takes rule and queue away. */
  close(): Promise<void>;
}

/** Rule or queue are gone, as when nobody listened for an hour: subscribe again, and some events are missed. */
export class SubscriptionLostError extends Error {
  readonly code = 'SUBSCRIPTION_LOST';
  override readonly name = 'SubscriptionLostError';

  constructor(name: string, cause: unknown) {
    super(`The rule or the queue ${name} of this subscription was removed; events since the last one may be missing.`, {
      cause,
    });
  }
}

export interface Clients {
  events: EventBridgeClient;
  sqs: SQSClient;
}

/** Rules and queues of subscribers to one bus begin with this; queues of all buses of a region lie side by side. */
export function subscriptionPrefix(bus: string): string {
  return `copydesk-watch-${createHash('sha256').update(bus).digest('hex').slice(0, 8)}-`;
}

/** @param bus name of the event bus */
export async function subscribe(
  { events, sqs }: Clients,
  bus: string,
  filter: EventFilter,
  now: () => Date,
): Promise<Subscription> {
  const name = `${subscriptionPrefix(bus)}${randomUUID().slice(0, 13)}`;
  let heardAt = now().getTime();
  let checkedAt = heardAt;
  const { QueueUrl = '' } = await sqs.send(
    new CreateQueueCommand({
      QueueName: name,
      Attributes: { MessageRetentionPeriod: String(RETENTION), SqsManagedSseEnabled: 'true' },
      tags: { [HEARD_TAG]: new Date(heardAt).toISOString() },
    }),
  );
  const close = () => remove({ events, sqs }, bus, name, QueueUrl);
  try {
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    const queueArn = Attributes?.QueueArn ?? '';
    const { RuleArn = '' } = await events.send(
      new PutRuleCommand({
        Name: name,
        EventBusName: bus,
        Description: 'Somebody follows the events with copydesk watch; it goes when they stop.',
        EventPattern: JSON.stringify(eventPattern(filter)),
      }),
    );
    const Policy = JSON.stringify(policyFor(queueArn, RuleArn));
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    await events.send(
      new PutTargetsCommand({ Rule: name, EventBusName: bus, Targets: [{ Id: TARGET, Arn: queueArn }] }),
    );
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }

  return {
    async receive(signal) {
      try {
        if (now().getTime() - heardAt > SIGN_OF_LIFE) {
          await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { [HEARD_TAG]: now().toISOString() } }));
          heardAt = now().getTime();
        }
        if (now().getTime() - checkedAt > RULE_CHECK) {
          const { State } = await events.send(new DescribeRuleCommand({ Name: name, EventBusName: bus }));
          if (State !== 'ENABLED') throw new SubscriptionLostError(name, `the rule is ${State}`);
          checkedAt = now().getTime();
        }
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: LONGEST_WAIT }),
          { abortSignal: signal },
        );
        if (Messages.length === 0) return [];
        await sqs.send(
          new DeleteMessageBatchCommand({
            QueueUrl,
            Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
          }),
        );
        return Messages.map(({ Body = '{}' }) => readEvent(Body));
      } catch (error) {
        if (error instanceof QueueDoesNotExist || error instanceof ResourceNotFoundException) {
          throw new SubscriptionLostError(name, error);
        }
        throw error;
      }
    },
    close,
  };
}

/** @returns of all subscriptions to the bus the name, and the URL of the queue; null where the queue is gone */
export async function listSubscriptions({ events, sqs }: Clients, bus: string): Promise<Map<string, string | null>> {
  const NamePrefix = subscriptionPrefix(bus);
  const found = new Map<string, string | null>();
  let NextToken: string | undefined;
  do {
    const page = await events.send(new ListRulesCommand({ EventBusName: bus, NamePrefix, NextToken }));
    for (const { Name = '' } of page.Rules ?? []) found.set(Name, null);
    NextToken = page.NextToken;
  } while (NextToken);
  for await (const { QueueUrls = [] } of paginateListQueues({ client: sqs }, { QueueNamePrefix: NamePrefix })) {
    for (const url of QueueUrls) found.set(url.split('/').at(-1) ?? '', url);
  }
  return found;
}

/**
 * Takes away what subscribers to the bus left behind who were killed.
 *
 * @returns how many
 */
export async function removeAbandoned(clients: Clients, bus: string, now: Date): Promise<number> {
  let removed = 0;
  for (const [name, url] of await listSubscriptions(clients, bus)) {
    // A queue is made before its rule: a rule alone has lost it.
    if (url !== null && !(await isAbandoned(clients.sqs, url, now))) continue;
    await remove(clients, bus, name, url);
    removed++;
  }
  return removed;
}

async function isAbandoned(sqs: SQSClient, QueueUrl: string, now: Date): Promise<boolean> {
  try {
    const { Tags = {} } = await sqs.send(new ListQueueTagsCommand({ QueueUrl }));
    const heardAt = Date.parse(Tags[HEARD_TAG] ?? '');
    return !(now.getTime() - heardAt < ABANDONED);
  } catch (error) {
    // Deleted by its own subscriber in the meantime; SQS lists a queue for a while after.
    if (error instanceof QueueDoesNotExist) return false;
    throw error;
  }
}

/** @param queueUrl null where there is no queue */
async function remove({ events, sqs }: Clients, bus: string, name: string, queueUrl: string | null): Promise<void> {
  const rule = { EventBusName: bus };
  const removals = [
    events
      .send(new RemoveTargetsCommand({ ...rule, Rule: name, Ids: [TARGET] }))
      .then(() => events.send(new DeleteRuleCommand({ ...rule, Name: name })))
      .catch((error) => {
        if (!(error instanceof ResourceNotFoundException)) throw error;
      }),
    queueUrl === null
      ? null
      : sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl })).catch((error) => {
          if (!(error instanceof QueueDoesNotExist)) throw error;
        }),
  ];
  // Each is tried, whatever becomes of the other.
  const failed = (await Promise.allSettled(removals)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/** Only this rule may send to the queue, and only over TLS. */
function policyFor(queueArn: string, ruleArn: string) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
      },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'sqs:*',
        Resource: queueArn,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  };
}

function readEvent(body: string): DeliveredEvent {
  const { 'detail-type': type, detail } = JSON.parse(body) as { 'detail-type': string; detail: unknown };
  return { type, detail, event: EventSchema.safeParse(detail).data ?? null };
}
