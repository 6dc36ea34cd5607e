import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DeploymentFailed, deployStack } from '../../functions/aws/stack/stack-deployment.ts';
import { findStack, StackNotFound } from '../../functions/aws/stack/stack-outputs.ts';
import { deployed } from './stack.ts';

const target = { endpoint: '', ...deployed().target } as { endpoint: string; region: string };

function deploy(stackName: string, resources: object) {
  const template = JSON.stringify({ Resources: resources });
  const asset = {
    bucket: `assets-${stackName}`,
    key: `${template.length}.json`,
    content: async () => Buffer.from(template),
  };
  return deployStack({ stackName, template: asset, assets: [] }, target);
}

const freshName = () => `test-${randomUUID()}`;
const queue = { Queue: { Type: 'AWS::SQS::Queue' } };
/** Names a layer that does not exist, which is refused when the function is made. */
const broken = {
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { ZipFile: 'exports.handler = () => {}' },
      Handler: 'index.handler',
      Role: 'arn:aws:iam::000000000000:role/none',
      Runtime: 'nodejs24.x',
      Layers: ['arn:aws:lambda:us-east-1:000000000000:layer:none:1'],
    },
  },
};

describe('a deployment to the local cloud', () => {
  it('creates the stack, leaves it while its template stays the same, and updates it when it changes', async () => {
    const name = freshName();
    expect(await deploy(name, queue)).toBe('created');
    expect(await deploy(name, queue)).toBe('unchanged');
    expect(await deploy(name, { ...queue, Another: { Type: 'AWS::SQS::Queue' } })).toBe('updated');
  });

  it('that fails names the resource and the reason, and the next one starts from nothing', async () => {
    const name = freshName();
    const failure = await deploy(name, broken).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DeploymentFailed);
    expect((failure as Error).message).toMatch(/Function \(AWS::Lambda::Function\): .*layer/i);
    expect(await deploy(name, queue)).toBe('created');
  });
});

describe('finding a stack', () => {
  it('that is not there says so, with its name and the place', async () => {
    const failure = findStack({ name: 'nobody', ...target });
    await expect(failure).rejects.toThrow(StackNotFound);
    await expect(failure).rejects.toThrow(`no stack nobody at ${target.endpoint}`);
  });

  it('of another kind says which output is missing', async () => {
    const name = freshName();
    await deploy(name, queue);
    await expect(findStack({ name, ...target })).rejects.toThrow('has no output UploadsBucketName');
  });
});
