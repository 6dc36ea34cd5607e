import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../cli/api/duration.ts';
import { declarationsOf, parseSourceFile, renderYaml } from '../../cli/api/source-file.ts';
import { DEFAULT_SETTINGS, newSource } from '../../functions/scrape/sources/source.ts';
import { settingsOf } from '../../functions/scrape/sources/source-desk.ts';

const read = (text: string) => parseSourceFile(text, 'sources.yaml');
const FULL = `
# What the desk reads.
sources:
  - url: https://a.example/feed
  - name: b
    url: https://b.example/sitemap.xml
    every: 15m
    section: Culture
    maxPerRun: 5
    since: 2026-01-02
    recheckDays: 0
    obeyOptOuts: true
    silentAfter: 30
`;

describe('a file of sources', () => {
  it('says of each what is not as usual', () => {
    expect(read(FULL)).toEqual([
      { url: 'https://a.example/feed' },
      {
        id: 'b',
        url: 'https://b.example/sitemap.xml',
        everySeconds: 900,
        section: 'Culture',
        maxPerRun: 5,
        since: '2026-01-02T00:00:00.000Z',
        recheckDays: 0,
        obeyOptOuts: true,
        silentAfter: 30,
      },
    ]);
  });

  it('may be JSON', () => {
    expect(read('{"sources": [{"url": "https://a.example/feed", "every": "2h"}]}')).toEqual([
      { url: 'https://a.example/feed', everySeconds: 7200 },
    ]);
  });

  it.each([
    ['sources:\n  - url: https://a.example/\n    evry: 15m\n', 'line 3: there is no field evry'],
    ['sources:\n  - name: a\n    every: 1h\n', 'line 2: url: It is missing'],
    ['sources:\n  - url: ftp://a.example/\n', 'line 2: url: It must be an http or https address.'],
    ['sources:\n  - url: https://a.example/\n    every: 5s\n', 'line 3: every: It must be a duration from 1m to 30d'],
    ['sources:\n  - url: https://a.example/\n    every: 15\n', 'line 3: every: It must be a duration'],
    ['sources:\n  - url: https://a.example/\n    since: 2026-02-30\n', 'line 3: since: It must be a day'],
    ['sources:\n  - url: https://a.example/\n    name: A b\n', 'line 3: name: It must be lower-case letters'],
    [
      'sources:\n  - url: https://a.example/\n  - url: https://a.example/\n',
      'line 3: https://a.example/ stands on line 2',
    ],
    [
      'sources:\n  - url: https://a.example/feed\n  - url: https://www.a.example/feed/\n',
      'line 3: https://www.a.example/feed/ stands on line 2',
    ],
    ['sources:\n  - url: http://10.1.1.1/x\n', 'line 2: url: It is not a public address'],
    ['sources:\n  - url: http://169.254.169.254/latest\n', 'line 2: url: It is not a public address'],
    ['sources:\n  - url: [\n', 'line 3: '],
    ['sources:\n  - url: https://a:b@a.example/\n', 'line 2: url: It must carry no user name or password'],
    [`a: &a [1,1]\nb: &b [*a,*a]\nc: &c [${'*b,'.repeat(30)}]\nsources: [*c,*c]\n`, 'stand for too much'],
    ['sources: *nobody\n', 'aliases'],
    ['sources: none\n', 'line 1: It must be a list.'],
    ['feeds: []\n', 'It must be a list.'],
    ['', 'line 1: It must begin with `sources:`'],
  ])('that is wrong is told so by line: %j', (text, problem) => {
    expect(() => read(text)).toThrow(`sources.yaml declares no sources that can be read`);
    expect(() => read(text)).toThrow(problem);
  });

  it('names ten problems at most, and how many more there are', () => {
    const text = `sources:\n${'  - url: nonsense\n'.repeat(30)}`;
    expect(() => read(text)).toThrow(/(?:\n {2}line \d+: url: [^\n]+){10}\n {2}and 20 more$/);
  });

  it('that grows by aliases without bound is refused', () => {
    const bomb = `a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(10)}]`).join('\n')}\nsources: *a9\n`;
    expect(() => read(bomb)).toThrow();
  });

  it('is given back from what it declared', () => {
    const now = new Date('2026-03-01T08:00:00Z');
    const settings = fc.record({
      section: fc.option(fc.string({ minLength: 1, maxLength: 200 })),
      everySeconds: fc.option(fc.integer({ min: 60, max: 2_592_000 })),
      maxPerRun: fc.integer({ min: 1, max: 10_000 }),
      since: fc.constantFrom(null, '2026-01-02T00:00:00.000Z'),
      recheckDays: fc.integer({ min: 0, max: 30 }),
      obeyOptOuts: fc.boolean(),
      silentAfter: fc.integer({ min: 2, max: 1000 }),
    });
    fc.assert(
      fc.property(fc.array(settings, { maxLength: 5 }), (all) => {
        const sources = all.map((each, index) => {
          const id = `s${index}`;
          return newSource({ ...each, id, url: `https://${id}.example/feed?a=1&b=2#x` }, now);
        });
        for (const text of [renderYaml(sources), JSON.stringify(declarationsOf(sources))]) {
          const again = read(text).map((each) => ({ ...DEFAULT_SETTINGS, ...each }));
          expect(again).toEqual(sources.map(settingsOf));
        }
      }),
    );
  });
});

describe('a duration', () => {
  it('is read back as it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), (seconds) => {
        expect(parseDuration(formatDuration(seconds))).toBe(seconds);
      }),
    );
    expect(['15m', '2h', '1d', '90s'].map((text) => formatDuration(parseDuration(text) ?? 0))).toEqual([
      '15m',
      '2h',
      '1d',
      '90s',
    ]);
    expect(['', '15', 'm', '1.5h', '-1m', '1w'].map(parseDuration)).toEqual([null, null, null, null, null, null]);
  });
});
