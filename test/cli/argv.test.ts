import { describe, expect, it } from 'vitest';
import { copydesk } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const COMMANDS = [
  'extract',
  'put',
  'sources',
  'status',
  'get',
  'list',
  'watch',
  'withdraw',
  'search',
  'export',
  'stats',
  'rule',
  'schema',
];
/** Commands that are made of others. */
const PARTS: Record<string, string[]> = {
  rule: ['try'],
  sources: ['add', 'test', 'list', 'show', 'pause', 'resume', 'run', 'remove', 'import', 'export', 'sync'],
};
/** Outside of the checkout, so that no local stack is found. */
const NOWHERE = temporaryFolder();

describe('the command line', () => {
  it.each<[argv: string, code: number, stdout: RegExp, stderr: RegExp]>([
    ['--version', 0, /^\d+\.\d+\.\d+\n$/, /^$/],
    ['--help', 0, /^Usage: copydesk/, /^$/],
    ['', 2, /^$/, /^Usage: copydesk/],
    ['help put', 0, /^Usage: copydesk put/, /^$/],
    ['extrct page.html', 2, /^$/, /unknown command 'extrct'\n\(Did you mean extract\?\)/],
    ['extract --formt text page.html', 2, /^$/, /unknown option '--formt'\n\(Did you mean --format\?\)/],
    ['extract', 2, /^$/, /missing required argument 'files'/],
    ['extract --format yaml page.html', 2, /^$/, /Allowed choices are json, ndjson, text, markdown, html, table/],
    ['extract --json --format text page.html', 2, /^$/, /'--json' cannot be used with option '-f, --format/],
    ['extract --url ftp://example.org/ page.html', 2, /^$/, /must be an absolute http or https address/],
    ['extract --url https://example.org/ a.html b.html', 2, /^$/, /--url is the address of one page/],
    ['extract --format text no-such-file.html', 1, /^$/, /^no-such-file\.html: there is no such file or folder\n$/],
    ['extract - -', 2, /^$/, /Standard input can be read once only/],
    ['put -', 2, /^$/, /put takes no standard input/],
    ['put --content-type text page.html', 2, /^$/, /must be a content type, such as/],
    ['put --content-type text/html;a=\n page.html', 2, /^$/, /must be a content type, such as/],
    ['schema', 0, /^\{\n.*"contentHash"/s, /^$/],
    ['schema --json', 0, /^\{\n.*"contentHash"/s, /^$/],
    ['schema --fields', 0, /^\| field \| type \| rule \|\n/, /^$/],
    ['put', 2, /^$/, /missing required argument 'files'/],
    ['put --source ../x page.html', 2, /^$/, /must be up to 100 letters, digits/],
    ['put --timeout 0 page.html', 2, /^$/, /must be a whole number above 0/],
    ['get', 2, /^$/, /missing required argument 'ids'/],
    ['get nonsense', 2, /^$/, /is neither an id .* nor a web address/],
    ['list --day yesterday', 2, /^$/, /must be a day, such as/],
    ['list --day 2026-02-30', 2, /^$/, /must be a day, such as/],
    ['list --status lost', 2, /^$/, /Allowed choices are processing, ingested/],
    ['list --status failed --site example.org', 2, /^$/, /cannot be used with option '--site/],
    ['list --site :', 2, /^$/, /":" is no site; name one by its domain/],
    ['watch --local --language english', 2, /^$/, /"english" is no language; give its BCP 47 code/],
    [`withdraw --reason ${'x'.repeat(1_001)} ${'0'.repeat(32)}`, 2, /^$/, /It has 1001 characters; 1000 are the most/],
    ['search --site example.org \u2003', 2, /^$/, /An empty word stands in every article/],
    ['export --to 2026-06-30', 2, /^$/, /--to goes with --from/],
    ['export --out=', 2, /^$/, /--out is empty/],
    ['stats --days 999999', 2, /^$/, /from 1 to 3660/],
    ['status --days 0', 2, /^$/, /from 1 to 3660/],
    ['list --limit many', 2, /^$/, /must be a whole number above 0/],
    ['list --local --profile work', 2, /^$/, /--local goes without --profile and --region/],
    ['list --data /nowhere --region eu-west-1', 2, /^$/, /--data names a local stack/],
    ['put --data /nowhere page.html', 1, /^$/, /No local stack runs with the data in \/nowhere\. Start it with/],
    ['list --local', 1, /^$/, /No local stack runs here\. Start one with `npm start`/],
    ['status --local some-key', 1, /^$/, /No local stack runs here\. Start one with `npm start`/],
  ])('%s → %i', async (argv, code, stdout, stderr) => {
    const ran = await copydesk(argv.split(' ').filter(Boolean), { cwd: NOWHERE });
    expect({ ...ran }).toEqual({
      code,
      stdout: expect.stringMatching(stdout),
      stderr: expect.stringMatching(stderr),
    });
  });

  it.each(COMMANDS.flatMap((name) => PARTS[name]?.map((part) => `${name} ${part}`) ?? [name]))(
    '%s --help shows how to use it, with an example and --json',
    async (name) => {
      const { code, stdout } = await copydesk([...name.split(' '), '--help']);
      expect(code).toBe(0);
      expect(stdout).toContain(`Usage: copydesk ${name}`);
      expect(stdout).toMatch(new RegExp(`\nExamples:\n(.*\n)* .*copydesk ${name}`));
      expect(stdout).toContain('--json');
    },
  );

  it('names every command in its help, and no other', async () => {
    const { stdout } = await copydesk(['--help']);
    const listed = [...stdout.matchAll(/^ {2}([a-z]+) .*[a-z]$/gm)].map(([, name]) => name);
    expect(new Set(listed)).toEqual(new Set([...COMMANDS, 'help', 'copydesk']));
  });
});
