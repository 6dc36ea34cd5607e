import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { planUploads } from '../../cli/api/put.ts';
import { copydesk } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const cwd = temporaryFolder();
const keys = async (...names: string[]) => (await planUploads(names, { cwd })).uploads.map(({ key }) => key);

beforeAll(() => {
  for (const folder of ['north/2026', 'south']) mkdirSync(path.join(cwd, folder), { recursive: true });
  for (const file of [
    'north/2026/a b+c%.html',
    'north/story.HTM',
    'south/story.txt',
    'south/story.bin',
    'north/same.txt',
    'south/same.txt',
  ]) {
    writeFileSync(path.join(cwd, file), 'x'.repeat(10));
  }
});

describe('what copydesk put uploads', () => {
  it('keeps the name of a folder and its paths in the keys, and of a file only its name', async () => {
    expect(await keys('north', './south/story.txt')).toEqual([
      'north/same.txt',
      'north/story.HTM',
      'north/2026/a b+c%.html',
      'story.txt',
    ]);
    expect(await keys('north/2026/../../south/')).toContain('south/story.txt');
  });

  it('puts the prefix before every key as it is', async () => {
    const { uploads } = await planUploads(['south/story.txt'], { cwd, prefix: 'in/2026-' });
    expect(uploads).toMatchObject([{ key: 'in/2026-story.txt', bytes: 10 }]);
  });

  it('tells the content type by the name, unless it is given', async () => {
    const { uploads } = await planUploads(['north', 'south'], { cwd });
    expect(new Map(uploads.map(({ key, contentType }) => [key, contentType]))).toEqual(
      new Map([
        ['north/same.txt', 'text/plain'],
        ['north/story.HTM', 'text/html'],
        ['north/2026/a b+c%.html', 'text/html'],
        ['south/same.txt', 'text/plain'],
        ['south/story.bin', 'application/octet-stream'],
        ['south/story.txt', 'text/plain'],
      ]),
    );
    const given = await planUploads(['south/story.txt'], { cwd, contentType: 'text/plain; charset=gbk' });
    expect(given.uploads).toMatchObject([{ contentType: 'text/plain; charset=gbk' }]);
  });

  it('never lets one file replace another under the same key', async () => {
    await expect(planUploads(['north/same.txt', 'south/same.txt'], { cwd })).rejects.toMatchObject({ code: 'USAGE' });
    expect(await keys('north/same.txt', 'north/same.txt')).toEqual(['same.txt']);
  });

  it('names what is not there, and gives one address to one file only, before any cloud is asked', async () => {
    const { problems, uploads } = await planUploads(['north', 'missing.html'], { cwd });
    expect(problems).toEqual([{ name: 'missing.html', detail: 'there is no such file or folder' }]);
    expect(uploads).toHaveLength(3);
    const ran = await copydesk(['put', 'north', '--url', 'https://example.org/a'], { cwd });
    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('these are 3 files') });
  });
});
