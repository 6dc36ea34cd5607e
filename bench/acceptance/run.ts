/**
 * npm run acceptance: the main job on real input. A raw-text article and some hundred real pages go through S3 into a
 * pipeline deployed for it; the record of the one is held to its text, the others to a status each, and a second
 * upload of all of them to changing nothing.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import type { Upload } from '../../functions/article/upload.ts';
import { queueDepth } from '../../functions/aws/queues/queue-depth.ts';
import { documentClient, sqsClient } from '../../functions/aws/stack/clients.ts';
import { connectionTo } from '../../functions/aws/stack/target.ts';
import { tableItems } from '../../functions/aws/tables/table-items.ts';
import type { NewObject, WrittenObject } from '../../functions/aws/uploads/upload-writer.ts';
import { localStack } from '../../local/ingestion.ts';
import type { LocalStack } from '../../local/local-stack.ts';
import { corpusFolder, readGold, readPage } from '../quality/corpus.ts';
import { withTemporaryStack } from '../temporary-stack.ts';
import { followStatuses, inParallel } from './follow.ts';
import { checkRawText } from './raw-text.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const SAMPLE = path.resolve(PROJECT, '../shared/samples/press-tv-shamkhani.txt');
/** How many pages of which corpus. */
const PAGES = { articles: 200, publishers: 100, multilingual: 100 };

const HELP = `usage: npm run acceptance -- [options]

  --sample FILE    the raw-text article (default: press-tv-shamkhani.txt of the samples beside the project)
  --timeout SEC    how long all statuses may take (default 300)

  npm run acceptance
`;

const problems: string[] = [];

function report(good: boolean, line: string): void {
  console.log(`${good ? 'ok   ' : 'WRONG'} ${line}`);
  if (!good) problems.push(line);
}

async function accept(local: LocalStack, sample: string, timeoutMs: number): Promise<void> {
  const { endpoint, region, stack } = local;
  const pipeline = localStack(stack, endpoint, region);
  const documents = documentClient(connectionTo({ endpoint, region }));
  const sqs = sqsClient(connectionTo({ endpoint, region }));

  const objects: NewObject[] = [
    { key: path.basename(sample), body: await readFile(sample), contentType: 'text/plain' },
    ...Object.entries(PAGES).flatMap(([name, count]) => pagesOf(name, count)),
  ];

  const round = async (): Promise<{ written: WrittenObject[]; uploads: (Upload | null)[] }> => {
    const begun = performance.now();
    const written = await inParallel(objects, (object) => pipeline.writer.put(object));
    const uploads = await followStatuses(written, pipeline.uploads, timeoutMs);
    const seconds = (performance.now() - begun) / 1000;
    const statuses = Object.entries(Object.groupBy(uploads, statusOf))
      .map(([status, those]) => `${those?.length} ${status}`)
      .sort();
    console.log(
      `${objects.length} objects in ${seconds.toFixed(1)} s, ${(objects.length / seconds).toFixed(1)} a second: ${statuses.join(', ')}`,
    );
    const open = written.filter((_, index) => uploads[index] === null).map(({ object }) => object);
    report(open.length === 0, `every object has a terminal status${named(open)}`);
    const failed = uploads.filter((upload) => upload?.status === 'failed').map((upload) => upload?.object ?? '');
    report(failed.length === 0, `none failed${named(failed)}`);
    const dead = await queueDepth(sqs, stack.outputs.ingestDeadLetterQueue);
    report(dead === 0, `${dead} dead letters`);
    return { written, uploads };
  };
  const tables = [stack.outputs.articlesTable, stack.outputs.fingerprintsTable];
  const items = async () => {
    const found = new Map<string, unknown>();
    for (const table of tables) {
      // A fingerprint holds the id of its article: one must not stand in the other's place.
      for await (const item of tableItems(documents, table)) found.set(`${table} ${item.fingerprint ?? item.id}`, item);
    }
    return found;
  };

  const first = await round();
  const [id] = first.uploads[0]?.articleIds ?? [];
  const article = id === undefined ? null : await pipeline.articles.get(id);
  for (const { good, line } of checkRawText(article, await readFile(sample, 'utf8'))) report(good, line);

  const before = await items();
  console.log('and all of them again');
  await round();
  const after = await items();
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => !isDeepStrictEqual(before.get(key), after.get(key)),
  );
  report(changed.length === 0, `the second upload changed none of ${before.size} items${named(changed)}`);
}

function pagesOf(corpus: string, count: number): NewObject[] {
  const folder = corpusFolder(corpus);
  return readGold(folder)
    .slice(0, count)
    .map(({ id, url }) => ({
      key: `${corpus}/${id}.html`,
      body: readPage(folder, 'html', id),
      contentType: 'text/html',
      // Metadata travels in headers, which are ASCII.
      ...(URL.canParse(url) && { url: new URL(url).href }),
    }));
}

const statusOf = (upload: Upload | null) =>
  upload === null ? 'without status' : [upload.status, upload.reason].filter(Boolean).join(' ');
const named = (names: readonly string[]) =>
  names.length === 0
    ? ''
    : `: not ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;

const { values } = parseArgs({
  options: { sample: { type: 'string' }, timeout: { type: 'string' }, help: { type: 'boolean' } },
});
const timeout = Number(values.timeout ?? 300);
if (values.help) {
  console.log(HELP);
} else if (!(timeout > 0)) {
  console.error(`--timeout takes a number of seconds above 0, not ${values.timeout}.\n\n${HELP}`);
  process.exitCode = 2;
} else {
  await withTemporaryStack((local) => accept(local, values.sample ?? SAMPLE, timeout * 1000));
  console.log(problems.length === 0 ? 'accepted' : `not accepted: ${problems.length} wrong`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
