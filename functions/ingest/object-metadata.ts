/**
 * What the uploader said about a copy: user metadata of the object, `x-amz-meta-url`, `-source`, `-fetched-at` and `-hints`.
 *
 * Metadata travels in HTTP headers, so it is ASCII: tools write other characters in percent-encoding, and S3 itself
 * answers them as encoded words (RFC 2047). A value that makes no sense is left out, with a warning on the record:
 * it is no reason to refuse an article.
 */
import { parseHttpUrl } from '../article/canonical-url.ts';
import { HINTS_KEY } from '../article/fetched-keys.ts';
import type { Warning } from '../article/record.ts';
import { OBJECT_METADATA } from '../names.ts';
import type { StoredObject } from './ports.ts';

export interface CopyOrigin {
  url: string | null;
  sourceId: string | null;
  /** When the copy was taken from its site, else when it was uploaded. */
  fetchedAt: Date;
  /** Key of what was said of it elsewhere, in the bodies bucket. */
  hintsKey: string | null;
  warnings: Warning[];
}

/** Characters. */
const SOURCE_LENGTH = 200;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/i;
/** Clocks differ by this much without anyone noticing. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;

export function readObjectMetadata({
  metadata,
  uploadedAt,
}: Pick<StoredObject, 'metadata' | 'uploadedAt'>): CopyOrigin {
  const warnings: Warning[] = [];
  const value = (name: string) => {
    const given = metadata[name];
    return given === undefined || given.trim() === '' ? null : decodeWords(given.trim());
  };

  let url = value(OBJECT_METADATA.url);
  if (url !== null) {
    // Encoded as a whole by careful tools; a URL that reads as one keeps its own escapes.
    if (/^https?%3A/i.test(url)) url = decodePercent(url);
    if (!parseHttpUrl(url)) {
      warnings.push({
        code: 'METADATA_URL_IGNORED',
        message: `The uploaded object's metadata gives no usable http address as ${OBJECT_METADATA.url}; it was left out.`,
      });
      url = null;
    }
  }

  let sourceId = value(OBJECT_METADATA.source);
  if (sourceId !== null) {
    sourceId = decodePercent(sourceId);
    if (sourceId.length > SOURCE_LENGTH || /\p{Cc}/u.test(sourceId) || !sourceId.isWellFormed()) {
      warnings.push({
        code: 'METADATA_SOURCE_IGNORED',
        message: `The uploaded object's metadata gives as ${OBJECT_METADATA.source} more than ${SOURCE_LENGTH} characters, or unprintable ones; it was left out.`,
      });
      sourceId = null;
    }
  }

  let fetchedAt = uploadedAt;
  const stated = value(OBJECT_METADATA.fetchedAt);
  if (stated !== null) {
    const instant = INSTANT.test(decodePercent(stated)) ? new Date(decodePercent(stated)) : null;
    if (!instant || Number.isNaN(instant.getTime())) {
      warnings.push({
        code: 'METADATA_TIME_IGNORED',
        message: `The uploaded object's metadata gives as ${OBJECT_METADATA.fetchedAt} no instant of ISO 8601 with its zone; the time of upload stands in.`,
      });
    } else if (instant.getTime() > uploadedAt.getTime() + CLOCK_SKEW_MS) {
      // Taken at its word it would outrank every copy to come.
      warnings.push({
        code: 'METADATA_TIME_IGNORED',
        message: `The uploaded object's metadata gives as ${OBJECT_METADATA.fetchedAt} a time after the upload; the time of upload stands in.`,
      });
    } else if (instant < uploadedAt) {
      fetchedAt = instant;
    }
  }

  const hintsKey = value(OBJECT_METADATA.hints);
  if (hintsKey === null || HINTS_KEY.test(hintsKey)) return { url, sourceId, fetchedAt, hintsKey, warnings };
  warnings.push({
    code: 'HINTS_IGNORED',
    message: `The uploaded object's metadata gives as ${OBJECT_METADATA.hints} no key of hints; it was left out.`,
  });
  return { url, sourceId, fetchedAt, hintsKey: null, warnings };
}

/** The value itself where its percent signs are no escapes. */
function decodePercent(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const ENCODED_WORD = /=\?([A-Za-z0-9_-]{1,40})(?:\*[A-Za-z0-9-]{0,20})?\?([BbQq])\?([^?\s]*)\?=/g;

/**
 * Decodes encoded words (RFC 2047). Neighbours parted by white space alone belong together, and their bytes do too:
 * encoders cut inside of characters.
 */
function decodeWords(value: string): string {
  let out = '';
  let end = 0;
  let run: { charset: string; parts: Buffer[] } | null = null;
  const flush = () => {
    if (run) out += new TextDecoder(run.charset).decode(Buffer.concat(run.parts));
    run = null;
  };
  try {
    for (const match of value.matchAll(ENCODED_WORD)) {
      const [word, charset = '', encoding = '', content = ''] = match;
      const between = value.slice(end, match.index);
      if (!run || between.trim() !== '' || run.charset !== charset) {
        const adjoins: boolean = run !== null && between.trim() === '';
        flush();
        if (!adjoins) out += between;
        run = { charset, parts: [] };
      }
      run.parts.push(encoding.toUpperCase() === 'B' ? Buffer.from(content, 'base64') : decodeQ(content));
      end = match.index + word.length;
    }
    flush();
  } catch {
    // A charset nobody knows.
    return value;
  }
  return out + value.slice(end);
}

function decodeQ(content: string): Buffer {
  const latin1 = content
    .replaceAll('_', ' ')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(latin1, 'latin1');
}
