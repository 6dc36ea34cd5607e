import { describe, expect, it } from 'vitest';
import { extract } from '../../functions/extract/extract.ts';
import { BUCKET, World } from './memory.ts';

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

class Site extends World {
  #puts = 0;

  /** What becomes of a copy of the page under a key of its own. */
  take(bytes: Buffer, url: string | null) {
    this.clock += 60_000;
    const key = `${++this.#puts}.html`;
    const versionId = this.putBytes(key, bytes, url === null ? {} : { url }, 'text/html; charset=utf-8');
    const upload = { bucket: BUCKET, key, versionId, sequencer: null, bytes: bytes.length, etag: '' };
    return this.deliver(upload, { ports: { ...this.ports(), extract } });
  }
}

const FORMS = [
  'https://a.example/harbour/crane',
  'http://a.example/harbour/crane',
  'https://www.a.example/harbour/crane',
  'https://a.example/harbour/crane/',
  'https://a.example/harbour/crane/index.html',
  'https://a.example/harbour/crane?amp=1',
  'https://a.example/harbour/crane?utm_source=mail#top',
  'https://a-example.cdn.ampproject.org/c/s/a.example/harbour/crane',
];

describe('a page under another form of its address', () => {
  it.each(FORMS)('says the same, whichever form came first: %s', async (form) => {
    const site = new Site();
    expect(await site.take(page(SENTENCES), form)).toMatchObject({ status: 'ingested' });
    const record = site.article();
    expect(record.links.length).toBeGreaterThan(4);
    for (const other of FORMS) {
      expect(await site.take(page(SENTENCES), other), other).toMatchObject({ status: 'unchanged' });
    }
    expect(site.article()).toEqual(record);
  });

  it('says the same with bytes that nobody sees, where only scheme and host differ', async () => {
    const site = new Site();
    await site.take(page(SENTENCES), FORMS[0] as string);
    for (const [n, other] of FORMS.slice(1, 3).entries()) {
      const bytes = Buffer.concat([page(SENTENCES), Buffer.from(`<!-- ${n} -->`)]);
      expect(await site.take(bytes, other), other).toMatchObject({ status: 'unchanged' });
    }
  });

  it('says the same with and without its address, which it states itself in a form of its own', async () => {
    const canonical = '<link rel="canonical" href="http://www.a.example/harbour/crane/?utm_source=x">';
    const bytes = Buffer.concat([Buffer.from(canonical), page(SENTENCES)]);
    for (const order of [
      [null, FORMS[0] as string, null],
      [FORMS[2] as string, null, FORMS[0] as string],
    ]) {
      const site = new Site();
      const outcomes = [];
      for (const url of order) outcomes.push((await site.take(bytes, url)).status);
      expect(outcomes).toEqual(['ingested', 'unchanged', 'unchanged']);
    }
  });

  it('does not where its text or a link is another', async () => {
    const site = new Site();
    await site.take(page(SENTENCES), FORMS[0] as string);
    const corrected = SENTENCES.map((sentence) => sentence.replace('ninety', 'eighty'));
    expect(await site.take(page(corrected), FORMS[2] as string)).toMatchObject({ status: 'ingested' });
    const relinked = Buffer.from(page(corrected).toString().replace('"/5"', '"/other"'));
    expect(await site.take(relinked, FORMS[2] as string)).toMatchObject({ status: 'ingested' });
    expect(site.article().revision).toBe(2);
  });
});
