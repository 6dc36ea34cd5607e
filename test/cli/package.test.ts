import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const folder = mkdtempSync(path.join(tmpdir(), 'copydesk-package-'));
const installed = path.join(folder, 'node_modules/copydesk');
const bin = path.join(folder, 'node_modules/.bin/copydesk');

beforeAll(async () => {
  // The script `prepack` builds dist/ on the way.
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[\n')));
  writeFileSync(path.join(folder, 'package.json'), '{"name": "consumer", "private": true}');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', path.join(folder, filename)], { cwd: folder });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('installs nothing besides itself, and runs outside of the checkout', async () => {
    expect(JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')).dependencies).toBeUndefined();
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect((await run(bin, ['--version'], { cwd: folder })).stdout).toBe(`${version}\n`);
  });

  it('makes the same record as the checkout', async () => {
    const page = path.resolve('samples/harbour-ferry.html');
    const recordOf = async (command: string) => {
      const { firstSeenAt, fetchedAt, updatedAt, ...record } = JSON.parse(
        (await run(command, ['extract', page])).stdout,
      );
      return record;
    };
    expect(await recordOf(bin)).toEqual(await recordOf(path.resolve('bin/copydesk.js')));
  });

  it('reaches for the cloud with the code it brings', async () => {
    await expect(run(bin, ['list', '--local'], { cwd: folder })).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('No local stack runs here'),
    });
  });

  it('gives programs a client and a reader, with types that need nothing else', { timeout: 300_000 }, async () => {
    const program = `
      import { copydesk } from 'copydesk/client';
      import { reader } from 'copydesk/reader';
      const client = copydesk({ url: 'http://127.0.0.1:9', region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
      const names = { articlesTable: 'a', facetsTable: 'f', revisionsTable: 'r', fingerprintsTable: 'p', uploadsTable: 'u', bodiesBucket: 'b', uploadsBucket: 'u' };
      const direct = await reader({ endpoint: 'http://127.0.0.1:9', names });
      const title = async (id: string): Promise<string | null | undefined> => (await client.articles.get(id))?.title;
      const same = async (id: string): Promise<string | null | undefined> => (await direct.articles.get(id))?.title;
      // @ts-expect-error: the types know what a record has not
      const wrong = async (id: string) => (await client.articles.get(id))?.titel;
      const refused = await title('0'.repeat(32)).then(() => 'answered', () => 'no connection');
      direct.close();
      console.log(refused, typeof same, typeof wrong);
    `;
    writeFileSync(path.join(folder, 'package.json'), '{"name": "consumer", "private": true, "type": "module"}');
    writeFileSync(path.join(folder, 'program.ts'), program);
    const typescript = path.resolve('node_modules/typescript/bin/tsc');
    const strict = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node'];
    const roots = ['--typeRoots', path.resolve('node_modules/@types')];
    await run(process.execPath, [typescript, ...strict, ...roots, 'program.ts'], { cwd: folder });
    const { stdout } = await run(process.execPath, ['program.ts'], { cwd: folder });
    expect(stdout).toBe('no connection function function\n');
  });

  it('brings every document that its documents link to', () => {
    const documents = readdirSync(path.join(installed, 'docs')).filter((name) => name.endsWith('.md'));
    expect(documents.length).toBeGreaterThan(3);
    const missing = documents.flatMap((name) => {
      const text = readFileSync(path.join(installed, 'docs', name), 'utf8');
      const links = [...text.matchAll(/\]\((?!https?:|#)([^)\s#]+)/g)].map(([, link = '']) => link);
      return links.filter((link) => !existsSync(path.join(installed, 'docs', link))).map((link) => `${name} → ${link}`);
    });
    expect(missing).toEqual([]);
  });

  it('carries the schema and the licences of what is bundled', () => {
    const schema = JSON.parse(readFileSync(path.join(installed, 'docs/record.schema.json'), 'utf8'));
    expect(schema.title).toBe('Copydesk article record');
    const licences = readFileSync(path.join(installed, 'dist/third-party-licenses.txt'), 'utf8');
    for (const name of ['commander', 'entities', '@aws-sdk/client-s3', 'zod', 'aws4fetch', 'feedsmith']) {
      expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((MIT|BSD-2-Clause|Apache-2\\.0)\\)$`, 'm'));
    }
  });
});
