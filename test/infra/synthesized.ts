import { readFileSync } from 'node:fs';
import { App, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readOptions } from '../../infra/options.ts';
import { PipelineStack } from '../../infra/pipeline-stack.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is free-form JSON, and what it must look like is what the tests say
  Properties: any;
  DependsOn?: string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export interface Synthesized {
  app: App;
  template: Template;
  /** Every resource of a type. */
  all(type: string): (Resource & { id: string })[];
}

const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };

/** Left to itself, every app makes a folder of its own and leaves it behind. */
const outdir = temporaryFolder();

/**
 * Synthesizes the stack with the AwsSolutions rules, as infra/app.ts does, but without bundling: nothing here looks
 * into a function's code.
 */
export function synthesized(options: Record<string, unknown> = {}): Synthesized {
  const app = new App({ outdir, context: { ...context, 'aws:cdk:bundling-stacks': [], ...options } });
  const stack = new PipelineStack(app, readOptions(app.node));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const template = Template.fromStack(stack);
  const resources = template.toJSON().Resources as Record<string, Resource>;
  return {
    app,
    template,
    all: (type) =>
      Object.entries(resources)
        .filter(([, resource]) => resource.Type === type)
        .map(([id, resource]) => ({ id, ...resource })),
  };
}

/** Policies say one thing alone or several in a list. */
export const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** The logical id a policy's resource comes from, `/*` kept: `Uploads123.Arn/*`. */
export function target(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const reference = resource as { 'Fn::GetAtt'?: string[]; 'Fn::Join'?: [string, unknown[]]; Ref?: string };
  return (
    reference['Fn::GetAtt']?.join('.') ?? reference['Fn::Join']?.[1].map(target).join('') ?? reference.Ref ?? 'unknown'
  );
}
