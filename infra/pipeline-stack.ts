import { CfnOutput, DefaultStackSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { OUTPUTS, STACK_NAME } from '../functions/names.ts';
import { Ingest } from './ingest.ts';
import { Monitoring } from './monitoring.ts';
import type { Options } from './options.ts';
import { Publish } from './publish.ts';
import { Query } from './query.ts';
import { Scrape } from './scrape.ts';
import { Storage } from './storage.ts';

/** The whole pipeline, wired in the order in which an article flows through it. */
export class PipelineStack extends Stack {
  constructor(scope: Construct, options: Options) {
    // The construct id, not the stack name, names the files in cdk.out: they stay the same under every name.
    super(scope, STACK_NAME, {
      stackName: options.stackName,
      description: 'Copydesk: raw copy in, normalized article records out.',
      // The rule is a template parameter read from SSM, which a local cloud does not have. Nothing is lost:
      // the CLI checks the bootstrap version from the manifest before it deploys.
      // The cast is for exactOptionalPropertyTypes, which the library's own types do not meet.
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer,
    });

    const monitoring = new Monitoring(this, 'Monitoring', options);
    const storage = new Storage(this, 'Storage', options);
    const scrape = new Scrape(this, 'Scrape', { ...options, storage, monitoring });
    const ingest = new Ingest(this, 'Ingest', { ...options, storage, monitoring });
    ingest.notifyOf(storage.uploadsBucket);
    const publish = new Publish(this, 'Publish', { ...options, storage, monitoring });
    const query = new Query(this, 'Query', { ...options, storage, monitoring });
    monitoring.draw(...scrape.widgets(), ...ingest.widgets(), publish.widgets(), query.widgets(), storage.widgets());

    const outputs: Record<keyof typeof OUTPUTS, string> = {
      uploadsBucket: storage.uploadsBucket.bucketName,
      bodiesBucket: storage.bodiesBucket.bucketName,
      articlesTable: storage.articles.tableName,
      facetsTable: storage.facets.tableName,
      revisionsTable: storage.revisions.tableName,
      fingerprintsTable: storage.fingerprints.tableName,
      uploadsTable: storage.uploads.tableName,
      sourcesTable: storage.sources.tableName,
      pagesTable: storage.pages.tableName,
      hostsTable: storage.hosts.tableName,
      fetchQueue: scrape.queue.queueUrl,
      fetchDeadLetterQueue: scrape.deadLetterQueue.queueUrl,
      discoverFunction: scrape.discover.functionName,
      discoverLogGroup: scrape.discover.logGroup.logGroupName,
      fetchFunction: scrape.fetch.functionName,
      fetchLogGroup: scrape.fetch.logGroup.logGroupName,
      userAgent: options.userAgent,
      ingestQueue: ingest.queue.queueUrl,
      ingestDeadLetterQueue: ingest.deadLetterQueue.queueUrl,
      ingestFunction: ingest.function.functionName,
      ingestLogGroup: ingest.function.logGroup.logGroupName,
      eventBus: publish.bus.eventBusName,
      unpublishedQueue: publish.unpublished.queueUrl,
      publishFunction: publish.function.functionName,
      publishLogGroup: publish.function.logGroup.logGroupName,
      queryApi: query.url,
      queryFunction: query.function.functionName,
      queryLogGroup: query.function.logGroup.logGroupName,
      queryAccessLogGroup: query.accessLogs.logGroupName,
    };
    for (const [name, value] of Object.entries(outputs)) {
      new CfnOutput(this, OUTPUTS[name as keyof typeof OUTPUTS], { value });
    }
  }
}
