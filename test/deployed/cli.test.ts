import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { PutResult } from '../../cli/api/put.ts';
import type { Stats } from '../../cli/api/stats.ts';
import type { StatusCount } from '../../cli/api/status.ts';
import { type ArticleRecord, ArticleRecordSchema } from '../../functions/article/record.ts';
import type { Upload } from '../../functions/article/upload.ts';
import { s3Client } from '../../functions/aws/stack/clients.ts';
import { connectionTo } from '../../functions/aws/stack/target.ts';
import { announce } from '../../local/announcement.ts';
import { copydesk } from '../support/cli.ts';
import { deployed, page, paragraphsAbout } from './stack.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'copydesk-cli-'));
const { outputs } = deployed();
const here = (...argv: string[]) => copydesk(argv, { cwd: folder });
const json = async <T>(...argv: string[]): Promise<T> => JSON.parse((await here(...argv, '--json')).stdout) as T;

function write(name: string, content: Uint8Array | string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), content);
}

beforeAll(async () => {
  const { endpoint, region, stack } = inject('deployed');
  mkdirSync(path.join(folder, '.copydesk'));
  await announce(path.join(folder, '.copydesk'), { endpoint, region, stackName: stack.name, pid: process.pid });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('copydesk on a deployed stack', () => {
  it('puts a file, waits for its status, and gets the record by id and by address', async () => {
    write('windmill.html', page({ title: 'The windmill turns again', paragraphs: paragraphsAbout('the windmill') }));
    const address = 'https://cli.example/mills/windmill?utm_source=mail';
    const put = await here('put', 'windmill.html', '--url', address, '--source', 'mill-watch', '--wait', '--json');
    expect(put.code).toBe(0);
    expect(put.stderr).toBe(
      `To s3://${outputs.uploadsBucket}/ (local stack ${inject('deployed').stack.name} at ${inject('deployed').endpoint})\n`,
    );
    const [result] = JSON.parse(put.stdout) as PutResult[];
    expect(result).toMatchObject({ key: 'windmill.html', contentType: 'text/html', upload: { status: 'ingested' } });

    const [id = ''] = result?.upload?.articleIds ?? [];
    const record = ArticleRecordSchema.strict().parse(await json<ArticleRecord>('get', id));
    expect(record).toMatchObject({
      id,
      title: 'The windmill turns again',
      canonicalUrl: 'https://cli.example/mills/windmill',
      sourceId: 'mill-watch',
      raw: { bucket: outputs.uploadsBucket, key: 'windmill.html', versionId: result?.version },
    });
    expect(await json('get', 'https://www.cli.example/mills/windmill')).toEqual(record);
    expect((await here('get', id, '--format', 'markdown')).stdout).toMatch(/^# The windmill turns again\n/);
    expect((await here('get', id, '--format', 'text')).stdout).toBe(`${record.text}\n`);
    expect((await json<{ id: string }[]>('list', '--site', 'cli.example')).map((card) => card.id)).toContain(id);
    expect((await json<{ id: string }[]>('list', '--limit', '1000')).map((card) => card.id)).toContain(id);
    expect((await here('list', '--site', 'cli.example')).stdout).toMatch(
      new RegExp(`\n${id} .*\n  The windmill turns`),
    );
  });

  it('puts a folder under its name, whatever the names of its files hold, and says what was turned down', async () => {
    const odd = 'été 100%+1 #2.html';
    write(`bridges/${odd}`, page({ title: 'The bridge is shut', paragraphs: paragraphsAbout('the bridge') }));
    write('bridges/nothing.txt', '');
    const { code, stdout } = await here('put', 'bridges', '--prefix', 'in/', '--wait');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^in\/bridges\/nothing\.txt +text\/plain +0 +rejected\n {2}EMPTY The object /m);
    expect(stdout).toMatch(/^in\/bridges\/été 100%\+1 #2\.html +text\/html +\d+ +ingested +[0-9a-f]{32}$/m);

    const key = `in/bridges/${odd}`;
    expect(await json<Upload[]>('status', key)).toMatchObject([{ status: 'ingested' }]);
    expect(await json<Upload[]>('status', `s3://${outputs.uploadsBucket}/${key}`)).toHaveLength(1);
    expect((await here('status', 'in/bridges/nothing.txt')).stdout).toMatch(
      /^in\/bridges\/nothing\.txt\n {2}rejected {2}.* version .+\n {4}EMPTY The object holds no bytes/,
    );
    expect((await here('status', '--failed')).stdout).toMatch(/^in\/bridges\/nothing\.txt +rejected .*\n {2}EMPTY /m);
    expect((await here('list', '--status', 'rejected')).stdout).toMatch(/^in\/bridges\/nothing\.txt +rejected/m);
  });

  it('uploads a large file in parts', async () => {
    write('ledger.txt', 'one line of a long ledger\n'.repeat(700_000));
    const { code, stdout } = await here('put', 'ledger.txt', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ key: 'ledger.txt', bytes: 18_200_000, upload: null }]);
    // S3 writes the number of parts behind the hash.
    const s3 = s3Client(connectionTo(deployed().target));
    const { ETag } = await s3.send(new HeadObjectCommand({ Bucket: outputs.uploadsBucket, Key: 'ledger.txt' }));
    expect(ETag).toMatch(/-3"$/);
    s3.destroy();
  });

  it('shows every version of a key, the last one first', async () => {
    for (const subject of ['the tram', 'the tram, now blue,']) {
      write(
        'tram.html',
        page({ title: 'Tram', url: 'https://cli.example/tram', paragraphs: paragraphsAbout(subject) }),
      );
      expect((await here('put', 'tram.html', '--wait')).code).toBe(0);
    }
    const versions = await json<Upload[]>('status', 'tram.html');
    expect(versions.map(({ status }) => status)).toEqual(['ingested', 'ingested']);
    expect(versions[0]?.receivedAt.localeCompare(versions[1]?.receivedAt ?? '')).toBe(1);
    expect(versions[0]?.articleIds).toEqual(versions[1]?.articleIds);
  });

  it('counts uploads by status', async () => {
    write('crane.html', page({ title: 'Crane', paragraphs: paragraphsAbout('the crane') }));
    await here('put', 'crane.html', '--wait');
    const counts = await json<StatusCount[]>('status');
    const ingested = counts.find(({ status }) => status === 'ingested');
    expect(ingested?.count).toBeGreaterThan(0);
    expect(ingested?.latest[0]).toMatchObject({ status: 'ingested' });
    expect((await here('status')).stdout).toMatch(/^status +uploads +last change +key\n/);
  });

  it('says that nothing was found where a list is empty', async () => {
    for (const argv of [
      ['list', '--site', 'nobody.example'],
      ['list', '--status', 'failed', '--day', '2020-01-01'],
    ]) {
      expect(await here(...argv)).toMatchObject({
        code: 0,
        stdout: '',
        stderr: expect.stringMatching(
          /^No (articles of site nobody\.example|uploads with the status failed changed on 2020)/,
        ),
      });
      expect(await json(...argv)).toEqual([]);
    }
  });

  it('says where a list ends that was given no beginning', async () => {
    expect((await here('list', '--to', '2020-01-31')).stderr).toMatch(
      /^No articles to 2020-01-31 .*\nThe list ends at 2020-01-01; give --from for what is older\.\n$/s,
    );
    expect((await here('list', '--to', '2020-01-31', '--from', '2020-01-31')).stderr).not.toContain('ends at');
  });

  it('finds articles by words, and counts them by day, site and reason', async () => {
    const word = randomUUID();
    write(
      'kiln.html',
      page({ title: 'The kiln', url: `https://${word}.example/kiln`, paragraphs: paragraphsAbout(word) }),
    );
    write('ashes.txt', ' ');
    const put = await here('put', 'kiln.html', 'ashes.txt', '--wait', '--json');
    const [kiln] = JSON.parse(put.stdout) as PutResult[];
    const found = await json<{ items: { id: string; excerpt: string }[]; scanned: number }>('search', word, 'kiln');
    expect(found.items).toMatchObject([{ id: kiln?.upload?.articleIds[0], excerpt: expect.stringContaining(word) }]);
    const narrow = await here('search', word, 'lighthouses', '--site', `${word}.example`);
    expect(narrow).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'Read 1 articles, which is all there are. Found 0.\n',
    });
    const stats = await json<Stats>('stats', '--days', '2');
    expect(stats.sites).toContainEqual({ name: `${word}.example`, count: 1 });
    expect(stats.days.map(({ name }) => name)[0]).toBe(new Date().toISOString().slice(0, 10));
    expect(stats.rejections.find(({ name }) => name === 'EMPTY')?.count).toBeGreaterThan(0);
    expect((await here('stats', '--days', '2')).stdout).toMatch(/^Articles by day: \d+\n/);
  });

  it('says what to do about a key, an id, a bucket or a stack that is not there', async () => {
    expect(await here('status', 'no/such/key')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no upload with the key no/such/key'),
    });
    expect(await here('status', 's3://elsewhere/key')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`which is ${outputs.uploadsBucket}`),
    });
    expect(await here('get', '0'.repeat(32))).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('NOT_FOUND'),
    });
    expect(await here('list', '--stack', 'elsewhere')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/There is no stack elsewhere at .+ --stack, .+ --no-local/),
    });
  });

  it('says that the local stack does not answer, and never turns to AWS for it', async () => {
    const gone = mkdtempSync(path.join(tmpdir(), 'copydesk-gone-'));
    mkdirSync(path.join(gone, '.copydesk'));
    await announce(path.join(gone, '.copydesk'), {
      endpoint: 'http://127.0.0.1:9',
      region: 'us-east-1',
      stackName: 'copydesk',
      pid: process.pid,
    });
    for (const argv of [['list'], ['list', '--local']]) {
      expect(await copydesk(argv, { cwd: gone })).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/at http:\/\/127\.0\.0\.1:9 does not answer\. Start it again with `npm start`/),
      });
    }
    rmSync(gone, { recursive: true });
  });
});
