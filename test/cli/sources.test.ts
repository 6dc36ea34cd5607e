import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchedAlone } from '../../cli/api/sources.ts';
import { confirm } from '../../cli/confirm.ts';
import { relativeTime, span } from '../../cli/render/relative-time.ts';
import { renderSource, renderSources } from '../../cli/render/source.ts';
import { sparkline } from '../../cli/render/sparkline.ts';
import { DEFAULT_SETTINGS, newSource, paused, type Source } from '../../functions/scrape/sources/source.ts';
import { copydesk } from '../support/cli.ts';

const NOW = new Date('2026-03-10T12:00:00Z');
const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000).toISOString();
const out = { write: () => {}, columns: 160 };

function source(id: string, fields: Partial<Source> = {}): Source {
  const settings = { ...DEFAULT_SETTINGS, id, url: `https://${id}/feed` };
  const read = { kind: 'rss' as const, title: 'Saltmere Post', readAt: ago(1), succeededAt: ago(1) };
  return { ...newSource(settings, NOW), ...read, dueAt: ago(-0.5), ...fields };
}

describe('sources test', () => {
  const items = Array.from(
    { length: 12 },
    (_, index) => `<item><title>Story ${index}</title><link>/s/${index}</link></item>`,
  );
  const pages: Record<string, [type: string, body: string]> = {
    '/': ['text/html', '<title>Saltmere</title><link rel="alternate" type="application/rss+xml" href="/feed.xml">'],
    '/feed.xml': [
      'application/rss+xml',
      `<rss version="2.0"><channel><title>Post</title>${items.join('')}</channel></rss>`,
    ],
  };
  const server = createServer((request, response) => {
    const [type, body] = pages[request.url ?? ''] ?? ['text/plain', 'none'];
    response.writeHead(pages[request.url ?? ''] ? 200 : 404, { 'Content-Type': type }).end(body);
  });
  let origin = '';
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  it('says what a page leads to, and shows the first ten articles', async () => {
    const { code, stdout } = await copydesk(['sources', 'test', origin, '--allow-loopback']);
    expect(code).toBe(0);
    expect(stdout).toContain(`To be watched: ${origin}/feed.xml (RSS feed, “Post”)`);
    expect(stdout).toContain('The first 10 of 12 articles:');
    expect(stdout.match(/\/s\/\d+$/gm)).toHaveLength(10);
  });

  it('gives programs the same as JSON', async () => {
    const { stdout } = await copydesk(['sources', 'test', `${origin}/feed.xml`, '--allow-loopback', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ chosen: { kind: 'rss', url: `${origin}/feed.xml` }, itemCount: 12 });
  });

  it('asks nothing on this machine unless that is allowed, and says how', async () => {
    const { code, stdout, stderr } = await copydesk(['sources', 'test', origin]);
    expect(code).toBe(1);
    expect(stdout).toContain('an address that is not public');
    expect(stderr).toContain('--allow-loopback');
  });
});

describe('a list of sources', () => {
  it('says in words how each is and what is wrong', () => {
    const problem = `https://failing.example/${'feeds/'.repeat(30)} answered 503 Service Unavailable.`;
    const all = [
      source('well.example', { newByDay: { '2026-03-09': 4, '2026-03-10': 2, '2026-02-01': 9 } }),
      source('failing.example', {
        failures: 3,
        failingSince: ago(5),
        problem,
        succeededAt: ago(50),
      }),
      source('silent.example', { arrivals: 9, rhythmSeconds: 3600, gapsByDay: [7200, 7200], newestAt: ago(73) }),
      paused(source('paused.example'), 'relaunch', NOW),
      newSource({ ...DEFAULT_SETTINGS, id: 'new.example', url: 'https://new.example/' }, NOW),
    ];
    const lines = renderSources(all, NOW, out, {}).trimEnd().split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^name +health +succeeded +next +new, 14 days$/),
      expect.stringMatching(/^well\.example +well +1 h ago +in 30 min +·{12}█▅ 6$/),
      expect.stringMatching(/^failing\.example +failing +2 d ago +in 30 min +·{14} 0$/),
      `  ${problem}`,
      expect.stringMatching(/^silent\.example +silent /),
      '  No new article for 3 d; usual is every 1 h.',
      expect.stringMatching(/^paused\.example +paused /),
      '  relaunch',
      expect.stringMatching(/^new\.example +new +never +due +·{14} 0$/),
    ]);
  });

  const FAILURES = { since: ago(2), arrivals: 1, foundAt: ago(3), reachedAt: null };

  it('say in words that its pages fail, though it is read without fault', () => {
    const problem = 'https://a.example/x answered 403.';
    const lost = { lostPages: 7, lastLostPage: { at: ago(2), url: 'https://a.example/x', problem } };
    const remarks = [
      source('a.example', lost),
      source('a.example', { ...lost, pageFailures: { count: 4, problem, ...FAILURES } }),
      source('a.example', { pageFailures: { count: 20, problem, ...FAILURES } }),
      source('a.example', { pageFailures: { count: 1, problem, ...FAILURES } }),
    ].map((one) => renderSources([one], NOW, { ...out, columns: 200 }, {}).replaceAll(/\s+/g, ' '));
    expect(remarks[0]).toContain(`7 pages could not be had, the last one: ${problem}`);
    expect(remarks[1]).toContain(`The last 4 fetches of new pages failed: ${problem}`);
    expect(remarks[2]).toContain(`The last 20 or more fetches of new pages failed: ${problem}`);
    expect(remarks[3]).not.toContain(problem);
  });

  it('and all of one cannot drive the terminal, whatever a feed calls itself', () => {
    const hostile = source('a.example', { title: 'A\u001b[2J\u202eB', problem: '\u001b]0;x\u0007', failures: 1 });
    for (const text of [renderSources([hostile], NOW, out, {}), renderSource(hostile, NOW, out, {})]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    }
  });
});

