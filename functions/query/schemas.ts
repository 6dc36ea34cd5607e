/** What goes in and comes out, as schemas: the requests are checked by them and the contract is written from them. */
import { z } from '@hono/zod-openapi';
import { ArticleCardSchema } from '../article/card.ts';
import { ArticleRecordSchema } from '../article/record.ts';
import { REJECT_CODES, type RejectCode } from '../article/reject.ts';
import { RevisionSchema } from '../article/revision.ts';
import { UPLOAD_STATUSES, UploadSchema } from '../article/upload.ts';
import { FILE_NAME_PLACEHOLDER, SOURCE_ID } from '../names.ts';
import { LISTING_KINDS } from '../scrape/listing.ts';
import { HEALTHS, ShownSourceSchema } from '../scrape/sources/health.ts';
import { SourceSettingsSchema } from '../scrape/sources/source.ts';
import { CREDENTIALS_REFUSED, hasCredentials } from '../scrape/sources/watched-address.ts';
import { DAYS_BACK } from './list-articles.ts';

/** Names of parameters as people meet them; long ones are refused before anything looks into them. Characters. */
const NAME = 200;
const URL_LENGTH = 2_048;

/** A parameter; one that stands twice comes as a list. */
const parameter = () =>
  z.string({ error: ({ input }) => (Array.isArray(input) ? 'It is given more than once; give it once.' : undefined) });

const name = (description: string, example: string) =>
  parameter()
    .min(1, 'It is empty; give a value or leave it out.')
    .max(NAME, `It must have at most ${NAME} characters.`)
    .optional()
    .openapi({ description, example });

/** A query parameter that is true or false. */
const flag = z.enum(['true', 'false']).optional().openapi({ type: 'boolean' });

export const limitOf = (most: number, usual: number) =>
  parameter()
    .regex(/^[1-9]\d{0,3}$/, `It must be a whole number from 1 to ${most}.`)
    .transform(Number)
    .pipe(z.number().max(most, `It must be at most ${most}.`))
    .optional()
    .openapi({
      type: 'integer',
      minimum: 1,
      maximum: most,
      default: usual,
      description: 'how many at most',
      example: usual,
    });

export const cursor = parameter()
  .min(1, 'It is empty; leave it out to start at the first page.')
  .max(8_000)
  .optional()
  .openapi({ description: 'from the page before, with the same filters; opaque' });

/** As S3 takes them; a longer one would be an error of the table's. */
const KEY_BYTES = 1_024;
const shortKey = (text: string) => Buffer.byteLength(text) <= KEY_BYTES;
const KEY_TOO_LONG = `It must have at most ${KEY_BYTES} bytes.`;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
export const day = (description: string) =>
  parameter()
    .refine((text) => isDay(text), 'It must be a day, such as 2026-03-31.')
    .optional()
    .openapi({ description, example: '2026-03-31', format: 'date' });

