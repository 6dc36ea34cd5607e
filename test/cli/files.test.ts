import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { planUploads } from '../../cli/api/put.ts';
import { copydesk } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const cwd = temporaryFolder();
const odd = Buffer.concat([Buffer.from(`${cwd}/odd/caf`), Buffer.from([0xe9]), Buffer.from('.txt')]);
/** Locked folders open to the superuser, and not every file system takes every name. */
let locked = '';

vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>();
  const readdir = (folder: string, ...rest: [never]) =>
    locked !== '' && folder === locked
      ? Promise.reject(Object.assign(new Error('EACCES'), { code: 'EACCES' }))
      : fs.readdir(folder, ...rest);
  return { ...fs, readdir };
});

beforeAll(() => {
  for (const folder of ['h2/locked', 'h2/open', 'odd']) mkdirSync(path.join(cwd, folder), { recursive: true });
  for (const file of ['h2/a.txt', 'h2/locked/b.txt', 'h2/open/c.txt', 'odd/plain.txt']) {
    writeFileSync(path.join(cwd, file), 'x');
  }
  locked = path.join(cwd, 'h2/locked');
  chmodSync(locked, 0);
});
afterAll(() => chmodSync(locked, 0o700));

describe('the files of a folder', () => {
  it('are all taken but those of a folder in it that cannot be read, which is named', async () => {
    const { uploads, problems } = await planUploads(['h2'], { cwd });
    expect(uploads.map(({ key }) => key)).toEqual(['h2/a.txt', 'h2/open/c.txt']);
    expect(problems).toEqual([
      { name: path.join('h2', 'locked'), detail: 'reading it is not permitted; check its permissions' },
    ]);
  });

  it.runIf(process.platform === 'linux')('are all taken but one whose name is not UTF-8, which is named', async () => {
    writeFileSync(odd, 'x');
    const { uploads, problems } = await planUploads(['odd'], { cwd });
    expect(uploads.map(({ key }) => key)).toEqual(['odd/plain.txt']);
    expect(problems).toEqual([
      { name: path.join('odd', 'caf\ufffd.txt'), detail: expect.stringContaining('not valid UTF-8') },
    ]);
    const { code, stderr } = await copydesk(['extract', '--format', 'ndjson', 'odd'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/caf\ufffd\.txt: its name is not valid UTF-8/);
  });
});
