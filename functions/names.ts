/**
 * Names shared by the infrastructure and the functions: the only file infra/ imports from here.
 * A name that stands here must exist on both sides, or the template tests fail.
 */

/** Environment variables that functions read. */
export const ENV = {
  articlesTable: 'ARTICLES_TABLE',
  facetsTable: 'FACETS_TABLE',
  revisionsTable: 'REVISIONS_TABLE',
  fingerprintsTable: 'FINGERPRINTS_TABLE',
  uploadsTable: 'UPLOADS_TABLE',
  sourcesTable: 'SOURCES_TABLE',
  pagesTable: 'PAGES_TABLE',
  hostsTable: 'HOSTS_TABLE',
  fetchQueue: 'FETCH_QUEUE',
  bodiesBucket: 'BODIES_BUCKET',
  uploadsBucket: 'UPLOADS_BUCKET',
  eventBus: 'EVENT_BUS',
  unpublishedQueue: 'UNPUBLISHED_QUEUE',
  maxObjectBytes: 'MAX_OBJECT_BYTES',
  maxReceives: 'MAX_RECEIVES',
  userAgent: 'USER_AGENT',
  fetchDelaySeconds: 'FETCH_DELAY_SECONDS',
} as const;

/**
 * Set to `1` in the environment of the local cloud, and by no template: opens loopback addresses to fetches, for sites
 * that run on this machine.
 */
export const ALLOW_LOOPBACK = 'COPYDESK_ALLOW_LOOPBACK';

/** The attribute that holds an article's card, within 1 KB: what the indexes project and facet rows hold. */
export const CARD = 'card';

/**
 * Keys and indexes of the tables.
 *
 * `shards`: how many partitions a busy key is spread over, because one takes a thousand write units a second at most.
 * A list reads them all and merges. Another number needs the rows to be written again.
 */
export const ARTICLES = {
  key: 'id',
  bySite: { index: 'by-site', key: 'site', sort: 'sortAt' },
  /** `dayShard` is `YYYY-MM-DD#shard`. Sparse: duplicates and withdrawn articles carry none. */
  byDay: { index: 'by-day', key: 'dayShard', sort: 'sortAt', shards: 4 },
} as const;

/** `facet` is `kind:value#shard`, such as `tag:flood#2`; `sortAtId` is `sortAt#id`. */
export const FACETS = { key: 'facet', sort: 'sortAtId', shards: 4 } as const;

/** One row per change of title or text, by the number it gave the record: 2 is the first. */
export const REVISIONS = { key: 'id', sort: 'revision' } as const;

export const UPLOADS = {
  key: 'object',
  sort: 'version',
  /** `statusDay` is `status#YYYY-MM-DD` of updatedAt. */
  byStatus: { index: 'by-status', key: 'statusDay', sort: 'updatedAt' },
} as const;

/**
 * `text:<contentHash>` has the row `@first`, which names the first record with the text, and one for each duplicate;
 * `near:<hash>` one for each record whose text has that hash among its smallest. Members are `firstSeenAt#id`.
 */
export const FINGERPRINTS = { key: 'fingerprint', sort: 'member' } as const;

/** What is watched: feeds, site maps and pages, with their state and health. One partition of the index holds thousands. */
export const SOURCES = {
  key: 'id',
  /** `dueShard` is `due#shard`. Sparse: only active ones carry it. `readyAt` is dueAt, or the end of a lease that outlasts it. */
  byDue: { index: 'by-due', key: 'dueShard', sort: 'readyAt', shards: 1 },
} as const;

/** Articles' pages that sources named, by the id that their address gives a record; a row stays for good. */
export const PAGES = {
  key: 'page',
  /** As that of sources. Sparse: only pages that are to be fetched, for the first time or again, carry it. */
  byDue: { index: 'by-due', key: 'dueShard', sort: 'readyAt', shards: 4 },
} as const;

/** Hosts by name and port: when each may be asked again, and its robots.txt. */
export const HOSTS = { key: 'host' } as const;

/** CloudFormation outputs: how the CLI finds the stack. */
export const OUTPUTS = {
  uploadsBucket: 'UploadsBucketName',
  bodiesBucket: 'BodiesBucketName',
  articlesTable: 'ArticlesTableName',
  facetsTable: 'FacetsTableName',
  revisionsTable: 'RevisionsTableName',
  fingerprintsTable: 'FingerprintsTableName',
  uploadsTable: 'UploadsTableName',
  sourcesTable: 'SourcesTableName',
  pagesTable: 'PagesTableName',
  hostsTable: 'HostsTableName',
  ingestQueue: 'IngestQueueUrl',
  ingestDeadLetterQueue: 'IngestDeadLetterQueueUrl',
  ingestFunction: 'IngestFunctionName',
  ingestLogGroup: 'IngestLogGroupName',
  queryApi: 'QueryApiUrl',
  queryFunction: 'QueryFunctionName',
  queryLogGroup: 'QueryLogGroupName',
  queryAccessLogGroup: 'QueryAccessLogGroupName',
  userAgent: 'UserAgent',
  fetchQueue: 'FetchQueueUrl',
  fetchDeadLetterQueue: 'FetchDeadLetterQueueUrl',
  discoverFunction: 'DiscoverFunctionName',
  discoverLogGroup: 'DiscoverLogGroupName',
  fetchFunction: 'FetchFunctionName',
  fetchLogGroup: 'FetchLogGroupName',
  eventBus: 'EventBusName',
  unpublishedQueue: 'UnpublishedQueueUrl',
  publishFunction: 'PublishFunctionName',
  publishLogGroup: 'PublishLogGroupName',
} as const;

export const STACK_NAME = 'copydesk';

/** What a source may be named; one name is that of a path of the API. */
export const SOURCE_ID = /^(?!inspect$)[a-z0-9][a-z0-9.-]{0,99}$/;
/** Characters of the longest section that a source gives its articles. */
export const SECTION_LENGTH = 200;

/** A project's file of declared sources, the first of these that is there: synced by every deployment. */
export const SOURCE_FILES = ['sources.yaml', 'sources.yml', 'sources.json'] as const;

/** What S3 replaces by the name of the sent file in every field of a form, its key among them. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: as S3 writes it
export const FILE_NAME_PLACEHOLDER = '${filename}';

/** User metadata on uploaded objects, without the `x-amz-meta-` prefix. */
export const OBJECT_METADATA = { url: 'url', source: 'source', fetchedAt: 'fetched-at', hints: 'hints' } as const;

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
  published: 'Published',
  /** Pages of articles put into the uploads bucket by fetch. */
  fetched: 'Fetched',
  /** Readings and fetches that failed. */
  fetchFailed: 'FetchFailed',
  /** How many sources, counted now and then: silent ones, failing ones, and those whose reading is overdue. */
  silentSources: 'SilentSources',
  failingSources: 'FailingSources',
  /** Those that became so within the last hour: one more rings, whatever else has been silent or failing for long. */
  newlySilentSources: 'NewlySilentSources',
  newlyFailingSources: 'NewlyFailingSources',
  overdueSources: 'OverdueSources',
} as const;

/** Seconds between two requests to a host, unless a deployment is told otherwise; of looks before an address is watched, always. */
export const USUAL_DELAY_SECONDS = 2;

/**
 * How the runtime starts every function. Space for what is young is kept at three times 4 MB instead of 16: a page of
 * 10 MB then takes ten times its size and not sixteen, and the engine is no slower.
 */
export const NODE_OPTIONS = '--enable-source-maps --max-semi-space-size=4';
