/** Finds a deployed pipeline by the name of its CloudFormation stack. */
import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { OUTPUTS } from '../../names.ts';
import { connectionTo, type Target } from './target.ts';

/** What the stack's outputs say, under the names of {@link OUTPUTS}: names of buckets and tables, URLs of queues. */
export type StackOutputs = Record<keyof typeof OUTPUTS, string>;

export interface DeployedStack {
  name: string;
  /** The region it was found in. */
  region: string;
  status: string;
  outputs: StackOutputs;
  tags: Readonly<Record<string, string>>;
}

export class StackNotFound extends Error {
  override readonly name = 'StackNotFound';
  readonly code = 'STACK_NOT_FOUND';
}

/**
 * Reads a stack's outputs.
 *
 * @throws StackNotFound when no such stack is there, or when it is not one of this version of the pipeline
 */
export async function findStack(options: { name: string } & Target): Promise<DeployedStack> {
  const { name, ...target } = options;
  const client = new CloudFormationClient(connectionTo(target));
  try {
    const region = await client.config.region();
    const where = target.endpoint ? `at ${target.endpoint}` : `in ${region}`;
    const stack = await describeStack(client, name);
    if (!stack) {
      throw new StackNotFound(
        `There is no stack ${name} ${where}. Deploy it, or name another stack, region or profile.`,
      );
    }
    const found = new Map(stack.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
    const outputs = Object.entries(OUTPUTS).map(([field, output]) => {
      const value = found.get(output);
      if (value === undefined) {
        throw new StackNotFound(
          `The stack ${name} ${where} (${stack.StackStatus}) has no output ${output}: it is not a Copydesk of this version. Deploy it again.`,
        );
      }
      return [field, value] as const;
    });
    return {
      name,
      region,
      status: stack.StackStatus ?? 'UNKNOWN',
      outputs: Object.fromEntries(outputs) as StackOutputs,
      tags: Object.fromEntries(stack.Tags?.map(({ Key, Value }) => [Key, Value]) ?? []),
    };
  } finally {
    client.destroy();
  }
}

/** @returns the stack's description, null when there is none of that name */
export async function describeStack(client: CloudFormationClient, name: string) {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks?.[0] ?? null;
  } catch (error) {
    // CloudFormation has no error of its own for a stack that does not exist.
    if (error instanceof CloudFormationServiceException && error.name === 'ValidationError') return null;
    throw error;
  }
}
