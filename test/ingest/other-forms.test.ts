import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { assembleRecord, firstSeen } from '../../functions/article/assemble.ts';
import type { ArticleRecord } from '../../functions/article/record.ts';
import { extract } from '../../functions/extract/extract.ts';
import { saysTheSame } from '../../functions/ingest/history.ts';

const AT = new Date('2026-03-02T08:00:00Z');
const SENTENCES = [
  'The old harbour crane was lowered onto a barge on Monday morning after two days of careful work.',
  'Engineers had cut the tower from its footing and checked every cable before the tide turned.',
  'The crane stood above the quay for ninety years and unloaded timber, coal and, at last, tourists.',
  'A group of neighbours had asked the council to keep it as a landmark, without success.',
];
/** Addresses as pages have them: with a scheme, with a host, with a path, with none of them. */
const LINKS = ['https://a.example/2', 'http://www.a.example/3', '//cdn.example/4', '/5', '6', '?page=7'];
const page = (sentences: readonly string[]) =>
  Buffer.from(
    `<!doctype html><title>The crane is gone</title><article><h1>The crane is gone</h1><p>By <a rel="author" href="/by/ada">Ada Quill</a></p><img src="//cdn.example/crane.jpg" alt="The crane" width="800" height="600">${sentences
      .map((sentence, n) => `<p>${sentence} <a href="${LINKS[n]}">More</a> and <a href="${LINKS[n + 2]}">more</a>.</p>`)
      .join('')}</article>`,
  );

function recordOf(bytes: Buffer, url: string | null): ArticleRecord {
  const outcome = extract(bytes, { url, contentType: 'text/html; charset=utf-8', asOf: AT, copy: null });
  if (outcome.kind === 'rejected') throw new Error(outcome.code);
  const etag = createHash('md5').update(bytes).digest('hex');
  const raw = { bucket: 'b', key: 'k', versionId: 'v', etag, bytes: bytes.length, mediaType: 'text/html' };
  const origin = { raw: { ...raw, charset: 'utf-8' }, sourceId: null, fetchedAt: AT, engineVersion: '1.0.0' };
  return assembleRecord(outcome.article, origin, firstSeen(AT));
}

const FORMS = [
  'https://a.example/harbour/crane',
  'http://a.example/harbour/crane',
  'https://www.a.example/harbour/crane',
  'https://a.example/harbour/crane/',
  'https://a.example/harbour/crane/index.html',
  'https://a.example/harbour/crane?amp=1',
  'https://a.example/harbour/crane?utm_source=mail#top',
];

describe('a page under another form of its address', () => {
  it.each(FORMS)('says the same, whichever form came first: %s', (form) => {
    const record = recordOf(page(SENTENCES), form);
    expect(record.links.length).toBeGreaterThan(4);
    for (const other of FORMS) {
      const stored = recordOf(page(SENTENCES), other);
      expect(stored.id).toBe(record.id);
      expect(saysTheSame(record, stored), other).toBe(true);
    }
  });

  it('says the same with bytes that nobody sees, where only scheme and host differ', () => {
    const record = recordOf(Buffer.concat([page(SENTENCES), Buffer.from('<!-- 2 -->')]), FORMS[1] as string);
    for (const other of FORMS.slice(0, 3)) {
      expect(saysTheSame(record, recordOf(page(SENTENCES), other)), other).toBe(true);
    }
  });

  it('says the same where nobody gave its address, which it states itself in a form of its own', () => {
    const canonical = '<link rel="canonical" href="http://www.a.example/harbour/crane/?utm_source=x">';
    const bytes = Buffer.concat([Buffer.from(canonical), page(SENTENCES)]);
    const [bare, given] = [recordOf(bytes, null), recordOf(bytes, 'https://www.a.example/harbour/crane')];
    expect(bare.id).toBe(given.id);
    expect(saysTheSame(bare, given)).toBe(true);
  });

  it('does not where its text or a link is another', () => {
    const stored = recordOf(page(SENTENCES), FORMS[0] as string);
    const corrected = SENTENCES.map((sentence) => sentence.replace('ninety', 'eighty'));
    expect(saysTheSame(recordOf(page(corrected), FORMS[2] as string), stored)).toBe(false);
    const relinked = Buffer.from(page(SENTENCES).toString().replace('"/5"', '"/other"'));
    expect(saysTheSame(recordOf(relinked, FORMS[2] as string), stored)).toBe(false);
  });
});
