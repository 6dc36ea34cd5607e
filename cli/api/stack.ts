import type { SameTextStore } from '../../functions/article/same-text.ts';
import { type ArticleScan, articleScan } from '../../functions/aws/articles/article-scan.ts';
import { type ArticleStore, articleStore } from '../../functions/aws/articles/article-store.ts';
import { withdrawalPorts } from '../../functions/aws/articles/withdrawals.ts';
import { hostStore } from '../../functions/aws/sources/host-store.ts';
import { sourceStore } from '../../functions/aws/sources/source-store.ts';
import { documentClient, s3Client } from '../../functions/aws/stack/clients.ts';
import { missingCredentials } from '../../functions/aws/stack/credentials.ts';
import { findStack, type StackOutputs } from '../../functions/aws/stack/stack-outputs.ts';
import { connectionTo } from '../../functions/aws/stack/target.ts';
import { type UploadLedger, uploadLedger } from '../../functions/aws/uploads/upload-ledger.ts';
import { uploadWriter } from '../../functions/aws/uploads/upload-writer.ts';
import type { Hosts, Sources } from '../../functions/scrape/ports.ts';
import { cloudError, NO_CREDENTIALS, NO_REGION } from './cloud-error.ts';
import { type ChosenTarget, chooseTarget, type Surroundings, type TargetOptions } from './target.ts';

/** A pipeline to work with. */
export interface Stack {
  target: ChosenTarget;
  outputs: StackOutputs;
  articles: Omit<ArticleStore, 'commit' | 'withKeys' | Exclude<keyof SameTextStore, 'read'>>;
  uploads: Pick<UploadLedger, 'get' | 'listByStatus' | 'versionsOf'>;
  writer: ReturnType<typeof uploadWriter>;
  withdrawal: ReturnType<typeof withdrawalPorts>;
  scan: ArticleScan;
  sources: Sources;
  hosts: Hosts;
  /** Puts objects into another bucket than that of the uploads. */
  writerTo(bucket: string): ReturnType<typeof uploadWriter>;
}

type Connections = { documents: ReturnType<typeof documentClient>; s3: ReturnType<typeof s3Client> };

/** The stores of a stack that was found. */
export function stackOf(target: ChosenTarget, outputs: StackOutputs, { documents, s3 }: Connections): Stack {
  return {
    target,
    outputs,
    articles: articleStore(documents, s3, outputs),
    uploads: uploadLedger(documents, outputs.uploadsTable),
    writer: uploadWriter(s3, outputs.uploadsBucket),
    withdrawal: withdrawalPorts(documents, s3, outputs),
    scan: articleScan(documents, s3, outputs),
    sources: sourceStore(documents, outputs.sourcesTable),
    hosts: hostStore(documents, outputs.hostsTable),
    writerTo: (bucket) => uploadWriter(s3, bucket),
  };
}

/**
 * Finds the stack and does the work with it. Connections are closed when the work is done.
 *
 * @throws WorkError for whatever the cloud turned down, with what to do
 */
export async function withStack<T>(
  options: TargetOptions,
  around: Surroundings,
  work: (stack: Stack) => Promise<T>,
): Promise<T> {
  const target = chooseTarget(options, around);
  const connection = connectionTo(target);
  const documents = documentClient(connection);
  const s3 = s3Client(connection);
  try {
    const { outputs } = await findStack({ ...target, name: target.stackName });
    return await work(stackOf(target, outputs, { documents, s3 }));
  } catch (error) {
    throw cloudError(await causeOf(error, target), target, around.checkout);
  } finally {
    documents.destroy();
    s3.destroy();
  }
}

/** The SDK misses the region of a profile before it misses the profile. */
async function causeOf(error: unknown, { profile }: ChosenTarget): Promise<unknown> {
  if (profile === undefined || !(error instanceof Error) || error.message !== NO_REGION) return error;
  const missing = await missingCredentials(profile);
  return missing === null ? error : Object.assign(new Error(missing, { cause: error }), { name: NO_CREDENTIALS });
}
