import { canonicalizeUrl } from '../../functions/article/canonical-url.ts';
import { articleId } from '../../functions/article/identity.ts';
import type { Stored } from '../../functions/article/tombstone.ts';
import { UsageError } from '../errors.ts';
import type { Stack } from './stack.ts';

/** The id a person means: as it is, or that of the article at a web address. */
export function idOf(name: string): string {
  if (/^[0-9a-f]{32}$/.test(name)) return name;
  const url = /^https?:\/\//i.test(name) ? canonicalizeUrl(name) : null;
  if (url === null) {
    throw new UsageError(
      `"${name}" is neither an id (32 hexadecimal digits, as \`copydesk list\` shows them) nor a web address.`,
    );
  }
  return articleId(url, '');
}

/** @returns the record, or what is left of one that was withdrawn; null where the stack holds no such article */
export function getArticle({ articles }: Stack, id: string): Promise<Stored | null> {
  return articles.read(id);
}
