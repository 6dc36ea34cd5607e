/** The recipes of docs/record.md, run as they stand there and held against what the API answers. */
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type ArticleQuery, type ArticleRecord, copydesk, type Upload } from '../../client/client.ts';
import { apiAddress } from '../../functions/aws/stack/api-address.ts';
import { type RecipeRun, runRecipes } from '../../local/run-recipes.ts';
import { deployed, ingest, longParagraphsAbout, page, paragraphsAbout } from './stack.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
/** The record that docs/record.md shows, and its recipes ask for. */
const FERRY = 'f9e621ef38e62d74c0d5980dd3d3c5eb';
const KEY = 'samples/harbour-ferry.html';
const sample = readFileSync(path.join(PROJECT, KEY));

const { outputs } = deployed();
const { endpoint, region } = inject('deployed');
const client = copydesk({
  url: apiAddress(outputs.queryApi, endpoint),
  region,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

const own = randomUUID();
let run: RecipeRun;
let ferry: ArticleRecord;
let long: ArticleRecord;

/** What is stored of an article for sure. */
function stored(article: ArticleRecord | null): ArticleRecord {
  if (article === null) throw new Error('no article');
  return article;
}

beforeAll(async () => {
  // The record that is shown has a revision before it, so the one that stands there comes last.
  const earlier = sample.toString().replaceAll('returns to Saltmere harbour', 'is back in Saltmere harbour');
  await ingest({ key: KEY, body: Buffer.from(earlier) });
  ferry = stored((await ingest({ key: KEY, body: sample })).article);
  const story = page({ title: 'A long story', paragraphs: longParagraphsAbout(`the recipe ${own}`) });
  long = stored((await ingest({ key: `recipes/${own}/long.html`, body: story })).article);
  const news = page({ title: `News of ${own}`, paragraphs: paragraphsAbout(`the news ${own}`) });
  await ingest({ key: `recipes/${own}/news.html`, body: news });
  await ingest({ key: `recipes/${own}/empty.txt`, body: Buffer.from(' '), contentType: 'text/plain' });

  const document = readFileSync(path.join(PROJECT, 'docs/record.md'), 'utf8');
  const recipes = document.slice(document.indexOf('## Reading the tables yourself'));
  run = await runRecipes(recipes, { endpoint, region, given: { ID: long.id } });
});

/** What both languages printed under a heading, which must be the same. */
function printed(heading: string): string {
  expect(run.python.get(heading)).toBe(run.sh.get(heading));
  return run.sh.get(heading) ?? '';
}

const cells = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));

/** The lines that a list of cards is printed as. */
async function linesOf(query: ArticleQuery, limit = 1_000): Promise<string[][]> {
  const lines: string[][] = [];
  for await (const { sortAt, id, title } of client.articles.query(query)) {
    if (lines.length === limit) break;
    lines.push([sortAt, id, title ?? 'None']);
  }
  return lines;
}

/** What both languages printed of one item. */
function items(heading: string): unknown[] {
  const { Item } = JSON.parse(run.sh.get(heading) ?? '') as { Item: Record<string, AttributeValue> };
  return [unmarshall(Item), JSON.parse(run.python.get(heading) ?? '')];
}

