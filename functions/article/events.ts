/**
 * The events of the pipeline, schema version 1: what subscribers are told, and how.
 *
 * These Zod schemas are the only description of the events: the TypeScript types, docs/events.schema.json and the table
 * in docs/events.md come from them. An event carries a card and never a text: whoever wants the record gets it by id.
 */
import { z } from 'zod';
import { ArticleCardSchema } from './card.ts';
import { UploadSchema } from './upload.ts';

export const EVENT_SCHEMA_VERSION = 1;

/** What the bus calls the sender of every event. */
export const EVENT_SOURCE = 'copydesk';

const instant = z.iso.datetime({ offset: false });

const envelope = {
  schemaVersion: z.literal(EVENT_SCHEMA_VERSION),
  id: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .describe('the same however often the event is delivered: pass over an id you have seen'),
  occurredAt: instant.describe(
    'when the change was written; strictly later with every change of one article: of two events the later one counts',
  ),
};

const article = {
  articleId: z.string(),
  sites: z.array(z.string()).describe('to filter by: the site of the article, and the one before where that changed'),
  facets: z
    .array(z.string())
    .describe('to filter by: tag, section, author and language of the article, and of what it was before'),
};

export const ArticleCreatedSchema = z
  .object({
    ...envelope,
    type: z.literal('article.created'),
    ...article,
    revision: z.int().min(1),
    card: ArticleCardSchema,
  })
  .describe('An article is there that was not: new, or accepted again after it had been withdrawn.');

export const ArticleRevisedSchema = z
  .object({
    ...envelope,
    type: z.literal('article.revised'),
    ...article,
    revision: z.int().min(1).describe('raised where title or text changed, and only there'),
    changed: z
      .array(z.string())
      .min(1)
      .describe(
        'fields of the record that changed; "body" for parts of a large body that cannot be told apart, "card" where the record says the same and only its card was written anew',
      ),
    card: ArticleCardSchema,
    previousCard: ArticleCardSchema,
  })
  .describe('What a record says of an article has changed.');

export const ArticleWithdrawnSchema = z
  .object({
    ...envelope,
    type: z.literal('article.withdrawn'),
    ...article,
    reason: z.string().nullable().describe('as whoever withdrew it gave it'),
    tombstone: z
      .boolean()
      .describe('whether a tombstone keeps the article from coming back; else its item was deleted'),
    previousCard: ArticleCardSchema,
  })
  .describe('An article is gone: withdrawn, or its item deleted. Delete what you made of it.');

export const UploadRejectedSchema = z
  .object({
    ...envelope,
    type: z.literal('upload.rejected'),
    upload: UploadSchema.pick({
      object: true,
      version: true,
      reason: true,
      detail: true,
      bytes: true,
      mediaType: true,
      charset: true,
      receivedAt: true,
    }),
  })
  .describe('An upload gave no article: its reason says why, its detail what to do.');

export const EVENT_SCHEMAS = {
  'article.created': ArticleCreatedSchema,
  'article.revised': ArticleRevisedSchema,
  'article.withdrawn': ArticleWithdrawnSchema,
  'upload.rejected': UploadRejectedSchema,
} as const;

/** The `detail` of an event on the bus; its `detail-type` is the type once more. */
export const EventSchema = z.discriminatedUnion('type', [
  ArticleCreatedSchema,
  ArticleRevisedSchema,
  ArticleWithdrawnSchema,
  UploadRejectedSchema,
]);

export type ArticleEvent =
  | z.infer<typeof ArticleCreatedSchema>
  | z.infer<typeof ArticleRevisedSchema>
  | z.infer<typeof ArticleWithdrawnSchema>;
export type UploadRejected = z.infer<typeof UploadRejectedSchema>;
export type Event = ArticleEvent | UploadRejected;
export type EventType = Event['type'];
export const EVENT_TYPES = Object.keys(EVENT_SCHEMAS) as EventType[];
