/** Runs the engine over one page and puts its answer into the form that is scored. */
import { assembleRecord, firstSeen } from '../../functions/article/assemble.ts';
import type { ArticleRecord } from '../../functions/article/record.ts';
import { decode } from '../../functions/extract/decode.ts';
import { extract } from '../../functions/extract/extract.ts';
import { ENGINE_VERSION } from '../../functions/extract/version.ts';
import type { GoldPage, Input } from './corpus.ts';
import { showsDay } from './days.ts';
import type { Prediction } from './score.ts';

/** No page of the corpora was saved later; a fixed instant keeps figures the same on every day they are measured. */
const AS_OF = new Date('2026-11-22T00:00:00Z');

export function predict(page: GoldPage, bytes: Uint8Array, input: Input): Prediction {
  const prediction = run(page, bytes, input);
  if (input === 'html' || typeof page.published !== 'string') return prediction;
  return { ...prediction, dayShown: showsDay(decode(bytes, null)?.text ?? '', page.published, AS_OF) };
}

function run(page: GoldPage, bytes: Uint8Array, input: Input): Prediction {
  const started = performance.now();
  // The text track is copy without provenance: its URL would give away what the text does not say.
  const outcome = extract(bytes, { url: input === 'html' ? page.url : null, asOf: AS_OF });
  if (outcome.kind === 'rejected') {
    return { id: page.id, kind: outcome.code.toLowerCase(), text: '', ms: performance.now() - started };
  }
  const record = assembleRecord(
    outcome.article,
    {
      raw: { bucket: null, key: page.id, versionId: null, etag: null, bytes: bytes.length, ...outcome.form },
      sourceId: null,
      fetchedAt: AS_OF,
      engineVersion: ENGINE_VERSION,
    },
    firstSeen(AS_OF),
  );
  const ms = performance.now() - started;
  return {
    id: page.id,
    // Kept, but flagged as no article: a listing or a product with enough text to be worth keeping.
    kind: record.kind === 'other' ? 'other' : 'article',
    title: record.title,
    authors: record.authors.map((author) => author.name),
    published: ownDay(record),
    text: record.text,
    tags: record.tags.map((tag) => tag.label),
    ms,
  };
}

/** The stamp as the page wrote it where it bears an offset, which tells the page's own day; else the instant. */
function ownDay(record: ArticleRecord): string | null {
  const { publishedAt, publishedRaw } = record;
  const [, day, time, offset] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?([+-]\d\d:?\d\d)$/.exec(publishedRaw ?? '') ?? [];
  return publishedAt && day ? `${day}T${time}${offset}` : publishedAt;
}