const isDay = (text: string) => {
  if (!DAY.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().slice(0, 10) === text;
};

const filters = {
  site: name('a domain or an address; its registrable domain counts', 'example.org'),
  section: name('label or slug', 'politics'),
  tag: name('label or slug', 'flood'),
  author: name('name or slug', 'ines-okafor'),
  language: name('BCP 47; the language alone counts', 'en'),
  day: day('articles of this day of UTC: the same as `from` and `to`'),
  from: name(
    `first day or instant, in UTC, by sortAt; without a site, section, tag, author or language ${DAYS_BACK} days before \`to\` unless given`,
    '2026-03-01',
  ),
  to: name('last day or instant, included', '2026-03-31'),
};

export const ArticlesQuerySchema = z.strictObject({ ...filters, limit: limitOf(100, 50), cursor });
/** Records and not cards, so fewer at a time. */
export const FeedQuerySchema = z.strictObject({ ...filters, limit: limitOf(50, 20) });

export const ArticlesPageSchema = z
  .object({
    items: z.array(ArticleCardSchema),
    cursor: z
      .string()
      .nullable()
      .describe('where the next page starts, null on the last one; a page may be short and still not be the last'),
    scanned: z.int().min(0).describe('cards that were looked at, those that a filter left out too'),
  })
  .meta({ id: 'ArticlesPage' });

export const FORMATS = ['json', 'txt', 'md', 'html'] as const;
export type Format = (typeof FORMATS)[number];

export const ArticleParamsSchema = z.object({
  id: z
    .string()
    .regex(
      /^[0-9a-f]{32}(\.[a-z0-9]{1,10})?$/,
      'It must be 32 hexadecimal digits, perhaps with .json, .txt, .md or .html.',
    )
    .openapi({
      param: { name: 'id', in: 'path' },
      description: 'id of the article, perhaps with the suffix of a form, which outranks Accept',
      example: '8162811c0658310a00aa658a31edbde7.md',
    }),
});
/** None: what is misspelt must not pass silently. */
export const NoQuerySchema = z.strictObject({});
export const ArticleIdParamsSchema = z.object({
  id: z
    .string()
    .regex(/^[0-9a-f]{32}$/, 'It must be 32 hexadecimal digits.')
    .openapi({ param: { name: 'id', in: 'path' }, example: '8162811c0658310a00aa658a31edbde7' }),
});
export const ArticleSchema = ArticleRecordSchema.meta({ id: 'Article' });

export const DiffedRevisionSchema = RevisionSchema.extend({
  diff: z.object({
    title: z
      .object({ before: z.string().nullable(), after: z.string().nullable() })
      .nullable()
      .describe('null where it stayed'),
    text: z
      .array(
        z.union([
          z.object({ kind: z.enum(['same', 'removed', 'added']), text: z.string() }),
          z.object({
            kind: z.literal('changed'),
            stretches: z.array(z.object({ kind: z.enum(['same', 'removed', 'added']), text: z.string() })),
          }),
          z.object({ kind: z.literal('skipped'), blocks: z.int().min(1).describe('how many stayed here') }),
        ]),
      )
      .describe('block by block, and word by word inside a changed one'),
  }),
});

export const RevisionsPageSchema = z
  .object({ items: z.array(DiffedRevisionSchema), cursor: z.string().nullable() })
  .meta({ id: 'RevisionsPage' });
export const RevisionsQuerySchema = z.strictObject({ limit: limitOf(50, 10), cursor });

function versionId(description: string) {
  return z.string().min(1).max(KEY_BYTES).refine(shortKey, KEY_TOO_LONG).optional().openapi({ description });
}

export const UploadsQuerySchema = z.strictObject({
  status: z.enum(UPLOAD_STATUSES).optional().openapi({ description: 'uploads with this status, last changed first' }),
  day: day('of the last change, in UTC; the last 31 days unless given'),
  key: z
    .string()
    .min(1)
    .max(KEY_BYTES)
    .refine(shortKey, KEY_TOO_LONG)
    .optional()
    .openapi({ description: 'every version of this object, in place of a status' }),
  version: versionId('beside `key`, this S3 version alone'),
  limit: limitOf(100, 50),
  cursor,
});
export const UploadsPageSchema = z
  .object({ items: z.array(UploadSchema), cursor: z.string().nullable() })
  .meta({ id: 'UploadsPage' });
export const UploadResultSchema = UploadSchema.meta({ id: 'Upload' });
export const UploadParamsSchema = z.object({
  key: z
    .string()
    .min(1)
    .max(KEY_BYTES)
    .refine(shortKey, KEY_TOO_LONG)
    .openapi({
      param: { name: 'key', in: 'path' },
      description: 'key of the object, percent-encoded; slashes may stand as they are. `/uploads?key=` takes any key',
      example: 'reports/story.html',
    }),
});
export const UploadVersionSchema = z.strictObject({ version: versionId('S3 version id; else the newest version') });

const header = /^[\x20-\x7e]*$/;
const isFixed = (text: string) => !text.includes(FILE_NAME_PLACEHOLDER);
const NOT_FIXED = `It must not hold ${FILE_NAME_PLACEHOLDER}, for which S3 puts the name of the file.`;
const webUrl = z
  .string()
  .max(URL_LENGTH)
  .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), 'It must be an http or https address.');

export const NewUploadSchema = z
  .strictObject({
    key: z
      .string()
      .min(1)
      .max(KEY_BYTES)
      .refine(shortKey, KEY_TOO_LONG)
      .refine((text) => text.isWellFormed(), 'It must be Unicode text; this holds half of a surrogate pair.')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
      .refine((text) => !/[\0-\x1f\x7f]/.test(text), 'It must hold no control characters.')
      .refine(isFixed, NOT_FIXED)
      .describe('key of the object to be; an object that is there gets a new version'),
    contentType: z
      .string()
      .regex(
        /^(text\/[\w.+-]+|application\/(xhtml\+xml|octet-stream|warc)|message\/rfc822)(\s*;[\x20-\x7e]*)?$/i,
        'It must be text, HTML or application/octet-stream.',
      )
      .max(200)
      .refine(isFixed, NOT_FIXED)
      .default('application/octet-stream'),
    url: webUrl.refine(isFixed, NOT_FIXED).optional().describe('where the copy was taken from'),
    sourceId: z
      .string()
      .min(1)
      .max(200)
      .regex(header, 'It must be printable ASCII.')
      .refine(isFixed, NOT_FIXED)
      .optional(),
  })
  .meta({ id: 'NewUpload' });
