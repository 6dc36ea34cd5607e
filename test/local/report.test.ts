import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { assembleRecord, firstSeen } from '../../functions/article/assemble.ts';
import type { StackOutputs } from '../../functions/aws/stack/stack-outputs.ts';
import { OUTPUTS } from '../../functions/names.ts';
import { DEFAULT_SETTINGS, newSource, paused } from '../../functions/scrape/sources/source.ts';
import type { Ingested } from '../../local/ingestion.ts';
import { dataOption, ingestedJson, renderNextSteps, renderWatched } from '../../local/report.ts';
import { emptyArticle } from '../support/articles.ts';

const outputs = {
  ...OUTPUTS,
  articlesTable: 'Articles',
  queryApi: 'https://abc123.execute-api.us-east-1.amazonaws.com/',
} as StackOutputs;

/** What became of a file whose page says this of itself. */
function ingested(says: { site?: string; title?: string }): Ingested {
  const raw = { bucket: 'uploads', key: 'page.html', versionId: '1', etag: null, bytes: 9, charset: 'utf-8' };
  const at = new Date('2026-03-01T00:00:00Z');
  const article = assembleRecord(
    { ...emptyArticle, ...says },
    { raw: { ...raw, mediaType: 'text/html' }, sourceId: null, fetchedAt: at, engineVersion: '1' },
    firstSeen(at),
  );
  return { file: 'page.html', object: 'uploads/page.html', version: '1', upload: null, article };
}

describe('the commands to go on with', () => {
  it.each(['harbour-courier.example', "a'$(id)'.example", "a';echo;'.example"])(
    'ask for the site %s and do nothing else, whatever the page calls itself',
    (site) => {
      const steps = renderNextSteps('http://127.0.0.1:4566', outputs, [ingested({ site })], '');
      const query = /^ {2}aws \S+ \S+ (dynamodb query(?:.*\\\n)+.*)$/m.exec(steps)?.[1];
      const printed = execFileSync('sh', ['-c', `printf '%s\\n' ${query}`], { encoding: 'utf8' });
      expect(printed.trimEnd().split('\n').at(-1)).toBe(JSON.stringify({ ':site': { S: site } }));
    },
  );

  it('name the stack where its data is not in the checkout, and the credentials before the AWS CLI needs them', () => {
    expect(dataOption('/checkout/.copydesk', '/checkout')).toBe('');
    expect(dataOption('/data', '/checkout')).toBe(' --data /data');
    const data = dataOption("/my data's", '/checkout');
    expect(data).toBe(" --data '/my data'\\''s'");
    const steps = renderNextSteps('http://127.0.0.1:4566', outputs, [ingested({})], data);
    const commands = steps.split('\n').filter((line) => line.includes('npx copydesk'));
    expect(commands).toHaveLength(2);
    for (const command of commands) expect(command.endsWith(data)).toBe(true);
    expect(steps.indexOf('export AWS_ACCESS_KEY_ID')).toBeLessThan(steps.indexOf('aws --endpoint-url'));
  });
});

describe('the JSON of what became of files', () => {
  it('drives no terminal, whatever a page holds, and has the same value', () => {
    const all = [ingested({ title: 'Open \u009b2J\u202e again' })];
    const json = ingestedJson(all);
    expect(JSON.parse(json)).toEqual(all);
    expect(json).not.toMatch(/[\u007f-\u009f\u202e]/);
  });
});

describe('the line on what is watched', () => {
  const now = new Date('2026-03-01T08:00:00Z');
  const source = (id: string) => newSource({ ...DEFAULT_SETTINGS, id, url: `https://${id}/` }, now);

  it('says how many sources are how, and how to watch the first', () => {
    const all = [source('a.example'), source('b.example'), paused(source('c.example'), 'relaunch', now)];
    expect(renderWatched(all, now, ' --data x')).toContain('(1 paused, 2 new): npx copydesk sources list --data x');
    expect(renderWatched([], now, '')).toContain('npx copydesk sources add https://example.org/');
  });
});
