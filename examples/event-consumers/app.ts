/**
 * A stack of consumers beside that of Copydesk: a queue, a function and, where an address is given, a webhook.
 *
 *     npx cdk deploy --app 'node examples/event-consumers/app.ts' -c site=example.org -c tag=night-ferry
 */
import { App, CfnOutput, DefaultStackSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ArticleFunction } from './article-function.ts';
import { ArticleQueue } from './article-queue.ts';
import { ArticleWebhook } from './article-webhook.ts';

const app = new App();
const option = (name: string): string | undefined => app.node.tryGetContext(name);
const [site, tag, url, keySecret] = ['site', 'tag', 'webhook', 'webhookKeySecret'].map(option);

const stack = new Stack(app, 'copydesk-consumers', {
  description: 'Consumers of the events of Copydesk.',
  // Without a parameter read from SSM, so that a local cloud takes the stack too; `cdk deploy` checks the bootstrap anyway.
  synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer,
});
const props = {
  // The bus has the name of the stack of Copydesk.
  bus: EventBus.fromEventBusName(stack, 'Bus', option('bus') ?? 'copydesk'),
  ...(site !== undefined && { site }),
  ...(tag !== undefined && { tag }),
};
const { queue } = new ArticleQueue(stack, 'Queue', props);
const { cards } = new ArticleFunction(stack, 'Function', props);
if (url !== undefined) {
  if (keySecret === undefined) throw new Error('A webhook needs -c webhookKeySecret=NAME, the secret its key is in.');
  new ArticleWebhook(stack, 'Webhook', { ...props, url, keySecret });
}
new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
new CfnOutput(stack, 'CardsTableName', { value: cards.tableName });
