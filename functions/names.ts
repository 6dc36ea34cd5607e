/**
 * Names shared by the infrastructure and the functions: the only file infra/ imports from here.
 * A name that stands here must exist on both sides, or the template tests fail.
 */

/** Environment variables that functions read. */
export const ENV = {
  articlesTable: 'ARTICLES_TABLE',
  fingerprintsTable: 'FINGERPRINTS_TABLE',
  uploadsTable: 'UPLOADS_TABLE',
  bodiesBucket: 'BODIES_BUCKET',
  maxObjectBytes: 'MAX_OBJECT_BYTES',
  maxReceives: 'MAX_RECEIVES',
} as const;

/** Keys and indexes of the tables. */
export const ARTICLES = {
  key: 'id',
  bySite: { index: 'by-site', key: 'site', sort: 'sortAt' },
  /** Sparse: duplicates carry no `dayShard`. */
  byDay: { index: 'by-day', key: 'dayShard', sort: 'sortAt', shards: 4 },
} as const;

/** What the indexes project: enough for a list, within 1 KB unless title and address are both very long. */
export const CARD_ATTRIBUTES = [
  'site',
  'title',
  'canonicalUrl',
  'siteName',
  'sectionLabel',
  'authorNames',
  'publishedAt',
  'language',
  'wordCount',
  'duplicateOf',
] as const;

export const UPLOADS = {
  key: 'object',
  sort: 'version',
  /** `statusDay` is `status#YYYY-MM-DD` of updatedAt. */
  byStatus: { index: 'by-status', key: 'statusDay', sort: 'updatedAt' },
} as const;

/** One row per text: `text:<contentHash>` → the first record with it. */
export const FINGERPRINTS = { key: 'fingerprint' } as const;

/** CloudFormation outputs: how the CLI finds the stack. */
export const OUTPUTS = {
  uploadsBucket: 'UploadsBucketName',
  bodiesBucket: 'BodiesBucketName',
  articlesTable: 'ArticlesTableName',
  fingerprintsTable: 'FingerprintsTableName',
  uploadsTable: 'UploadsTableName',
  ingestQueue: 'IngestQueueUrl',
  ingestDeadLetterQueue: 'IngestDeadLetterQueueUrl',
  ingestFunction: 'IngestFunctionName',
  ingestLogGroup: 'IngestLogGroupName',
} as const;

export const STACK_NAME = 'copydesk';

/** User metadata on uploaded objects, without the `x-amz-meta-` prefix. */
export const OBJECT_METADATA = { url: 'url', source: 'source', fetchedAt: 'fetched-at' } as const;

export const METRICS = {
  namespace: 'Copydesk',
  ingested: 'Ingested',
  unchanged: 'Unchanged',
  duplicate: 'Duplicate',
  superseded: 'Superseded',
  /** 1 for a rejected upload and 0 for any other, so that its average is the share of rejected uploads. */
  rejected: 'Rejected',
  failed: 'Failed',
  duration: 'IngestDuration',
} as const;
