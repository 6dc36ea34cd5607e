import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assembleRecord, firstSeen } from '../../functions/article/assemble.ts';
import { extract } from '../../functions/extract/extract.ts';
import { ENGINE_VERSION } from '../../functions/extract/version.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((path) => `docs/${path}`),
].filter((path) => path.endsWith('.md'));
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

describe('the documents', () => {
  it('link only to files and headings that are there', () => {
    const broken = documents.flatMap((document) => {
      const links = [...read(document).matchAll(/\]\((?!https?:)([^)\s]+)\)|\bsrc="(?!https?:)([^"]+)"/g)];
      return links.flatMap(([, link, source]) => {
        const [path = '', anchor] = (link ?? source ?? '').split('#');
        const target = path === '' ? document : join(dirname(document), path);
        if (!existsSync(join(root, target))) return [`${document} → ${target}`];
        const headings = [...read(target).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => slug(heading));
        return anchor === undefined || headings.includes(anchor) ? [] : [`${document} → ${target}#${anchor}`];
      });
    });
    expect(broken).toEqual([]);
  });

  it('name only npm scripts that exist', () => {
    const named = documents.flatMap((document) =>
      [...read(document).matchAll(/\bnpm (?:run )?([a-z][a-z:-]*)/g)].map(([, script = '']) => ({ document, script })),
    );
    const builtIn = new Set(['ci', 'install', 'pack', 'run', 'package', 'scripts']);
    expect(named.filter(({ script }) => !builtIn.has(script) && !(script in scripts))).toEqual([]);
    expect(named.length).toBeGreaterThan(10);
  });

  it('query in docs/record.md for the record that stands there', () => {
    const page = read('docs/record.md');
    const shown = new Set([...page.matchAll(/"(?:id|contentHash)": "([0-9a-f]+)"/g)].map(([, hash]) => hash));
    const asked = [...page.matchAll(/"S": ?"(?:text:)?([0-9a-f]{32,64})"/g)].map(([, hash]) => hash);
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.filter((hash) => !shown.has(hash))).toEqual([]);
  });

  it('name in docs/cli.md every right that copydesk watch needs', () => {
    const source = read('functions/aws/events/event-subscription.ts');
    const [imports = ''] = source.split('\nconst ', 1);
    // A right stands for single messages and batches alike.
    const used = imports.matchAll(/^ {2}(?:paginate(\w+)|(\w+?)(?:Batch)?Command),$/gm);
    const rights = [...used].map(([, pages, single]) => pages ?? single);
    const [, told = ''] = /In AWS it needs (`events:[\s\S]*?)\.\n/.exec(read('docs/cli.md')) ?? [];
    expect([...told.matchAll(/`(?:events:)?(\w+)`/g)].map(([, right]) => right).sort()).toEqual(rights.sort());
  });

  it('show in the README a record that the engine really gives for that sample', () => {
    const [, sample = ''] = /record of (samples\/\S+);/.exec(read('README.md')) ?? [];
    const [, shown = ''] = /<!-- record of[^>]*-->\n```json\n([\s\S]*?)```/.exec(read('README.md')) ?? [];
    const bytes = readFileSync(join(root, sample));
    const at = new Date('2026-06-10T08:00:00Z');
    const outcome = extract(bytes, { asOf: at });
    if (outcome.kind === 'rejected') throw new Error(outcome.detail);
    const raw = { bucket: null, key: sample, versionId: null, etag: null, bytes: bytes.length, ...outcome.form };
    const origin = { raw, sourceId: null, fetchedAt: at, engineVersion: ENGINE_VERSION };
    const record = assembleRecord(outcome.article, origin, firstSeen(at));
    // Shown without what only the pipeline knows, and with the text cut after its first words.
    const { text, ...fields } = JSON.parse(shown) as { text: string };
    expect(record).toMatchObject(fields);
    expect(Object.keys(fields).length).toBeGreaterThan(10);
    expect(record.text.startsWith(text.replace(/ …$/, ''))).toBe(true);
  });

  it('show in docs/raw-text.md what the engine decides about every line of that sample', () => {
    const page = read('docs/raw-text.md');
    const [, sample = '', shown = ''] =
      /<!-- lines of (samples\/\S+);[^>]*-->\n```text\n([\s\S]*?)\n```/.exec(page) ?? [];
    const lines = shown.split('\n').map((line) => {
      const [, verdict, rule, at, text = ''] = /^(\w+) +(.*?) {2,}(line \d+) +(.*)$/.exec(line) ?? [];
      return { verdict, rule, at, text: expect.stringContaining(text.replace(/ …$/, '')) };
    });
    const decided: unknown[] = [];
    extract(readFileSync(join(root, sample)), { asOf: new Date('2026-06-10T08:00:00Z') }, (decision) => {
      const { step, verdict, rule, at, text } = decision;
      if (step === 'text-body') decided.push({ verdict, rule, at, text });
    });
    expect(decided.length).toBeGreaterThan(10);
    expect(decided).toEqual(lines);
  });
});

/** Anchors as GitHub makes them. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}
