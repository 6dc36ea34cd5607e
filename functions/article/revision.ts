/**
 * One revision of an article: what changed, when, and what it said before.
 *
 * There is one for every change of title or text, from revision 2 on; the record itself holds what it says now.
 */
import { z } from 'zod';
import { type ArticleRecord, RawSchema } from './record.ts';
import { isWithdrawn, type Stored } from './tombstone.ts';

const instant = z.iso.datetime({ offset: false });

export const RevisionSchema = z.object({
  id: z.string().describe('of the article'),
  revision: z.int().min(2).describe('the number this change gave the record'),
  at: instant.describe('when it was written'),
  changed: z.array(z.enum(['title', 'text'])).min(1),
  before: z
    .object({
      title: z.string().nullable(),
      text: z.string().nullable().describe('null once the article is withdrawn'),
      contentHash: z.string(),
      updatedAt: instant,
      engineVersion: z.string(),
      raw: RawSchema.describe('the copy it was read from'),
    })
    .describe('the record as it was until then'),
});

export type Revision = z.infer<typeof RevisionSchema>;

/** The revision that leads from one state of a record to the next; null where title and text stay, or nothing was. */
export function revisionOf(was: Stored | null, article: ArticleRecord): Revision | null {
  if (was === null || isWithdrawn(was)) return null;
  const changed: Revision['changed'] = [];
  if (was.title !== article.title) changed.push('title');
  if (was.contentHash !== article.contentHash) changed.push('text');
  if (changed.length === 0) return null;
  const { title, text, contentHash, updatedAt, engineVersion, raw } = was;
  return {
    id: article.id,
    revision: article.revision,
    at: article.updatedAt,
    changed,
    before: { title, text, contentHash, updatedAt, engineVersion, raw },
  };
}
