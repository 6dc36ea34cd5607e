/** Files through the running pipeline: put into the uploads bucket, followed until each has its status and record. */

import { type Plan, type PlannedUpload, type PutResult, putFiles, waitForStatuses } from '../cli/api/put.ts';
import { type Stack, stackOf } from '../cli/api/stack.ts';
import { eachAtOnce } from '../functions/article/each-at-once.ts';
import type { ArticleRecord } from '../functions/article/record.ts';
import { isSettled, type Upload } from '../functions/article/upload.ts';
import { documentClient, s3Client } from '../functions/aws/stack/clients.ts';
import type { DeployedStack } from '../functions/aws/stack/stack-outputs.ts';
import { connectionTo } from '../functions/aws/stack/target.ts';

/** What became of one file. */
export interface Ingested {
  /** As its user named it. */
  file: string;
  /** bucket/key */
  object: string;
  version: string;
  /** Its status; null where none was reached in time. */
  upload: Upload | null;
  /** The record it made or confirmed. */
  article: ArticleRecord | null;
}

/** What became of each file, and the files that could not be read. */
export interface Ingestion {
  ingested: Ingested[];
  problems: Plan['problems'];
}

export interface IngestionOptions {
  /** Milliseconds to wait for the statuses once everything is uploaded. */
  timeoutMs: number;
  /** Leaves out files whose status is known from an earlier run. */
  onlyNew?: boolean;
  /** Called before anything is uploaded, with how many files will be. */
  onUpload?: (count: number) => void;
  /** Called as files get their status. */
  onSettled?: (settled: number) => void;
  signal: AbortSignal;
}

const READS_AT_ONCE = 8;

/** The stack as the commands of the command line take it. */
export function localStack({ name, outputs }: DeployedStack, endpoint: string, region: string): Stack {
  const connection = connectionTo({ endpoint, region });
  const documents = documentClient(connection);
  const s3 = s3Client(connection);
  const target = { local: true, endpoint, region, stackName: name, label: `local stack ${name} at ${endpoint}` };
  return stackOf(target, outputs, { documents, s3 });
}

export async function ingestFiles(
  planned: readonly PlannedUpload[],
  stack: Stack,
  { timeoutMs, onlyNew = false, onUpload, onSettled, signal }: IngestionOptions,
): Promise<Ingestion> {
  const known = onlyNew ? await knownUploads(planned, stack) : [];
  const knownKeys = new Set(known.map(({ key }) => key));
  const fresh = planned.filter(({ key }) => !knownKeys.has(key));
  onUpload?.(fresh.length);
  const { results, problems } = await putFiles(stack, fresh, { signal });
  const settled = await waitForStatuses(stack, results, {
    timeout: timeoutMs,
    signal,
    onSettled: (count) => onSettled?.(known.length + count),
  });
  signal.throwIfAborted();

  const all = new Map([...known, ...settled].map((result) => [result.key, result]));
  const ingested: Ingested[] = [];
  await eachAtOnce(
    READS_AT_ONCE,
    planned.map(({ key }) => all.get(key)).filter((result) => result !== undefined),
    async (result, index) => {
      const { name, object, version, upload } = result;
      const [id] = upload?.articleIds ?? [];
      ingested[index] = {
        file: name,
        object,
        version,
        upload,
        article: id === undefined ? null : await stack.articles.get(id),
      };
    },
  );
  return { ingested, problems };
}

/** The files that an earlier run uploaded, going by their key and length. */
async function knownUploads(planned: readonly PlannedUpload[], stack: Stack): Promise<PutResult[]> {
  const known: PutResult[] = [];
  await eachAtOnce(READS_AT_ONCE, planned, async (file, index) => {
    const object = `${stack.outputs.uploadsBucket}/${file.key}`;
    const upload = await stack.uploads.get(object);
    if (upload?.bytes === file.bytes && isSettled(upload, new Date())) {
      known[index] = { ...file, object, version: upload.version, upload };
    }
  });
  return known.filter(Boolean);
}
