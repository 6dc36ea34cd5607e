/** Exports of a deployed stack: into a file, into an object, and back to records. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, GetObjectCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ArticleRecord } from '../../functions/article/record.ts';
import { s3Client } from '../../functions/aws/stack/clients.ts';
import { connectionTo } from '../../functions/aws/stack/target.ts';
import { announce } from '../../local/announcement.ts';
import { copydesk } from '../support/cli.ts';
import { deployed, ingest, longParagraphsAbout, page, paragraphsAbout } from './stack.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'copydesk-export-'));
const { outputs, target } = deployed();
const s3 = s3Client(connectionTo(target));
const here = (...argv: string[]) => copydesk(argv, { cwd: folder });

const site = `${randomUUID()}.example`;
const lake = `lake-${randomUUID()}`;
const records: ArticleRecord[] = [];

beforeAll(async () => {
  const { endpoint, region, stack } = inject('deployed');
  mkdirSync(path.join(folder, '.copydesk'));
  await announce(path.join(folder, '.copydesk'), { endpoint, region, stackName: stack.name, pid: process.pid });
  await s3.send(new CreateBucketCommand({ Bucket: lake }));
  for (const [subject, paragraphs] of [
    [`the mine ${site}`, paragraphsAbout(`the mine ${site}`)],
    // Its body lies in the bodies bucket.
    [`the quarry ${site}`, longParagraphsAbout(`the quarry ${site}`)],
  ] as const) {
    const url = `https://${site}/${records.length}`;
    const body = page({ title: `The story of ${subject}`, url, paragraphs });
    const { article } = await ingest({ key: `export/${url}`, body, url });
    if (article === null) throw new Error(`${url} gave no article`);
    records.push(article);
  }
});
afterAll(() => {
  s3.destroy();
  rmSync(folder, { recursive: true, force: true });
});

/** Uploads of the same second have no order of their own. */
const byId = <Row extends { id: string }>(rows: readonly Row[]) => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));

describe('an export of a deployed stack', () => {
  it('as NDJSON gives back the very records, with bodies that lie elsewhere', async () => {
    expect(await here('export', '--site', site, '--out', 'all.ndjson')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: '2 records written to all.ndjson.\n',
    });
    const lines = readFileSync(path.join(folder, 'all.ndjson'), 'utf8').trimEnd().split('\n');
    expect(byId(lines.map((line) => JSON.parse(line) as ArticleRecord))).toEqual(byId(records));
    const everything = (await here('export')).stdout.trimEnd().split('\n');
    const own = everything.map((line) => JSON.parse(line) as ArticleRecord).filter((record) => record.site === site);
    expect(byId(own)).toEqual(byId(records));
  });

  it('into an object of another bucket is whole, with its type', async () => {
    const { code, stderr } = await here(
      ...['export', '--site', site, '--format', 'parquet', '--out', `s3://${lake}/a/all.parquet`],
    );
    expect([code, stderr]).toEqual([0, `2 records written to s3://${lake}/a/all.parquet.\n`]);
    const { Body, ContentType } = await s3.send(new GetObjectCommand({ Bucket: lake, Key: 'a/all.parquet' }));
    expect(ContentType).toBe('application/vnd.apache.parquet');
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    const rows = (await parquetReadObjects({ file: new Uint8Array(bytes).buffer })) as ArticleRecord[];
    expect(byId(rows)).toMatchObject(byId(records).map(({ id, title, text }) => ({ id, title, text })));
  });

  it('into a bucket that is not there, or the one of raw copies, leaves nothing and says why', async () => {
    const none = await here('export', '--site', site, '--out', `s3://none-${lake}/all.ndjson`);
    expect(none).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`none-${lake}`) });
    const raw = await here('export', '--site', site, '--out', `s3://${outputs.uploadsBucket}/all.ndjson`);
    expect(raw).toMatchObject({ code: 2, stderr: expect.stringContaining('is where raw copies go') });
    const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: lake }));
    expect(Uploads).toEqual([]);
  });
});
