import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GoldPage } from '../../bench/quality/corpus.ts';
import { showsDay } from '../../bench/quality/days.ts';
import { brokenFloors } from '../../bench/quality/floors.ts';
import { type Prediction, score } from '../../bench/quality/score.ts';

const AS_OF = new Date('2026-06-01T00:00:00Z');
const page: GoldPage = {
  id: '1',
  url: 'https://a.example/1',
  kind: 'article',
  title: 'Rain stops play',
  authors: ['Ann Lee and Bo Ek'],
  published: '2026-05-01T23:30:00-05:00',
  body: 'It rained all day. Nobody played.',
  with: ['rained all'],
  without: ['Subscribe'],
  tags: ['Weather'],
};
const perfect: Prediction = {
  id: '1',
  kind: 'article',
  title: 'Rain Stops Play',
  authors: ['Ann Lee', 'Bo Ek'],
  published: '2026-05-02T04:30:00Z',
  text: page.body as string,
  tags: ['weather'],
};

describe('score', () => {
  it('gives a perfect prediction full marks, with names, case and time zone read as people would', () => {
    const { score: s } = score([page], [perfect]);
    expect([
      s.word?.f1,
      s.shingle?.f1,
      s.snippet?.f1,
      s.title?.exact,
      s.author?.exact,
      s.date?.exact,
      s.tags?.f1,
      s.kind?.articlesKept,
    ]).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  });
  it('counts a page without a prediction as an empty one', () => {
    const { score: s } = score([page], []);
    expect([s.missing, s.word?.f1, s.title?.exact]).toEqual([1, 0, 0]);
  });
  it('takes precision for what is too much and recall for what is lost', () => {
    const half = score([page], [{ id: '1', text: 'It rained all day.' }]).score.word;
    expect(half?.precision).toBe(1);
    expect(half?.recall).toBeCloseTo(4 / 6);
  });
  it('counts unwanted snippets against the precision of snippets', () => {
    const { score: s } = score([page], [{ ...perfect, text: `${page.body} Subscribe` }]);
    expect(s.snippet?.precision).toBe(0.5);
  });
});

describe('the days a copy shows', () => {
  it('are found however they are written, in the order that the annotation settles', () => {
    for (const line of ['Fri 1 May 2026, 09:15', '05/01/2026', '01/05/2026', 'am 1. Mai 2026 veröffentlicht'])
      expect([line, showsDay(`Menu\r\n${line}\r\nIt rained.`, '2026-05-01', AS_OF)]).toEqual([line, 'published']);
  });
  it('are not there where only another day, part of one or nothing is annotated', () => {
    expect(showsDay('2 May 2026', '2026-05-01', AS_OF)).toBe('never');
    expect(showsDay('1 May', '2026-05-01', AS_OF)).toBe('never');
    expect(showsDay('1 May 2026', '', AS_OF)).toBe('never');
  });
  it('are told from days of change, which stand for publication in some annotations', () => {
    expect(showsDay('Updated\n1 May 2026', '2026-05-01', AS_OF)).toBe('changed');
    expect(showsDay('Last updated on 1 May 2026\nPublished 1 May 2026', '2026-05-01', AS_OF)).toBe('published');
  });
  it('part the pages on which a date can be found from those on which any date is spurious', () => {
    const gold = ['1', '2', '3', '4', '5'].map((id) => ({ ...page, id }));
    const { score: s } = score(gold, [
      { id: '1', published: '2026-05-01', dayShown: 'published' },
      { id: '2', published: null, dayShown: 'published' },
      { id: '3', published: null, dayShown: 'changed' },
      { id: '4', published: '2025-01-01', dayShown: 'never' },
      { id: '5', published: null, dayShown: 'never' },
    ]);
    expect(s.shownDate).toEqual({ exact: 0.5, of: 2, exactAsChange: 0, ofChanges: 1, spurious: 0.5, ofUnshown: 2 });
    expect(score(gold, [perfect]).score.shownDate).toBeUndefined();
  });
});

describe('floors', () => {
  it('name the figure that fell and by how much', () => {
    const { score: s } = score([page], []);
    expect(brokenFloors({ c: { html: { 'word.f1': 0.9 } } }, 'c', 'html', s)).toEqual([
      'c html word.f1 is 0.0000, asked 0.9',
    ]);
    expect(brokenFloors({ c: { html: { 'word.f1': 0.9 } } }, 'c', 'html', score([page], [perfect]).score)).toEqual([]);
  });
  it('hold a corpus that is named by its folder too', () => {
    const { score: s } = score([page], []);
    expect(brokenFloors({ c: { html: { 'word.f1': 0.9 } } }, '../corpora/c/', 'html', s)).toHaveLength(1);
  });
  it('that are missing count as broken: nothing would be held', () => {
    expect(brokenFloors({}, 'c', 'text', score([page], [perfect]).score)).toEqual(['c text has no floors yet']);
  });
});

const reference = join(import.meta.dirname, '../../../shared/eval/score.mjs');

describe.runIf(existsSync(reference))('beside the reference scorer of the corpora', () => {
  const word = fc.constantFrom('rain', 'Rain', 'play', 'über', '雨', 'が', 'don’t', 'x_1', '9');
  const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
  const day = fc.constantFrom('', '2026-05-01', '2026-05-01T23:30:00-05:00', '2026-05-02T04:30:00Z');
  const golds = fc.array(
    fc.record({
      kind: fc.constantFrom('article', 'page', 'collection'),
      title: fc.option(text),
      authors: fc.option(
        fc.array(fc.constantFrom('Ann Lee', 'Bo Ek, Jr.', 'Cy Day; Di Fox', 'Ed & Flo'), { maxLength: 2 }),
      ),
      published: fc.option(day),
      body: fc.option(text),
      with: fc.option(fc.array(text, { maxLength: 2 })),
      without: fc.option(fc.array(text, { maxLength: 2 })),
      tags: fc.option(fc.array(word, { maxLength: 3 })),
    }),
    { minLength: 1, maxLength: 6 },
  );
  const predicted = fc.record(
    {
      kind: fc.constantFrom('article', 'not_article'),
      title: text,
      authors: fc.array(fc.constantFrom('Ann Lee', 'Bo Ek, Jr.', 'Cy Day', 'Di Fox', 'Ed', 'Flo'), { maxLength: 3 }),
      published: day,
      text,
      tags: fc.array(word, { maxLength: 3 }),
      ms: fc.double({ min: 0, max: 100, noNaN: true }),
    },
    { requiredKeys: [] },
  );

  it('prints equal figures for any gold and any predictions', () => {
    const folder = mkdtempSync(join(tmpdir(), 'copydesk-score-'));
    try {
      fc.assert(
        fc.property(golds, fc.array(predicted, { maxLength: 6 }), (pages, answers) => {
          const gold = pages.map((p, i) => ({ ...p, id: String(i), url: '' })) as GoldPage[];
          const predictions = answers.map((p, i) => ({ ...p, id: String(i) })) as Prediction[];
          const goldFile = join(folder, 'gold.ndjson');
          const predictionFile = join(folder, 'predictions.ndjson');
          writeFileSync(goldFile, gold.map((g) => JSON.stringify(g)).join('\n'));
          writeFileSync(predictionFile, predictions.map((p) => JSON.stringify(p)).join('\n'));
          const theirs = JSON.parse(
            execFileSync(process.execPath, [reference, folder, predictionFile, '--json'], { encoding: 'utf8' }),
          );
          delete theirs.corpus;
          expect(JSON.parse(JSON.stringify(score(gold, predictions).score))).toEqual(theirs);
        }),
        { numRuns: 25 },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
