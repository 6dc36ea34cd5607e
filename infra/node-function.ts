import { fileURLToPath } from 'node:url';
import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Options } from './options.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export interface NodeFunctionProps extends Pick<Options, 'logRetentionDays'> {
  /** Path of the handler from the project's root. */
  entry: string;
  description: string;
  timeout: Duration;
  /** MiB; CPU grows with it, 1769 being one whole core. */
  memorySize: number;
  environment: Record<string, string>;
}

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
        NODE_OPTIONS: '--enable-source-maps',
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
}