describe('one source', () => {
  it('is told with its rhythm, its counts and its settings', () => {
    const text = renderSource(
      source('a.example', {
        arrivals: 9,
        rhythmSeconds: 5400,
        newestAt: ago(3),
        articles: 40,
        lostPages: 2,
        lastLostPage: { at: ago(2), url: 'https://a.example/x', problem: 'https://a.example/x answered 404.' },
        section: 'Culture',
        recheckDays: 0,
      }),
      NOW,
      out,
      {},
    );
    expect(text).toMatch(/^a\.example {2}well\n/);
    expect(text).toMatch(/ is +RSS feed, “Saltmere Post”\n/);
    expect(text).toMatch(/ is read +every 20 min now, by its own rhythm: something new every 2 h usually\n/);
    expect(text).toMatch(/ lost pages +2 could not be had; the last one: https:\/\/a\.example\/x answered 404\.\n/);
    expect(text).toMatch(/ settings +section Culture, articles are not fetched again, opt-outs are recorded\n/);
  });
});

describe('a list for other programs', () => {
  it('holds what is watched, and names what is paused or retired', () => {
    const states = ['active', 'paused', 'active', 'retired'] as const;
    const { exported, leftOut } = watchedAlone(states.map((state, n) => source(`s${n}`, { state })));
    expect(exported.map(({ id }) => id)).toEqual(['s0', 's2']);
    expect(leftOut).toContain('s1 (paused), s3 (retired)');
    expect(watchedAlone([source('s0')]).leftOut).toBe('');
  });
});

describe('a span of time', () => {
  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [119, '1 min'],
    [120, '2 min'],
    [3600, '1 h'],
    [86_399, '24 h'],
    [200_000, '2 d'],
  ])('of %i seconds is %s', (seconds, text) => expect(span(seconds)).toBe(text));

  it('is told as past or to come', () => {
    expect([ago(2), ago(-3), NOW.toISOString()].map((instant) => relativeTime(instant, NOW))).toEqual([
      '2 h ago',
      'in 3 h',
      'now',
    ]);
  });
});

describe('a sparkline', () => {
  it('is as high as the highest count, and a dot for none', () => {
    expect(sparkline([0, 1, 4, 8])).toBe('·▂▅█');
    expect(sparkline([0, 0])).toBe('··');
  });
});

describe('a question', () => {
  const ask = (answer: string, isTTY = true) => {
    const stdin = (async function* () {
      yield Buffer.from(answer);
    })();
    return confirm('Watch it?', { stdin, stderr: { write: () => {}, isTTY } });
  };

  it('is answered by yes, an empty line or no, and asked of nobody without a terminal', async () => {
    for (const yes of ['\n', 'y\n', 'YES\n']) expect(await ask(yes), yes).toBe(true);
    for (const no of ['n\n', 'no\n', 'what?\n', '']) expect(await ask(no), no).toBe(false);
    expect(await ask('y\n', false)).toBeNull();
  });
});
