/**
 * The article record, schema version 1.
 *
 * This Zod schema is the only description of the record: the TypeScript type, the JSON Schema in
 * docs/record.schema.json and the field table in docs/record.md come from it. Absent is `null` or an
 * empty list, never a guess and never a missing field: fewer beats wrong.
 */
import { z } from 'zod';

export const SCHEMA_VERSION = 1;

/** What a block of `text` is. List items carry their depth (`ul2` is an item of a nested list). */
export const BLOCK_KINDS = [
  'p',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul1',
  'ul2',
  'ul3',
  'ul4',
  'ol1',
  'ol2',
  'ol3',
  'ol4',
  'quote',
  'pre',
  'table',
  'caption',
] as const;

/** What pages ask of machines in the robots meta tag or X-Robots-Tag, as far as it concerns who keeps and uses their text. */
export const RESTRICTIONS = ['noindex', 'noarchive', 'nosnippet', 'noai', 'noimageai'] as const;

export const ARTICLE_KINDS = ['article', 'opinion', 'liveblog', 'gallery', 'pressRelease', 'other'] as const;

const instant = z.iso.datetime({ offset: false }).describe('ISO 8601 instant in UTC');
const httpUrl = z.string().describe('absolute http or https URL');

export const AuthorSchema = z.object({
  name: z.string().min(1).describe('a person or body as printed, without "By" and without a role'),
  url: httpUrl.nullable().describe("the author's own page"),
});

export const ImageSchema = z.object({
  url: httpUrl.nullable().describe('the best real source; null where only the caption is known, as in plain text'),
  alt: z.string().nullable(),
  caption: z.string().nullable(),
  credit: z.string().nullable(),
  width: z.int().positive().nullable().describe('pixels'),
  height: z.int().positive().nullable().describe('pixels'),
  afterBlock: z.int().min(-1).describe('index of the block the image follows; -1 before the first'),
});

export const EmbedSchema = z.object({
  kind: z.enum(['video', 'audio', 'post', 'other']).describe('`other` for a frame of an unknown provider'),
  url: httpUrl.describe('the page people open, where the provider is known; else the file or frame'),
  title: z.string().nullable(),
  afterBlock: z.int().min(-1).describe('index of the block the embed follows; -1 before the first'),
});

export const RightsSchema = z.object({
  restrictions: z
    .array(z.enum(RESTRICTIONS))
    .describe('what all machines are asked, by robots meta tag or X-Robots-Tag'),
  tdmReserved: z
    .boolean()
    .nullable()
    .describe("whether rights to text and data mining are reserved, by the W3C's TDM Reservation Protocol"),
  tdmPolicy: httpUrl.nullable().describe('on what terms they are granted'),
  license: httpUrl.nullable().describe('of the text, such as a Creative Commons one'),
});

export const LinkSchema = z.object({ url: httpUrl, text: z.string() });

export const TagSchema = z.object({
  label: z.string().min(1).describe('as printed'),
  slug: z.string().min(1).describe('lower case, words joined by hyphens: what indexes use'),
});

export const WarningSchema = z.object({
  code: z.string().regex(/^[A-Z][A-Z_]+$/),
  message: z.string().describe('one sentence for a person'),
});

