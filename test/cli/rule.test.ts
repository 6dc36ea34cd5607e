import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { copydesk } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const run = (argv: string, around = {}) => copydesk(argv.split(' '), { cwd: folder, ...around });

const RULE = {
  site: 'skua.example',
  validFrom: '2025-01-01',
  validUntil: null,
  title: '.name',
  authors: '.by a',
  body: '.words',
  drop: '.words aside',
};
const PAGE = `<!doctype html><html lang="en"><title>Skua</title><div class="name">Skuas nest on the pier</div>
<div class="by"><a href="/rb">Rona Byre</a></div><div class="words"><p>Two eggs lie beside the crane.</p>
<aside>Follow us for more birds.</aside><p>The crane rests until July.</p></div></html>`;

beforeAll(() => {
  writeFileSync(path.join(folder, 'page.html'), PAGE);
  writeFileSync(path.join(folder, 'skua.json'), JSON.stringify(RULE));
  writeFileSync(path.join(folder, 'past.json'), JSON.stringify({ ...RULE, validUntil: '2025-06-30' }));
  writeFileSync(path.join(folder, 'missing.json'), JSON.stringify({ ...RULE, body: '.text' }));
  writeFileSync(path.join(folder, 'drop.json'), JSON.stringify({ ...RULE, body: undefined }));
  writeFileSync(path.join(folder, 'bad.json'), JSON.stringify({ ...RULE, body: 'p:nearby', color: 'red' }));
  writeFileSync(path.join(folder, 'broken.json'), '{"site": ');
  writeFileSync(path.join(folder, 'plain.txt'), 'Two eggs lie beside the crane.');
});

describe('copydesk rule try', () => {
  it('shows what each selector matches, and the fields beside those of the engine', async () => {
    const { code, stdout, stderr } = await run('rule try page.html --rule skua.json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^page\.html: rule skua of skua\.example, 2025-01-01 to now\n/);
    expect(stdout).toMatch(/\nauthors +\.by a +1 +Rona Byre\n/);
    expect(stdout).toMatch(/\ndrop +\.words aside +1 +Follow us for more birds\.\n/);
    expect(stdout).toMatch(/\ntitle +Skuas nest on the pier +\S.*\n/);
    expect(stdout).toMatch(/\ntext +2 blocks: Two eggs lie beside the crane\./);
  });

  it('tells programs the same, and reads standard input', async () => {
    const { code, stdout } = await run('rule try - --rule skua.json --json', { stdin: PAGE });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      name: '-',
      site: null,
      rule: { name: 'skua', ...RULE },
      found: true,
      selectors: [
        { part: 'title', selector: '.name', count: 1, first: 'Skuas nest on the pier', problem: null },
        { part: 'authors', count: 1 },
        { part: 'body', count: 1 },
        { part: 'drop', count: 1 },
      ],
      fields: [
        { field: 'title', rule: 'Skuas nest on the pier' },
        { field: 'authors', rule: 'Rona Byre' },
        { field: 'publishedAt', rule: null },
        { field: 'text', rule: expect.stringMatching(/^2 blocks: Two eggs/) },
      ],
    });
  });

  it('exits 1 where the rule finds no body', async () => {
    const { code, stdout, stderr } = await run('rule try page.html --rule missing.json');
    expect(code).toBe(1);
    expect(stdout).toMatch(/\nbody +\.text +0\s/);
    expect(stderr).toMatch(/^page\.html: the rule finds no text on this page/);
  });

  it('takes a rule without a body for what it is', async () => {
    expect((await run('rule try page.html --rule drop.json')).code).toBe(0);
  });

  it('says that the page is of another site, and tries the rule all the same', async () => {
    const { code, stderr } = await run('rule try page.html --rule skua.json --url https://www.tern.example/pier');
    expect(code).toBe(0);
    expect(stderr).toBe(
      'page.html: the page is of tern.example and the rule for skua.example: only here it is used all the same\n',
    );
  });

  it.each([
    ['page.html --rule bad.json', 2, /bad\.json is no site rule:\n(.*\n)*.*"p:nearby" is not a CSS selector: .*nearby/],
    ['page.html --rule bad.json', 2, /color/],
    ['page.html --rule broken.json', 2, /The rule broken\.json cannot be read: it is not JSON/],
    ['page.html --rule nowhere.json', 2, /The rule nowhere\.json cannot be read: there is no such file or folder/],
    ['page.html', 2, /required option '--rule <file>' not specified/],
    ['nowhere.html --rule skua.json', 1, /nowhere\.html: there is no such file or folder/],
    ['plain.txt --rule skua.json', 1, /plain\.txt: it is not a page of HTML/],
  ])('%s → %i', async (argv, code, message) => {
    const ran = await run(`rule try ${argv}`);
    expect(ran).toEqual({ code, stdout: '', stderr: expect.stringMatching(message) });
  });
});

describe('copydesk extract --rule', () => {
  const recordOf = async (argv: string) => {
    const { code, stdout, stderr } = await run(`extract ${argv} page.html`);
    return { code, stderr, record: JSON.parse(stdout) };
  };

  it('reads pages of the site by the rule, and says so in their provenance', async () => {
    const { record } = await recordOf('--rule skua.json --url https://skua.example/pier');
    expect(record).toMatchObject({
      title: 'Skuas nest on the pier',
      authors: [{ name: 'Rona Byre', url: 'https://skua.example/rb' }],
      text: 'Two eggs lie beside the crane.\n\nThe crane rests until July.',
      provenance: { title: 'rule skua', authors: 'rule skua', text: 'rule skua' },
    });
  });

  it('counts a page without an address as one of its site', async () => {
    expect((await recordOf('--rule skua.json')).record.provenance).toMatchObject({ text: 'rule skua' });
  });

  it.each([
    ['of another site', '--rule skua.json --url https://tern.example/pier'],
    ['copied outside of its days', '--rule past.json --url https://skua.example/pier'],
  ])('leaves a page %s to the engine', async (_, argv) => {
    const { stdout } = await run(`extract ${argv} page.html`);
    expect(stdout).not.toContain('rule skua');
    expect(stdout).not.toContain('rule past');
  });

  it('explains which selector found what', async () => {
    const { stdout } = await run('extract --rule skua.json --explain page.html');
    expect(stdout).toMatch(/\n {2}site-rule\n(.*\n)* {4}drop +rule skua drop +\.words aside +1 × Follow us/);
    expect(stdout).toMatch(/ keep +rule skua .*Two eggs lie/);
  });

  it('refuses what is no rule before anything is read', async () => {
    const { code, stdout, stderr } = await run('extract --rule bad.json page.html');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('bad.json is no site rule');
  });
});

describe('docs/rules.md', () => {
  it('shows a rule that holds to its form', async () => {
    const page = readFileSync(path.join(import.meta.dirname, '../../docs/rules.md'), 'utf8');
    const [, shown = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
    writeFileSync(path.join(folder, 'shown.json'), shown);
    expect((await run('rule try page.html --rule shown.json')).stderr).not.toContain('is no site rule');
  });
});
