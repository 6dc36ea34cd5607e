import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { GraphWidget, type IWidget, type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ARTICLES, CARD, FACETS, FINGERPRINTS, HOSTS, PAGES, REVISIONS, SOURCES, UPLOADS } from '../functions/names.ts';
import type { Options } from './options.ts';

type DueIndex = Pick<(typeof SOURCES)['byDue'], 'index' | 'key' | 'sort'>;

/** Every table and bucket. Raw copies and what is made of them are apart, so that output cannot trigger input. */
export class Storage extends Construct {
  readonly uploadsBucket: Bucket;
  readonly bodiesBucket: Bucket;
  readonly articles: Table;
  readonly facets: Table;
  readonly revisions: Table;
  readonly uploads: Table;
  readonly fingerprints: Table;
  readonly sources: Table;
  readonly pages: Table;
  readonly hosts: Table;
  readonly #removalPolicy: RemovalPolicy;
  readonly #deletionProtection: boolean;

  constructor(
    scope: Construct,
    id: string,
    options: Pick<Options, 'removalPolicy' | 'deletionProtection' | 'oldVersionDays'>,
  ) {
    super(scope, id);
    this.#removalPolicy = options.removalPolicy === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
    this.#deletionProtection = options.deletionProtection;

    this.uploadsBucket = this.#bucket('UploadsBucket', {
      // A record pins the version it was made from, which an overwrite with the same content leaves it with: an old
      // version stays readable, in a cheaper class, or the record could not be rebuilt.
      versioned: true,
      lifecycleRules: [
        {
          noncurrentVersionTransitions: [
            { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(30) },
          ],
          ...(options.oldVersionDays === null
            ? {}
            : { noncurrentVersionExpiration: Duration.days(options.oldVersionDays) }),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
          // A deleted object leaves a marker; without versions behind it, it only slows listings.
          expiredObjectDeleteMarker: true,
        },
      ],
    });
    // Not versioned: a body can be made again from the raw copy.
    this.bodiesBucket = this.#bucket('BodiesBucket', {
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });

    this.articles = this.#table('Articles', {
      partitionKey: { name: ARTICLES.key, type: AttributeType.STRING },
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    for (const { index, key, sort } of [ARTICLES.bySite, ARTICLES.byDay]) {
      this.articles.addGlobalSecondaryIndex({
        indexName: index,
        partitionKey: { name: key, type: AttributeType.STRING },
        sortKey: { name: sort, type: AttributeType.STRING },
        projectionType: ProjectionType.INCLUDE,
        nonKeyAttributes: [CARD],
      });
    }

    this.facets = this.#table('Facets', {
      partitionKey: { name: FACETS.key, type: AttributeType.STRING },
      sortKey: { name: FACETS.sort, type: AttributeType.STRING },
    });
    this.revisions = this.#table('Revisions', {
      partitionKey: { name: REVISIONS.key, type: AttributeType.STRING },
      sortKey: { name: REVISIONS.sort, type: AttributeType.NUMBER },
    });

    this.uploads = this.#table('Uploads', {
      partitionKey: { name: UPLOADS.key, type: AttributeType.STRING },
      sortKey: { name: UPLOADS.sort, type: AttributeType.STRING },
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    this.uploads.addGlobalSecondaryIndex({
      indexName: UPLOADS.byStatus.index,
      partitionKey: { name: UPLOADS.byStatus.key, type: AttributeType.STRING },
      sortKey: { name: UPLOADS.byStatus.sort, type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });

    this.fingerprints = this.#table('Fingerprints', {
      partitionKey: { name: FINGERPRINTS.key, type: AttributeType.STRING },
      sortKey: { name: FINGERPRINTS.sort, type: AttributeType.STRING },
    });

    this.sources = this.#table('Sources', { partitionKey: { name: SOURCES.key, type: AttributeType.STRING } });
    this.#dueIndex(this.sources, SOURCES.byDue, ProjectionType.ALL);
    this.pages = this.#table('Pages', { partitionKey: { name: PAGES.key, type: AttributeType.STRING } });
    // Keys alone: a row changes several times for each time it is found here.
    this.#dueIndex(this.pages, PAGES.byDue, ProjectionType.KEYS_ONLY);
    this.hosts = this.#table('Hosts', { partitionKey: { name: HOSTS.key, type: AttributeType.STRING } });
  }

  /**
   * A row of the dashboard: writes turned away, per table and index. A hot partition of an index turns away writes to
   * its table too, so an index is the first place to look.
   */
  widgets(): IWidget[] {
    const throttled = (table: Table, index?: string): Metric =>
      table.metric('WriteThrottleEvents', {
        statistic: Stats.SUM,
        ...(index && { dimensionsMap: { TableName: table.tableName, GlobalSecondaryIndexName: index } }),
        label: index ?? table.node.id,
      });
    return [
      new GraphWidget({
        title: 'Throttled writes',
        left: [
          throttled(this.articles),
          throttled(this.articles, ARTICLES.bySite.index),
          throttled(this.articles, ARTICLES.byDay.index),
          throttled(this.facets),
          throttled(this.revisions),
          throttled(this.uploads),
          throttled(this.uploads, UPLOADS.byStatus.index),
          throttled(this.fingerprints),
          throttled(this.sources),
          throttled(this.pages),
          throttled(this.pages, PAGES.byDue.index),
          throttled(this.hosts),
        ],
        width: 24,
        height: 6,
      }),
    ];
  }

  #dueIndex(table: Table, { index, key, sort }: DueIndex, projectionType: ProjectionType): void {
    table.addGlobalSecondaryIndex({
      indexName: index,
      partitionKey: { name: key, type: AttributeType.STRING },
      sortKey: { name: sort, type: AttributeType.STRING },
      projectionType,
    });
  }

  #bucket(id: string, props: BucketProps): Bucket {
    const bucket = new Bucket(this, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: this.#removalPolicy,
      ...props,
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'The bucket is private and what became of every object stands in the uploads table; server access logs would ' +
        'cost a third bucket that grows without end. An account that audits reads turns on CloudTrail data events.',
    });
    return bucket;
  }

  #table(id: string, props: Pick<TableProps, 'partitionKey' | 'sortKey' | 'stream'>): Table {
    return new Table(this, id, {
      ...props,
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: this.#deletionProtection,
      removalPolicy: this.#removalPolicy,
    });
  }
}