/** What the engine alone can know from bytes and hints. */
export const ExtractedArticleSchema = z.object({
  url: httpUrl.nullable().describe('as given with the upload or stated by the page'),
  canonicalUrl: httpUrl
    .nullable()
    .describe('normalized: no tracking parameters, AMP form, fragment; host in lower case'),
  site: z.string().nullable().describe('registrable domain by the public suffix list'),
  siteName: z.string().nullable().describe('display name'),

  title: z.string().nullable().describe("without the site's suffix"),
  subtitle: z.string().nullable().describe('standfirst or second headline shown on the page'),
  description: z.string().nullable().describe('summary written for sharing; often not shown on the page'),
  authors: z.array(AuthorSchema),
  section: TagSchema.nullable(),
  breadcrumbs: z.array(z.string().min(1)).describe('from the root down, without the article itself'),
  tags: z.array(TagSchema),

  publishedAt: instant.nullable(),
  modifiedAt: instant.nullable().describe('never stands in for publishedAt'),
  publishedRaw: z.string().nullable().describe('the date as it was written'),
  datePrecision: z.enum(['day', 'second']).nullable().describe('of publishedAt'),
  dateSource: z.string().nullable().describe('the rule that gave publishedAt'),

  language: z.string().nullable().describe('BCP 47, declared checked against detected'),
  direction: z.enum(['ltr', 'rtl']).nullable(),

  text: z.string().describe('NFC; blocks parted by exactly one blank line'),
  blocks: z.array(z.enum(BLOCK_KINDS)).describe('one kind per block of text, in order'),
  images: z.array(ImageSchema),
  embeds: z.array(EmbedSchema).describe('videos, sounds and posts shown inside the body'),
  links: z.array(LinkSchema).describe('links inside the body, in order'),
  mainImage: httpUrl.nullable(),

  kind: z.enum(ARTICLE_KINDS).nullable(),
  accessibleForFree: z.boolean().nullable(),
  truncated: z.boolean().nullable().describe('whether the text stops at a paywall or teaser'),
  rights: RightsSchema.nullable().describe('what page and site ask of machines; null where they say nothing'),

  quality: z.object({
    confidence: z.number().min(0).max(1).describe('that text is the article, whole and alone'),
    warnings: z.array(WarningSchema),
  }),
  provenance: z.record(z.string(), z.string()).describe('field → the rule that filled it'),
});

/** Computed from the extracted article by the rules of this folder. */
export const DerivedSchema = z.object({
  id: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .describe('hash of canonicalUrl, or of the first normalized text where there is no URL'),
  wordCount: z.int().min(0).describe('words by Unicode segmentation'),
  readingMinutes: z.int().min(0),
  contentHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of the normalized text'),
  simhash: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .describe('64-bit similarity hash of word shingles, hexadecimal'),
  facets: z
    .array(z.string())
    .describe(
      'what lists it is found in beside those by site and day: `section:`, `language:`, `author:`, `tag:` with a slug',
    ),
  schemaVersion: z.literal(SCHEMA_VERSION),
  engineVersion: z.string(),
});

/** The raw copy this record was made from: enough to replay it. */
export const RawSchema = z.object({
  bucket: z.string().nullable().describe('null for a file that never was in a bucket'),
  key: z.string(),
  versionId: z.string().nullable(),
  etag: z.string().nullable(),
  bytes: z.int().min(0),
  mediaType: z.string().describe('found by content, not by name'),
  charset: z.string().describe('WHATWG name of the encoding it was decoded with'),
});

/** Known only to the pipeline: where it came from and when. */
export const StoredSchema = z.object({
  sourceId: z.string().nullable().describe('the watched source that fetched it'),
  sortAt: instant.describe('publishedAt clamped to firstSeenAt + 24 h, else firstSeenAt'),
  firstSeenAt: instant,
  fetchedAt: instant.describe('when the copy was taken from its site; else when it was uploaded'),
  updatedAt: instant,
  revision: z.int().min(1),
  duplicateOf: z.string().nullable().describe('id of the first record with the same text'),
  clusterId: z
    .string()
    .describe(
      'the same for all records with nearly the same text: the id of the first that had it, or a hash where that one has come to say something else',
    ),
  raw: RawSchema,
});

export const ArticleRecordSchema = z.object({
  ...DerivedSchema.shape,
  ...ExtractedArticleSchema.shape,
  ...StoredSchema.shape,
});

/** The fields that may be large: they move out of a record's item together when it would be too large. */
export const BODY_FIELDS = ['text', 'blocks', 'images', 'embeds', 'links'] as const satisfies (keyof ArticleRecord)[];

export type BlockKind = (typeof BLOCK_KINDS)[number];
export type ArticleKind = (typeof ARTICLE_KINDS)[number];
export type Author = z.infer<typeof AuthorSchema>;
export type Image = z.infer<typeof ImageSchema>;
export type Embed = z.infer<typeof EmbedSchema>;
export type Link = z.infer<typeof LinkSchema>;
export type Rights = z.infer<typeof RightsSchema>;
export type Tag = z.infer<typeof TagSchema>;
export type Warning = z.infer<typeof WarningSchema>;
export type Raw = z.infer<typeof RawSchema>;
export type ExtractedArticle = z.infer<typeof ExtractedArticleSchema>;
export type ArticleRecord = z.infer<typeof ArticleRecordSchema>;
export type ArticleBody = Pick<ArticleRecord, (typeof BODY_FIELDS)[number]>;
