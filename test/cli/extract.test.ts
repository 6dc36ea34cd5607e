import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ArticleRecordSchema } from '../../functions/article/record.ts';
import { copydesk } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const run = (argv: string, around = {}) => copydesk(['extract', ...argv.split(' ')], { cwd: folder, ...around });

const PARAGRAPHS = [
  'A barn burned down on Tuesday in the north of the county, and nobody was hurt, the fire brigade said in a statement.',
  'The fire began at about six in the morning, when the farmer had just left the building for the milking of his cows.',
  'The cause is not known yet, and the police are looking into it, as they do with every fire in the county these days.',
];
const page = (title: string) => `<!doctype html><html lang="en"><head><title>${title}</title>
<link rel="canonical" href="https://news.example/fires/barn"></head><body><nav><a href="/">Home</a></nav>
<article><h1>${title}</h1>${PARAGRAPHS.map((text) => `<p>${text}</p>`).join('\n')}</article></body></html>`;

beforeAll(() => {
  mkdirSync(path.join(folder, 'pages/deep'), { recursive: true });
  writeFileSync(path.join(folder, 'barn.html'), page('Barn burns down'));
  writeFileSync(path.join(folder, 'pages/one.html'), page('One fire'));
  writeFileSync(path.join(folder, 'pages/deep/two.html'), page('Two fires'));
  writeFileSync(path.join(folder, 'pages/.hidden.html'), page('Hidden'));
  symlinkSync(folder, path.join(folder, 'pages/loop'));
  mkdirSync(path.join(folder, 'nothing'));
  writeFileSync(path.join(folder, 'empty.txt'), '');
  writeFileSync(path.join(folder, 'paper.html'), '%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n');
  writeFileSync(path.join(folder, 'hostile.html'), page('Barn \u001b]0;owned\u0007\u202eburns\u009b31m down'));
});

