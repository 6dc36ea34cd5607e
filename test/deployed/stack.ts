/** The deployed stack as the end-to-end tests use it. */
import { setTimeout as delay } from 'node:timers/promises';
import { inject } from 'vitest';
import type { Stack } from '../../cli/api/stack.ts';
import type { ArticleRecord } from '../../functions/article/record.ts';
import { isSettled, type Upload } from '../../functions/article/upload.ts';
import type { StackOutputs } from '../../functions/aws/stack/stack-outputs.ts';
import type { Target } from '../../functions/aws/stack/target.ts';
import type { NewObject, WrittenObject } from '../../functions/aws/uploads/upload-writer.ts';
import { localStack } from '../../local/ingestion.ts';

/** Names of the stack's resources, and how to reach them. */
export function deployed(): { outputs: StackOutputs; target: Target } {
  const { endpoint, region, stack } = inject('deployed');
  return { outputs: stack.outputs, target: { endpoint, region } };
}

/** The stack as the command line works with it. */
export function deployedPipeline(): Stack {
  const { endpoint, region, stack } = inject('deployed');
  return localStack(stack, endpoint, region);
}

const pipeline = deployedPipeline();

/** Longer than anything takes on a busy machine; a test that needs it fails. Milliseconds. */
const PATIENCE = 300_000;

/** A file's fate: the row of its status and the record it names first. */
export interface Fate {
  upload: Upload;
  article: ArticleRecord | null;
}

/** Uploads an object and waits for its terminal status. */
export async function ingest(object: Omit<NewObject, 'contentType'> & { contentType?: string }): Promise<Fate> {
  return fateOf(await pipeline.writer.put({ contentType: 'text/html', ...object }));
}

/** Waits for the terminal status of an object version. */
export async function fateOf({ object, version }: WrittenObject): Promise<Fate> {
  const upload = await eventually(async () => {
    const row = await pipeline.uploads.get(object, version);
    return row && isSettled(row, new Date()) ? row : null;
  }, `${object} has a terminal status`);
  const [id] = upload.articleIds;
  return { upload, article: id === undefined ? null : await pipeline.articles.get(id) };
}

/** Asks until there is an answer. */
export async function eventually<T>(ask: () => Promise<T | null>, what: string): Promise<T> {
  const until = Date.now() + PATIENCE;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > until) throw new Error(`Not so after ${PATIENCE / 1000} s: ${what}.`);
    await delay(50);
  }
}

/** An HTML page with one article. */
export function page({
  title,
  url,
  paragraphs = PARAGRAPHS,
}: {
  title: string;
  url?: string;
  paragraphs?: readonly string[];
}): Uint8Array {
  const link = url === undefined ? '' : `<link rel="canonical" href="${url}">`;
  const body = paragraphs.map((text) => `<p>${text}</p>`).join('\n');
  return Buffer.from(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${link}</head>` +
      `<body><nav><a href="/">Home</a></nav><article><h1>${title}</h1>\n${body}</article></body></html>`,
  );
}

/** Text of an article that nobody else has: the same words in two tests would make one a duplicate of the other. */
export function paragraphsAbout(subject: string): string[] {
  return PARAGRAPHS.map((text) => text.replaceAll('the lighthouse', subject));
}

/** Far more than an item holds: 60 paragraphs of 2,000 words, in an order that never repeats. */
export function longParagraphsAbout(subject: string): string[] {
  const words = paragraphsAbout(subject).join(' ').split(' ');
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return words[Math.floor((state / 2 ** 32) * words.length)];
  };
  const sentence = () => `The ${Array.from({ length: 19 }, next).join(' ')}.`;
  return Array.from({ length: 60 }, () => Array.from({ length: 100 }, sentence).join(' '));
}

const PARAGRAPHS = [
  'After a winter of repairs the lighthouse has been opened to visitors again, and the first of them came on Saturday morning in spite of the rain.',
  'The keeper said that the lighthouse had been built in eleven months, which nobody believed until the plans were found behind a cupboard last year.',
  'Until autumn the lighthouse can be climbed every day between ten and four; children may ring the fog bell once, and grown-ups only if nobody is looking.',
];
