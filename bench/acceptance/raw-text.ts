import type { ArticleRecord } from '../../functions/article/record.ts';

/** Paragraphs of the sample's body; what follows them is the site's tail. */
const BODY_PARAGRAPHS = 10;

/**
 * Holds the record of the raw-text sample to its text: breadcrumb, headline, caption, body, tail, in blocks parted by
 * blank lines.
 */
export function checkRawText(article: ArticleRecord | null, source: string): { good: boolean; line: string }[] {
  if (article === null) return [{ good: false, line: 'the raw text has a record' }];
  const blocks = source
    .normalize('NFC')
    .split(/\r?\n(?:[ \t]*\r?\n)+/)
    // Records hold plain spaces only, where the source has a no-break space.
    .map((block) => block.trim().replace(/[^\S\n]+/g, ' '))
    .filter(Boolean);
  const [breadcrumb = '', headline, caption = '', ...rest] = blocks;
  const section = breadcrumb.split('/').at(-1)?.trim();
  const paragraphs = rest.slice(0, BODY_PARAGRAPHS);
  const tail = rest.slice(BODY_PARAGRAPHS);
  const text = article.text.split('\n\n');
  return [
    { good: article.section?.label === section, line: `its section is ${article.section?.label}` },
    { good: article.title === headline, line: `its title is "${article.title}"` },
    {
      good: article.text === paragraphs.join('\n\n'),
      line: `its text is the ${paragraphs.length} paragraphs in order (${text.length} blocks)`,
    },
    { good: !text.includes(caption), line: 'its caption is not in the text' },
    { good: article.images.some((image) => image.caption === caption), line: 'its caption is the caption of an image' },
    {
      good: !tail.some((block) => block.split('\n').some((line) => article.text.includes(line))),
      line: 'nothing of the tail is in the text',
    },
    {
      good: article.publishedAt === null && article.modifiedAt === null,
      line: `no date is invented (${article.publishedAt})`,
    },
    { good: article.authors.length === 0, line: `no author is invented (${article.authors.map(({ name }) => name)})` },
    { good: article.siteName === 'Press TV', line: `its site name is ${article.siteName}` },
  ];
}
