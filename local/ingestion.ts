/** Files through the running pipeline: put into the uploads bucket, followed until each has its status. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { NamedFile } from '../cli/api/files.ts';
import { mediaTypeOf } from '../cli/api/media-type.ts';
import type { ArticleRecord } from '../functions/article/record.ts';
import { isSettled, type Upload } from '../functions/article/upload.ts';
import { type ArticleStore, articleStore } from '../functions/aws/article-store.ts';
import { documentClient, s3Client } from '../functions/aws/clients.ts';
import type { StackOutputs } from '../functions/aws/stack-outputs.ts';
import { connectionTo, type Target } from '../functions/aws/target.ts';
import { type UploadLedger, uploadLedger } from '../functions/aws/upload-ledger.ts';
import { uploadWriter, type WrittenObject } from '../functions/aws/upload-writer.ts';

/** What became of one file. */
export interface Ingested {
  /** As its user named it. */
  file: string;
  object: string;
  version: string;
  /** Its status; null where none was reached in time. */
  upload: Upload | null;
  /** The record it made or confirmed. */
  article: ArticleRecord | null;
}

export interface IngestionOptions {
  /** Milliseconds to wait for the statuses once everything is uploaded. */
  timeoutMs: number;
  /** Leaves out files whose status is known from an earlier run. */
  onlyNew?: boolean;
  /** Called as files get their status. */
  onProgress?: (settled: number, total: number) => void;
  signal?: AbortSignal;
}

const TRANSFERS_AT_ONCE = 8;
/** Statuses asked for at once. Objects are settled about in order, so the first unsettled ones are the ones to ask for. */
const QUESTIONS_AT_ONCE = 16;
const POLL_MS = 50;

/** The pipeline as this machine reaches it. */
export interface Pipeline {
  ledger: UploadLedger;
  articles: ArticleStore;
  writer: ReturnType<typeof uploadWriter>;
  bucket: string;
}

export function connect(outputs: StackOutputs, target: Target): Pipeline {
  const connection = connectionTo(target);
  const documents = documentClient(connection);
  const s3 = s3Client(connection);
  return {
    ledger: uploadLedger(documents, outputs.uploadsTable),
    articles: articleStore(documents, s3, outputs),
    writer: uploadWriter(s3, outputs.uploadsBucket),
    bucket: outputs.uploadsBucket,
  };
}

/** @returns what became of each file, in the order of the files */
export async function ingestFiles(
  files: readonly NamedFile[],
  pipeline: Pipeline,
  options: IngestionOptions,
): Promise<Ingested[]> {
  const { signal } = options;
  const written = await inParallel(files, TRANSFERS_AT_ONCE, async (file) => {
    signal?.throwIfAborted();
    return (options.onlyNew && (await knownObject(file, pipeline))) || put(file, pipeline, signal);
  });
  const statuses = await followObjects(written, pipeline.ledger, options);
  return inParallel(files, QUESTIONS_AT_ONCE, async (file, index) => {
    const { object, version } = written[index] as WrittenObject;
    const upload = statuses.get(statusKey({ object, version })) ?? null;
    const [id] = upload?.articleIds ?? [];
    const article = id === undefined ? null : await pipeline.articles.get(id);
    return { file: file.name, object, version, upload, article };
  });
}

/** Waits until every object has its status, or the time is over. @returns the statuses that were reached */
export async function followObjects(
  objects: readonly WrittenObject[],
  ledger: UploadLedger,
  { timeoutMs, onProgress, signal }: IngestionOptions,
): Promise<Map<string, Upload>> {
  const settled = new Map<string, Upload>();
  let open = [...objects];
  const until = Date.now() + timeoutMs;
  while (open.length > 0) {
    signal?.throwIfAborted();
    const asked = open.slice(0, QUESTIONS_AT_ONCE);
    const answers = await Promise.all(asked.map(({ object, version }) => ledger.get(object, version)));
    const now = new Date();
    for (const upload of answers) {
      if (upload && isSettled(upload, now)) settled.set(statusKey(upload), upload);
    }
    const stillOpen = open.filter((object) => !settled.has(statusKey(object)));
    const progressed = stillOpen.length < open.length;
    open = stillOpen;
    if (progressed) onProgress?.(settled.size, objects.length);
    else if (Date.now() >= until) break;
    else await delay(POLL_MS);
  }
  return settled;
}

const statusKey = ({ object, version }: WrittenObject) => `${object}\n${version}`;

async function put(file: NamedFile, { writer }: Pipeline, signal?: AbortSignal): Promise<WrittenObject> {
  const { size } = await stat(file.path);
  // A stream of no bytes would go as a multipart upload without parts, which S3 refuses.
  const body = size === 0 ? new Uint8Array() : createReadStream(file.path);
  return writer.put({ key: file.key, body, contentType: mediaTypeOf(file.name) }, signal ? { signal } : {});
}

/** The object as uploaded by an earlier run, if it is of the same length; null where it must be uploaded. */
async function knownObject(file: NamedFile, { ledger, bucket }: Pipeline): Promise<WrittenObject | null> {
  const object = `${bucket}/${file.key}`;
  const known = await ledger.get(object);
  if (!known || !isSettled(known, new Date()) || known.bytes !== (await stat(file.path)).size) return null;
  return { object, version: known.version };
}

async function inParallel<In, Out>(
  items: readonly In[],
  limit: number,
  work: (item: In, index: number) => Promise<Out>,
): Promise<Out[]> {
  const results = new Array<Out>(items.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as In, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
