import { type CopyHints, CopyHintsSchema } from '../article/feed-hints.ts';
import type { Warning } from '../article/record.ts';
import type { ObjectReader } from './ports.ts';

/** Bytes. A feed's item with the whole article in it has a tenth of a megabyte. */
const MAX_HINTS_BYTES = 4 * 1024 * 1024;

/**
 * What was said of a copy outside of it: the JSON object that its metadata names.
 *
 * @param bucket where such objects lie: the bodies bucket
 * @param key as {@link readObjectMetadata} checked it
 * @returns no hints and a warning for the record where there is no such object or it is none of ours
 */
export async function readCopyHints(
  objects: Pick<ObjectReader, 'read'>,
  bucket: string,
  key: string,
): Promise<{ hints: CopyHints | null; warnings: Warning[] }> {
  const ignored = (why: string) => ({
    hints: null,
    warnings: [
      {
        code: 'HINTS_IGNORED',
        message: `What the feed and the site said of this article, ${key}, ${why}; the record has only what its page says.`,
      },
    ],
  });
  const reading = await objects.read({ bucket, key, versionId: 'null' }, MAX_HINTS_BYTES);
  if (reading.kind === 'gone') return ignored('is not there');
  if (reading.kind === 'too-large') return ignored(`has ${reading.bytes} bytes, more than are read`);
  const hints = CopyHintsSchema.safeParse(parsed(reading.object.bytes));
  return hints.success ? { hints: hints.data, warnings: [] } : ignored('cannot be read');
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