describe('copydesk extract', () => {
  it('prints the record of a file as JSON that holds to the schema', async () => {
    const { code, stdout, stderr } = await run('barn.html');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const record = ArticleRecordSchema.strict().parse(JSON.parse(stdout));
    expect(record.title).toBe('Barn burns down');
    expect(record.text).toContain(PARAGRAPHS.join('\n\n'));
    expect(record.raw).toMatchObject({ bucket: null, key: 'barn.html', versionId: null, mediaType: 'text/html' });
  });

  it('reads standard input, and takes the address from the command line', async () => {
    const { code, stdout } = await run('--url https://other.example/story -', { stdin: page('Barn burns down') });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ title: 'Barn burns down', raw: { key: '-' } });
  });

  it('takes what a feed says from a file, and says what is wrong with one that is none', async () => {
    const feed = {
      ...{ title: null, authors: ['Ada Quill'], publishedAt: null, publishedRaw: null, modifiedAt: null },
      ...{ categories: [], summary: null, content: null, language: null, image: null },
    };
    writeFileSync(
      path.join(folder, 'hints.json'),
      JSON.stringify({ feed, feedUrl: null, section: null, answer: null }),
    );
    writeFileSync(path.join(folder, 'broken.json'), JSON.stringify({ feed: { ...feed, authors: 'Ada' } }));
    const { code, stdout } = await run('--hints hints.json barn.html');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      authors: [{ name: 'Ada Quill', url: null }],
      provenance: { authors: 'feed author' },
    });
    const broken = await run('--hints broken.json barn.html');
    expect(broken.code).toBe(2);
    expect(broken.stderr).toMatch(/broken\.json is no object of hints:[\s\S]*feed\.authors[\s\S]*docs\/record\.md/);
    expect((await run('--hints hints.json pages')).code).toBe(2);
  });

  it('goes on after what is no article, names it with code and sentence, and exits 1', async () => {
    const { code, stdout, stderr } = await run('--format ndjson empty.txt barn.html paper.html missing.html');
    expect(code).toBe(1);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^empty\.txt: EMPTY .+\npaper\.html: UNSUPPORTED_TYPE .+\nmissing\.html: there is no .+\n$/);
  });

  it('walks folders in the order of names, without hidden files and links to folders', async () => {
    const { code, stdout } = await run('--format ndjson pages');
    expect(code).toBe(0);
    const keys = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).raw.key);
    expect(keys).toEqual([path.join('pages', 'one.html'), path.join('pages', 'deep', 'two.html')]);
  });

  it('says that a folder is empty', async () => {
    const detail = 'the folder holds no files; name one that does';
    const { code, stdout, stderr } = await run('nothing');
    expect({ code, stderr }).toEqual({ code: 1, stderr: `nothing: ${detail}\n` });
    expect(JSON.parse(stdout)).toEqual([{ name: 'nothing', outcome: 'unreadable', detail }]);
  });

  it('tells programs in JSON what gave no record, apart from the records', async () => {
    const one = await run('--json paper.html');
    expect(one.code).toBe(1);
    const refusal = {
      name: 'paper.html',
      outcome: 'rejected',
      code: 'UNSUPPORTED_TYPE',
      detail: expect.any(String),
      form: { mediaType: 'application/pdf', charset: null },
    };
    expect(JSON.parse(one.stdout)).toEqual(refusal);
    const [paper, barn, missing] = JSON.parse((await run('paper.html barn.html missing.html')).stdout);
    expect(paper).toEqual(refusal);
    expect(barn).not.toHaveProperty('outcome');
    expect(missing).toMatchObject({ name: 'missing.html', outcome: 'unreadable' });
  });

  it('says of what is too large only what can be done here', async () => {
    const { code, stderr } = await run('-', { stdin: Buffer.alloc(33 * 1024 * 1024, 'word ') });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^-: TOO_LARGE It has more than \d+ bytes, the most that the engine reads; split it\.\n$/);
  });

  it.runIf(process.platform !== 'win32')('names pipes and does not wait for them', async () => {
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    const { code, stderr } = await run('--format ndjson pipe');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^pipe: it is not a regular file; .* -`/),
    });
  });

  it('prints several records as one JSON list', async () => {
    const { stdout } = await run('barn.html pages');
    expect(JSON.parse(stdout).map(({ title }: { title: string }) => title)).toEqual([
      'Barn burns down',
      'One fire',
      'Two fires',
    ]);
  });

  it('prints the text alone', async () => {
    const record = JSON.parse((await run('barn.html')).stdout);
    expect((await run('--format text barn.html')).stdout).toBe(`${record.text}\n`);
  });

  it('says whose text it is where there are several', async () => {
    const { stdout } = await run('--format text pages');
    expect(stdout).toContain(`==> ${path.join('pages', 'one.html')} <==\n`);
  });

  it('prints Markdown, with front matter where it is asked for', async () => {
    expect((await run('--format markdown barn.html')).stdout).toBe(`# Barn burns down\n\n${PARAGRAPHS.join('\n\n')}\n`);
    const { stdout } = await run('--format markdown --front-matter barn.html');
    expect(stdout).toMatch(/^---\nid: "[0-9a-f]{32}"\ntitle: "Barn burns down"\n(.+\n)*---\n\n# Barn burns down\n/);
  });

  it('prints a table for people', async () => {
    const { stdout } = await run('--format table barn.html pages');
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^file +title +section +site +published +words$/);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/^barn\.html +Barn burns down +news\.example +\d+$/);
  });

  it('explains step by step what was kept and dropped, and which rule filled which field', async () => {
    const { code, stdout } = await run('--explain barn.html');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^barn\.html\n {2}article: text\/html, utf-8, \d+ words, confidence /);
    expect(stdout).toMatch(/\n {4}title +\S.* Barn burns down\n/);
    expect(stdout).toMatch(/\n {2}html-body\n(.*\n)* {4}keep .*A barn burned down/);
    expect(stdout).toMatch(/ drop .*Home/);
  });

  it('explains a rejection too, and exits 1', async () => {
    const { code, stdout } = await run('--explain paper.html');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^paper\.html\n {2}rejected: UNSUPPORTED_TYPE, application\/pdf, not decoded\n/);
  });

  it('explains to programs in one line of JSON a file', async () => {
    const { stdout } = await run('--explain --json barn.html pages');
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatchObject({ name: 'barn.html', outcome: 'article', provenance: expect.any(Object) });
    expect(lines[0].decisions).toContainEqual(expect.objectContaining({ step: 'form', verdict: 'choose' }));
  });

  it.each(['json', 'ndjson', 'text', 'markdown', 'table'])(
    'never sends a control sequence of the page to the terminal as %s',
    async (format) => {
      for (const terminal of [true, false]) {
        const { stdout } = await run(`--format ${format} hostile.html`, { terminal, env: { NO_COLOR: '1' } });
        expect(stdout).not.toBe('');
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
        expect(stdout).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/);
        if (terminal) expect(stdout).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      }
    },
  );

  it('colours only a terminal, and not where NO_COLOR is set', async () => {
    expect((await run('--explain barn.html', { terminal: true })).stdout).toContain('\u001b[');
    expect((await run('--explain barn.html', { terminal: false })).stdout).not.toContain('\u001b[');
    expect((await run('--explain barn.html', { terminal: true, env: { NO_COLOR: '1' } })).stdout).not.toContain(
      '\u001b[',
    );
  });
});
