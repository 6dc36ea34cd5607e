/**
 * Deploys a synthesized stack to the local cloud. An AWS account is deployed to with the CDK's own
 * command, which needs a bootstrapped account and roles that a local cloud does not have.
 */
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, HeadObjectCommand, NotFound, PutObjectCommand } from '@aws-sdk/client-s3';
import { s3Client } from './clients.ts';
import { describeStack } from './stack-outputs.ts';
import { connectionTo, type Target } from './target.ts';

/** A file the template refers to, or the template itself. */
export interface Asset {
  bucket: string;
  key: string;
  /** The bytes to store, asked for only where the bucket lacks them. */
  content(): Promise<Uint8Array>;
}

export interface Deployment {
  stackName: string;
  template: Asset;
  assets: readonly Asset[];
}

export class DeploymentFailed extends Error {
  override readonly name = 'DeploymentFailed';
  readonly code = 'DEPLOYMENT_FAILED';
}

/** The template's key in the asset bucket is a hash of its content: the same tag means the same template. */
const TEMPLATE_TAG = 'copydesk-template';
const POLL_MS = 100;
const SETTLE_MS = 120_000;

/**
 * Creates the stack, or updates it where its template has changed.
 *
 * @throws DeploymentFailed with the reason of every resource that failed
 */
export async function deployStack(
  deployment: Deployment,
  target: Target & { endpoint: string },
): Promise<'created' | 'updated' | 'unchanged'> {
  const { stackName, template } = deployment;
  const client = new CloudFormationClient(connectionTo(target));
  try {
    const existing = await updatableStack(client, stackName);
    const deployed = existing?.Tags?.find((tag) => tag.Key === TEMPLATE_TAG)?.Value;
    const whole = existing?.StackStatus === 'CREATE_COMPLETE' || existing?.StackStatus === 'UPDATE_COMPLETE';
    if (whole && deployed === template.key) return 'unchanged';

    await publishAssets([...deployment.assets, template], target);
    const request = {
      StackName: stackName,
      TemplateURL: `${target.endpoint}/${template.bucket}/${template.key}`,
      Capabilities: ['CAPABILITY_IAM' as const, 'CAPABILITY_NAMED_IAM' as const],
      Tags: [{ Key: TEMPLATE_TAG, Value: template.key }],
    };
    await client.send(existing ? new UpdateStackCommand(request) : new CreateStackCommand(request));
    const status = await settledStatus(client, stackName);
    if (status !== 'CREATE_COMPLETE' && status !== 'UPDATE_COMPLETE') {
      throw new DeploymentFailed(`The stack ${stackName} ended as ${status}: ${await failures(client, stackName)}`);
    }
    return existing ? 'updated' : 'created';
  } finally {
    client.destroy();
  }
}

/** The stack, or null where there is none. One whose creation failed can only be deleted, and holds nothing yet. */
async function updatableStack(client: CloudFormationClient, stackName: string) {
  const stack = await describeStack(client, stackName);
  if (stack?.StackStatus !== 'ROLLBACK_COMPLETE' && stack?.StackStatus !== 'CREATE_FAILED') return stack;
  await client.send(new DeleteStackCommand({ StackName: stackName }));
  await settledStatus(client, stackName);
  return null;
}

async function publishAssets(assets: readonly Asset[], target: Target): Promise<void> {
  const client = s3Client(connectionTo(target));
  try {
    for (const bucket of new Set(assets.map((asset) => asset.bucket))) {
      // Creating one's own bucket again is no error in us-east-1, where the local cloud is.
      await client.send(new CreateBucketCommand({ Bucket: bucket }));
    }
    for (const { bucket, key, content } of assets) {
      const stored = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).then(
        () => true,
        (error: unknown) => {
          if (error instanceof NotFound) return false;
          throw error;
        },
      );
      if (!stored) await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: await content() }));
    }
  } finally {
    client.destroy();
  }
}

async function settledStatus(client: CloudFormationClient, stackName: string): Promise<string> {
  const until = Date.now() + SETTLE_MS;
  let status = 'unknown';
  while (Date.now() < until) {
    status = (await describeStack(client, stackName))?.StackStatus ?? 'DELETE_COMPLETE';
    if (!status.endsWith('_IN_PROGRESS')) return status;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new DeploymentFailed(`The stack ${stackName} is still ${status} after ${SETTLE_MS / 1000} s.`);
}

async function failures(client: CloudFormationClient, stackName: string): Promise<string> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: stackName }));
  const reasons = StackEvents.filter((event) => event.ResourceStatus?.endsWith('_FAILED')).map(
    (event) => `${event.LogicalResourceId} (${event.ResourceType}): ${event.ResourceStatusReason ?? 'no reason given'}`,
  );
  return reasons.length > 0 ? reasons.join('; ') : 'no resource reports a failure';
}
