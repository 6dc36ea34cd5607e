import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const BIN = path.resolve('bin/copydesk.js');
const files = temporaryFolder();
const elsewhere = temporaryFolder();

/** Through a shell, as people pipe it; the exit codes of all parts of the pipe come last. */
async function shell(command: string, stdin = ''): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn('bash', ['-c', command], { env: { ...process.env, BIN } });
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, stdout, stderr };
}

const ARTICLE = `${Array.from(
  { length: 6 },
  (_, n) =>
    `<p>In its report number ${n} the council said that the harbour would stay open through the winter, as it had before.</p>`,
).join('\n')}`;
const PAGE = `<!doctype html><title>Harbour stays open</title><article><h1>Harbour stays open</h1>${ARTICLE}</article>`;

/** Makes a record of the first, and waits for ever for the second: standard input that stays open. */
function aFileAndInput(): string[] {
  const file = path.join(files, 'first.html');
  writeFileSync(file, PAGE);
  return [file, '-'];
}

describe('the command copydesk', () => {
  it('passes on standard input, output and the exit code', async () => {
    const fine = await shell('node "$BIN" extract --format text -', PAGE);
    expect(fine).toMatchObject({ code: 0, stderr: '' });
    expect(fine.stdout).toMatch(/^In its report number 0/);
    expect(await shell('node "$BIN" extract -', '')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('EMPTY'),
    });
    expect(await shell('node "$BIN" extract --nope -')).toMatchObject({ code: 2, stdout: '' });
  });

  it('ends quietly when the reader of a pipe has enough', async () => {
    for (let n = 0; n < 200; n++) writeFileSync(path.join(files, `${n}.html`), PAGE);
    const extract = `node "$BIN" extract --format ndjson ${files}`;
    const { code, stdout, stderr } = await shell(`set -o pipefail; ${extract} | head -n 1`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ title: 'Harbour stays open' });
  });

  it('does not outlive the process that was started, even where that is killed', async () => {
    // A Node at another place than the pinned one, so that there are two processes.
    const node = path.join(elsewhere, 'node');
    copyFileSync(process.execPath, node);
    const child = spawn(node, [BIN, 'extract', '--format', 'ndjson', ...aFileAndInput()], { stdio: 'pipe' });
    await once(child.stdout, 'data');
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    // Only when nobody is left to write do its outputs close.
    await closed;
  });

  it('ends at Ctrl-C with the code shells know, leaving nothing behind', async () => {
    const extract = ['extract', '--format', 'ndjson', ...aFileAndInput()];
    const child = spawn(process.execPath, [BIN, ...extract], { stdio: 'pipe' });
    const ended = once(child, 'exit');
    // By the first record it is at work, and has come to its standard input.
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    const [code, signal] = await ended;
    expect({ code, signal }).toEqual({ code: 130, signal: null });
  });
});
