import { fileURLToPath } from 'node:url';
import { type Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { NODE_OPTIONS } from '../functions/names.ts';
import type { Options } from './options.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export interface NodeFunctionProps extends Pick<Options, 'logRetentionDays'> {
  /** Path of the handler from the project's root. */
  entry: string;
  /** Name of what the entry exports, `handler` unless given. */
  handler?: string;
  description: string;
  timeout: Duration;
  /** MiB; CPU grows with it, 1769 being one whole core. */
  memorySize: number;
  environment: Record<string, string>;
}

/** Actions on one resource. */
export type Grant = readonly [actions: string[], resource: string];

/** A function with the defaults every one of ours gets; its role can do nothing but log until granted more. */
export class NodeFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    const { logRetentionDays, entry, environment, ...rest } = props;
    // Of our own rather than the runtime's: it has a retention and goes with the stack, whatever the removal policy keeps.
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    super(scope, id, {
      ...rest,
      entry: `${ROOT}${entry}`,
      projectRoot: ROOT,
      depsLockFilePath: `${ROOT}package-lock.json`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      environment: {
        NODE_OPTIONS,
        // The only dimension of our metrics: stacks that share an account are told apart by it.
        POWERTOOLS_SERVICE_NAME: Stack.of(scope).stackName,
        ...environment,
      },
      bundling: {
        logLevel: LogLevel.ERROR,
        format: OutputFormat.ESM,
        target: 'node24',
        mainFields: ['module', 'main'],
        // The runtime's own SDK changes under a deployed function; ours is the one that was tested.
        bundleAwsSDK: true,
        minify: true,
        // Errors are told apart and logged by class name.
        keepNames: true,
        sourceMap: true,
        sourcesContent: false,
        // CommonJS dependencies call require, which an ES module does not have.
        banner: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
    });
  }
  /**
   * Grants written out action by action: the library's own add wildcard actions, all indexes, or every stream of the
   * account.
   *
   * @param buckets those whose objects are granted by a wildcard
   * @param folder the part of them that is, with a slash at its end; all unless given
   */
  allow(grants: readonly Grant[], buckets: readonly Bucket[] = [], folder = ''): void {
    for (const [actions, resource] of grants) {
      this.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
    }
    for (const bucket of buckets) {
      const logicalId: string = Stack.of(this).resolve((bucket.node.defaultChild as CfnBucket).logicalId);
      Validations.of(this.role ?? this).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/${folder}*]`,
        reason:
          'Objects are named by their content or by those who upload them; the grant reaches those of this bucket and nothing else.',
      });
    }
  }
}