export const UploadFormSchema = z
  .object({
    object: z.string().describe('bucket/key'),
    url: z.string().describe('where to POST a multipart form: `fields` first, the file last, named `file`'),
    fields: z.record(z.string(), z.string()),
    maxBytes: z.int().describe('larger files are refused by S3'),
    expiresAt: z.string().describe('the form works until then'),
  })
  .meta({ id: 'UploadForm' });

export const ExtractQuerySchema = z.strictObject({
  url: webUrl.optional().openapi({ description: 'where the copy was taken from: resolves links and gives the id' }),
  explain: flag.openapi({ description: 'with every decision of the engine' }),
});
export const DecisionSchema = z.object({
  step: z.string(),
  verdict: z.enum(['keep', 'drop', 'choose']),
  rule: z.string(),
  text: z.string(),
  at: z.string().optional(),
});
const form = z.object({ mediaType: z.string(), charset: z.string().nullable() });
export const PreviewSchema = z
  .union([
    z.object({
      outcome: z.literal('article'),
      record: ArticleRecordSchema,
      decisions: z.array(DecisionSchema).optional(),
    }),
    z.object({
      outcome: z.literal('rejected'),
      code: z.enum(Object.keys(REJECT_CODES) as [RejectCode, ...RejectCode[]]),
      detail: z.string(),
      form,
      decisions: z.array(DecisionSchema).optional(),
    }),
  ])
  .meta({ id: 'Preview' });

export const SourceResultSchema = ShownSourceSchema.meta({ id: 'Source' });
export const SourcesPageSchema = z
  .object({ items: z.array(SourceResultSchema), cursor: z.string().nullable() })
  .meta({ id: 'SourcesPage' });

export const ImportedSourcesSchema = z
  .object({
    added: z.array(SourceResultSchema.pick({ id: true, url: true })),
    known: z.int().min(0).describe('how many of the feeds were watched already, and are left as they are'),
    problems: z.array(z.string()).describe('what was passed over, one sentence each'),
  })
  .meta({ id: 'ImportedSources' });
export const ImportQuerySchema = z.strictObject({
  foldersAsSections: flag.openapi({ description: 'give articles that name no section the folder of their feed' }),
});
export const ExportQuerySchema = z.strictObject({
  all: flag.openapi({ description: 'paused and retired ones too, which OPML cannot tell from the others' }),
});

export const SourcesQuerySchema = z.strictObject({
  health: z.enum(HEALTHS).optional().openapi({ description: 'only sources of this health' }),
  limit: limitOf(1_000, 100),
  cursor: parameter().max(200).optional().openapi({ description: 'from the page before; opaque' }),
});
export const SourceParamsSchema = z.object({
  id: z
    .string()
    .regex(SOURCE_ID, 'It must be the name of a source, such as example.org.')
    .openapi({ param: { name: 'id', in: 'path' }, example: 'example.org' }),
});

const watchedUrl = webUrl.max(2_000).refine((url) => !hasCredentials(url), CREDENTIALS_REFUSED);
const settings = SourceSettingsSchema.extend({ url: watchedUrl });
export const NewSourceSchema = settings
  .partial()
  .required({ url: true })
  .strict()
  .meta({ id: 'NewSource', description: 'everything but the address may be left out' });
export const SourceChangesSchema = settings
  .omit({ id: true })
  .partial()
  .extend({
    state: z.enum(['active', 'paused']).optional().describe('pauses it, or resumes one that is paused or retired'),
    reason: z.string().min(1).max(500).optional().describe('with `state: paused`: why, for whoever looks at the list'),
  })
  .strict()
  .meta({ id: 'SourceChanges' });

export const InspectedAddressSchema = z
  .strictObject({ url: watchedUrl.describe('address of a feed, site map or page') })
  .meta({ id: 'InspectedAddress' });
export const InspectionSchema = z
  .object({
    chosen: z
      .object({ url: z.string(), kind: z.enum(LISTING_KINDS), title: z.string().nullable() })
      .nullable()
      .describe('what to watch; null where nothing is found'),
    unreadable: z.boolean().describe('whether nothing is found because it could not be read now, as of a 503'),
    forbidden: z.boolean().describe('whether it is at an address that is never asked, as one that is not public'),
    steps: z.array(z.string()).describe('how it came to that, a sentence each'),
    alternates: z.array(z.object({ url: z.string(), title: z.string().nullable() })).describe('what else there is'),
    items: z.array(
      z.object({
        url: z.string(),
        modifiedAt: z.string().nullable(),
        title: z.string().nullable(),
        publishedAt: z.string().nullable(),
      }),
    ),
    itemCount: z.int().min(0).describe('how many articles it names; the first ten are shown'),
    warnings: z.array(z.string()).describe('what was wrong and read past'),
  })
  .meta({ id: 'Inspection' });
