import { createReadStream } from 'node:fs';
import { assembleRecord, firstSeen } from '../../functions/article/assemble.ts';
import type { CopyHints } from '../../functions/article/feed-hints.ts';
import type { ArticleRecord } from '../../functions/article/record.ts';
import type { DocumentForm, RejectCode } from '../../functions/article/reject.ts';
import { extract } from '../../functions/extract/extract.ts';
import { givenRule } from '../../functions/extract/rules/choose-rule.ts';
import type { NamedRule } from '../../functions/extract/rules/site-rule.ts';
import { MAX_DOCUMENT_BYTES } from '../../functions/extract/thresholds.ts';
import type { Decision } from '../../functions/extract/trace.ts';
import { ENGINE_VERSION } from '../../functions/extract/version.ts';
import { filesBehind, reasonOf } from './files.ts';
import { mediaTypeOf } from './media-type.ts';

/** The name that stands for standard input. */
export const STDIN = '-';

/** What became of one file. */
export type Extraction = { name: string } & (
  | { outcome: 'article'; record: ArticleRecord; decisions: Decision[] }
  | { outcome: 'rejected'; code: RejectCode; detail: string; form: DocumentForm; decisions: Decision[] }
  | { outcome: 'unreadable'; detail: string }
  | { outcome: 'failed'; detail: string }
);

export interface ExtractOptions {
  /** Where the copy was taken from. */
  url?: string | undefined;
  /** Content type with its parameters; else what the file's name says. */
  contentType?: string | undefined;
  /** Whether to collect the engine's decisions, which costs time and memory. */
  explain?: boolean | undefined;
  /** A site rule that goes before the shipped ones. */
  rule?: NamedRule | undefined;
  /** What is said of the copy outside of it. */
  hints?: CopyHints | undefined;
  cwd: string;
  stdin: AsyncIterable<Uint8Array>;
  now: Date;
}

/**
 * Runs the engine over files and folders, or over standard input where the name is {@link STDIN}.
 * A file that cannot be read or is turned down is an answer; the others go on.
 */
export async function* extractFiles(names: readonly string[], options: ExtractOptions): AsyncGenerator<Extraction> {
  for (const name of names) {
    if (name === STDIN) {
      yield await extractFrom(name, options.stdin, null, options);
      continue;
    }
    for await (const file of filesBehind([name], options.cwd)) {
      if ('problem' in file) yield { name: file.name, outcome: 'unreadable', detail: file.problem };
      else yield await extractFrom(file.name, createReadStream(file.path), mediaTypeOf(file.name), options);
    }
  }
}

async function extractFrom(
  name: string,
  source: AsyncIterable<Uint8Array>,
  mediaType: string | null,
  options: ExtractOptions,
): Promise<Extraction> {
  let bytes: Uint8Array;
  try {
    bytes = await readBounded(source);
  } catch (error) {
    return { name, outcome: 'unreadable', detail: reasonOf(error) };
  }
  try {
    return extractBytes(name, bytes, { ...options, contentType: options.contentType ?? mediaType ?? undefined });
  } catch (error) {
    // The engine promises not to throw; where it does, the other files still get their records.
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      name,
      outcome: 'failed',
      detail: `the engine failed, which is a defect of it: please report it. ${cause}`,
    };
  }
}

/** Stops one chunk after the engine's cap, which then refuses what it was given. */
export async function readBounded(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_DOCUMENT_BYTES) break;
  }
  return Buffer.concat(chunks);
}

function extractBytes(name: string, bytes: Uint8Array, options: ExtractOptions): Extraction {
  const { url = null, contentType = null, explain, rule, hints = null, now } = options;
  const decisions: Decision[] = [];
  const outcome = extract(
    bytes,
    { url, contentType, asOf: now, copy: hints, ruleOf: rule && givenRule(rule) },
    explain ? (decision) => decisions.push(decision) : undefined,
  );
  if (outcome.kind === 'rejected') {
    const { code, form } = outcome;
    // The pipeline's sentence advises an option of the pipeline, and there is none here.
    const detail =
      code === 'TOO_LARGE'
        ? `It has more than ${MAX_DOCUMENT_BYTES} bytes, the most that the engine reads; split it.`
        : outcome.detail;
    return { name, outcome: 'rejected', code, detail, form, decisions };
  }
  const { mediaType, charset } = outcome.form;
  const record = assembleRecord(
    outcome.article,
    {
      raw: { bucket: null, key: name, versionId: null, etag: null, bytes: bytes.length, mediaType, charset },
      sourceId: null,
      fetchedAt: now,
      engineVersion: ENGINE_VERSION,
    },
    firstSeen(now),
  );
  return { name, outcome: 'article', record, decisions };
}
