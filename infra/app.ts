/** The CDK app: reads the options, builds the one stack, checks it against the AwsSolutions rules. */
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { OptionError, readOptions } from './options.ts';
import { PipelineStack } from './pipeline-stack.ts';

try {
  const app = new App();
  new PipelineStack(app, readOptions(app.node));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} catch (error) {
  if (!(error instanceof OptionError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