describe('the recipes of docs/record.md', () => {
  it('are there for the AWS CLI and for boto3', () => {
    expect([...run.python.keys()]).toEqual([...run.sh.keys()]);
    expect(run.sh.size).toBeGreaterThan(12);
  });

  it.each(['A record by its id', 'A record by its address'])('give what the API gives: %s', async (heading) => {
    expect(ferry.id).toBe(FERRY);
    const record = await client.articles.get(FERRY);
    for (const item of items(heading)) expect(item).toMatchObject({ ...record });
  });

  it.each<[string, ArticleQuery, number?]>([
    ['The newest articles of a site', { site: 'harbour-courier.example' }, 20],
    ['Articles of a site between two days', { site: 'harbour-courier.example', from: '2026-03-01', to: '2026-03-31' }],
    ['Everything of one day, across all sites', { from: '2026-03-14', to: '2026-03-14' }],
    ['Several days, across all sites', { from: '2026-03-13', to: '2026-03-14' }],
  ])('list what the API lists: %s', async (heading, query, limit) => {
    const lines = cells(printed(heading));
    expect(lines).toEqual(await linesOf(query, limit));
    expect(lines.map(([, id]) => id)).toContain(FERRY);
  });

  it('list what the API lists: articles with a tag, by an author, of a section or in a language', async () => {
    const heading = 'Articles with a tag, by an author, of a section or in a language';
    const author = await linesOf({ author: 'Ines Okafor' }, 20);
    expect(author.map(([, id]) => id)).toContain(FERRY);
    expect(cells(run.sh.get(heading) ?? '')).toEqual(author);
    const [tag = [], byAuthor = [], section = [], language = []] = (run.python.get(heading) ?? '')
      .split(/^(?:tag|author|section|language):.*$/m)
      .slice(1)
      .map(cells);
    expect(tag).toEqual(await linesOf({ tag: 'ferries' }, 20));
    expect(byAuthor).toEqual(author);
    expect(section).toEqual(await linesOf({ section: 'Transport' }, 20));
    expect(tag.length).toBeGreaterThan(0);
    expect(section.length).toBeGreaterThan(0);
    // Other tests store articles in this language meanwhile.
    expect(language.length).toBeGreaterThan(0);
  });

  it('list what came in last, newest first', () => {
    // Other tests store articles meanwhile: of theirs there may be more or fewer in the one than in the other.
    for (const text of [run.sh, run.python].map((each) => each.get('The latest, across all sites') ?? '')) {
      const lines = cells(text);
      expect(lines.map(([, , title]) => title)).toContain(`News of ${own}`);
      const instants = lines.map(([sortAt]) => sortAt);
      expect(instants).toEqual(instants.toSorted().toReversed());
    }
  });

  it('tell how an article changed', async () => {
    const revisions: string[][] = [];
    for await (const { revision, at, before } of client.articles.revisions(FERRY)) {
      revisions.push([String(revision), at, before.title ?? 'None']);
    }
    expect(cells(printed('How an article changed'))).toEqual(revisions);
    expect(revisions[0]?.[2]).toBe('Night ferry is back in Saltmere harbour after eleven years');
  });

  it('tell what became of uploads', async () => {
    const versions = cells(printed('What became of one upload'));
    expect(versions).toHaveLength(2);
    for (const [version = '', status, id] of versions) {
      expect(await client.uploads.get(KEY, version)).toMatchObject({ version, status, articleIds: [id] });
    }
    const heading = 'Uploads of one day with a status';
    const rejected: Upload[] = [];
    for await (const each of client.uploads.query({ status: 'rejected' })) {
      if (each.object.includes(own)) rejected.push(each);
    }
    expect(rejected).toHaveLength(1);
    for (const text of [run.sh, run.python].map((each) => each.get(heading) ?? '')) {
      const mine = cells(text).filter(([, object]) => object?.includes(own));
      expect(mine).toEqual(rejected.map(({ updatedAt, object, reason }) => [updatedAt, object, reason]));
    }
  });

  it('name the first record with a text', () => {
    expect(printed('The first record with a text').trim()).toBe(FERRY);
  });

  it('bring bodies that lie in the bodies bucket', async () => {
    const heading = 'A record whose body lies in the bodies bucket';
    const record = (await client.articles.get(long.id)) as ArticleRecord;
    expect(record.text.length).toBeGreaterThan(300_000);
    const { text, blocks, images, embeds, links, ...rest } = record;
    expect(JSON.parse(run.sh.get(heading) ?? '')).toEqual({ text, blocks, images, embeds, links });
    const { site: _none, ...fields } = rest;
    expect(JSON.parse(run.python.get(heading) ?? '')).toMatchObject({ ...fields, text, blocks, images, embeds, links });
  });

  it('bring the raw copy', () => {
    const heading = 'The raw copy of a record';
    expect(run.files.get('raw.html')).toEqual(sample);
    expect(run.python.get(heading)?.trim()).toBe(
      `${sample.length} ${createHash('sha256').update(sample).digest('hex')}`,
    );
  });
});
