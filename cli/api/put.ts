import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { eachAtOnce } from '../../functions/article/each-at-once.ts';
import { isSettled, type Upload } from '../../functions/article/upload.ts';
import { UsageError } from '../errors.ts';
import { filesBehind, reasonOf } from './files.ts';
import { mediaTypeOf } from './media-type.ts';
import { sleep } from './sleep.ts';
import type { Stack } from './stack.ts';

const UPLOADS_AT_ONCE = 8;
/** Milliseconds between looks at a status: short while the local stack answers at once, longer for a long queue. */
const POLL = { first: 100, most: 2_000 };

/** A file that is to be uploaded. */
export interface PlannedUpload {
  name: string;
  path: string;
  key: string;
  bytes: number;
  contentType: string;
}

export interface Plan {
  uploads: PlannedUpload[];
  problems: { name: string; detail: string }[];
}

/** What became of a file: uploaded under a version, and its status where it was waited for. */
export interface PutResult extends PlannedUpload {
  object: string;
  version: string;
  /** Null where it was not waited for, or not settled in time. */
  upload: Upload | null;
}

/**
 * What would be uploaded, and under which keys.
 *
 * @param prefix goes before every key, as it is
 * @throws UsageError where two files would get the same key: one would replace the other
 */
export async function planUploads(
  names: readonly string[],
  { prefix = '', contentType, cwd }: { prefix?: string; contentType?: string; cwd: string },
): Promise<Plan> {
  const uploads = new Map<string, PlannedUpload>();
  const problems: Plan['problems'] = [];
  for await (const file of filesBehind(names, cwd)) {
    if ('problem' in file) {
      problems.push({ name: file.name, detail: file.problem });
      continue;
    }
    const key = prefix + file.key;
    const other = uploads.get(key);
    if (other && other.path !== file.path) {
      throw new UsageError(
        `${other.name} and ${file.name} would both become ${key}: upload their folders, or one at a time with --prefix.`,
      );
    }
    let size: number;
    try {
      ({ size } = await stat(file.path));
    } catch (error) {
      problems.push({ name: file.name, detail: reasonOf(error) });
      continue;
    }
    uploads.set(key, {
      name: file.name,
      path: file.path,
      key,
      bytes: size,
      contentType: contentType ?? mediaTypeOf(file.name),
    });
  }
  return { uploads: [...uploads.values()], problems };
}

export interface PutOptions {
  url?: string;
  sourceId?: string;
  signal: AbortSignal;
  onProgress?: (bytes: number) => void;
}

/** Uploads what was planned; a file that fails is reported and the others go on. Results are in the plan's order. */
export async function putFiles(
  stack: Stack,
  planned: readonly PlannedUpload[],
  { url, sourceId, signal, onProgress }: PutOptions,
): Promise<{ results: PutResult[]; problems: Plan['problems'] }> {
  const results: PutResult[] = [];
  const problems: Plan['problems'] = [];
  await eachAtOnce(UPLOADS_AT_ONCE, planned, async (file, index) => {
    let sent = 0;
    try {
      const { path, key, contentType } = file;
      const written = await stack.writer.put(
        { key, body: createReadStream(path), contentType, url, sourceId },
        {
          signal,
          onProgress: (bytes) => {
            onProgress?.(bytes - sent);
            sent = bytes;
          },
        },
      );
      results[index] = { ...file, ...written, upload: null };
    } catch (error) {
      // What fails for one file for want of a right or a network fails for all: say it once, with what to do.
      if (!isAboutFile(error)) throw error;
      problems.push({ name: file.name, detail: reasonOf(error) });
    }
  });
  return { results: results.filter(Boolean), problems };
}

const isAboutFile = (error: unknown) =>
  ['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'EIO'].includes(String((error as NodeJS.ErrnoException).code));

export interface WaitOptions {
  /** Milliseconds after which the rest is left as it is. */
  timeout: number;
  signal: AbortSignal;
  onSettled?: (settled: number) => void;
}

/** The same results with their terminal statuses; `upload` stays null for what was not settled in time. */
export async function waitForStatuses(
  stack: Pick<Stack, 'uploads'>,
  results: readonly PutResult[],
  { timeout, signal, onSettled }: WaitOptions,
): Promise<PutResult[]> {
  const settled = results.map((result) => ({ ...result }));
  const deadline = performance.now() + timeout;
  let open = [...settled];
  for (let pause = POLL.first; open.length > 0 && !signal.aborted; pause = Math.min(POLL.most, pause * 1.5)) {
    await eachAtOnce(UPLOADS_AT_ONCE, open, async (result) => {
      const upload = await stack.uploads.get(result.object, result.version);
      if (upload && isSettled(upload, new Date())) result.upload = upload;
    });
    open = open.filter(({ upload }) => upload === null);
    onSettled?.(settled.length - open.length);
    if (open.length === 0 || performance.now() + pause > deadline) break;
    await sleep(pause, signal);
  }
  return settled;
}
