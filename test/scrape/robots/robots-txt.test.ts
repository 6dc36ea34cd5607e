import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAllowed, parseRobotsTxt, productTokenOf } from '../../../functions/scrape/robots/robots-txt.ts';

const read = (text: string | Uint8Array, token = 'Copydesk') =>
  parseRobotsTxt(typeof text === 'string' ? Buffer.from(text) : text, token);
const allowed = (text: string | Uint8Array, path: string, token = 'Copydesk') =>
  isAllowed(read(text, token), `https://site.test${path}`);

describe('the groups of robots.txt', () => {
  it('are those that name us, whatever the case, and only then not those for everyone', () => {
    const text = 'User-agent: *\nDisallow: /all\n\nUser-Agent: COPYDESK\nDisallow: /ours\n';
    expect(allowed(text, '/ours')).toBe(false);
    expect(allowed(text, '/all')).toBe(true);
    expect(allowed(text, '/all', 'Other')).toBe(false);
    expect(allowed(text, '/ours', 'Other')).toBe(true);
  });

  it('that name us are taken together, wherever they stand', () => {
    const text =
      'User-agent: Copydesk\nDisallow: /a\n\nUser-agent: x\nDisallow: /x\n\nUser-agent: copydesk\nDisallow: /b\n';
    expect([allowed(text, '/a'), allowed(text, '/b'), allowed(text, '/x')]).toEqual([false, false, true]);
  });

  it('may be shared by several user agents, over empty and other lines', () => {
    const text =
      'User-agent: x\n\nSitemap: /s.xml\nCrawl-delay: 3\nFavourite: tea\nUser-agent: Copydesk\n# us\nDisallow: /\n';
    expect(allowed(text, '/a')).toBe(false);
    expect(allowed(text, '/a', 'x')).toBe(false);
    expect(allowed(text, '/a', 'y')).toBe(true);
  });

  it('end with the next user agent after a rule, also after one without a path', () => {
    const text = 'User-agent: Copydesk\nDisallow:\nUser-agent: x\nDisallow: /\n';
    expect(allowed(text, '/a')).toBe(true);
    expect(allowed(text, '/a', 'x')).toBe(false);
  });

  it('without rules allow all, whatever is said to everyone', () => {
    expect(allowed('User-agent: *\nDisallow: /\n\nUser-agent: Copydesk\n', '/a')).toBe(true);
    expect(allowed('User-agent: *\nDisallow: /\n\nUser-agent: Copydesk\nDisallow:\n', '/a')).toBe(true);
  });

  it('begin with a user agent: rules before the first are for nobody', () => {
    expect(allowed('Disallow: /\nUser-agent: x\nDisallow: /\n', '/a')).toBe(true);
  });

  it('know a product token by its letters, hyphens and underscores, whole', () => {
    for (const name of ['Copydesk/1.2', 'Copydesk (news)', 'copydesk *', 'Copydesk1']) {
      expect(allowed(`User-agent: ${name}\nDisallow: /\n`, '/a')).toBe(false);
    }
    for (const name of ['Copy', 'Copydesk-News', 'Copydesks', 'desk', '', 'Mozilla Copydesk']) {
      expect(allowed(`User-agent: ${name}\nDisallow: /\n`, '/a')).toBe(true);
    }
    expect(allowed('User-agent: * everyone\nDisallow: /\n', '/a')).toBe(false);
    expect(allowed('User-agent: *desk\nDisallow: /\n', '/a')).toBe(true);
    expect(productTokenOf('My_News-Bot/2.0 (+https://a.example)')).toBe('My_News-Bot');
    expect(productTokenOf('Mozilla/5.0 (compatible; ExampleBot/0.1; https://a.example)')).toBe('ExampleBot');
    expect(productTokenOf('Mozilla/5.0 (X11; Linux x86_64) Gecko')).toBe('');
  });
});

describe('a line of robots.txt', () => {
  it.each([
    ['line feeds', 'User-agent: *\nDisallow: /a\n'],
    ['carriage returns', 'User-agent: *\rDisallow: /a\r'],
    ['both', 'User-agent: *\r\nDisallow: /a\r\n'],
    ['none at the end', 'User-agent: *\nDisallow: /a'],
    ['a byte order mark before it', '\ufeffUser-agent: *\nDisallow: /a'],
    ['comments', 'User-agent: * # all\n# Allow: /a\nDisallow: /a # that\n'],
    ['white space around it', '\t User-agent \t:\t * \n  Disallow :/a \t\n'],
    ['any case', 'USER-AGENT: *\ndIsAlLoW: /a'],
    ['lines nobody knows between', 'User-agent: *\nHost: site.test\n::\n\nNoindex: /x\nDisallow: /a'],
    ['no colon', 'User-agent *\nDisallow /a'],
    ['a common misspelling', 'Useragent: *\nDissallow: /a'],
  ])('is read with %s', (_, text) => {
    expect(allowed(text, '/a')).toBe(false);
    expect(allowed(text, '/b')).toBe(true);
  });

  it('is not read where it is no rule', () => {
    expect(allowed('User-agent: *\nDisallow /a /b\nDisallowing: /\nxDisallow: /', '/a')).toBe(true);
  });

  it('is read in files of any other kind without finding anything', () => {
    expect(read('<!doctype html><html><body>Not found: / here</body></html>').rules).toEqual([]);
    expect(read('').rules).toEqual([]);
    expect(read(new Uint8Array([0, 255, 254, 10, 13, 0])).rules).toEqual([]);
  });

  it('is read up to half a megabyte at least, and not cut in two there', () => {
    const filler = `# ${'x'.repeat(97)}\n`;
    const within = `User-agent: *\n${filler.repeat(5150)}Disallow: /within\n`;
    expect(within.length).toBeGreaterThan(500 * 1024);
    expect(allowed(within, '/within')).toBe(false);
    const start = 'User-agent: *\n';
    const comments = '#\n'.repeat((512 * 1024 - start.length - 'Disallow: /'.length - 1) / 2);
    const cut = Buffer.from(`${start}${comments} Disallow: /private/\n`);
    expect(cut.subarray(0, 512 * 1024).toString()).toMatch(/\n Disallow: \/$/);
    expect(allowed(cut, '/public')).toBe(true);
  });

  it('may be endless', () => {
    const text = `User-agent: *\nDisallow: /a${'b'.repeat(300_000)}\nDisallow: /c\n`;
    expect(allowed(text, '/c')).toBe(false);
    expect(allowed(text, '/ab')).toBe(true);
  });
});

describe('a rule', () => {
  const rules = (...lines: string[]) => `User-agent: *\n${lines.join('\n')}\n`;

  it('with the longest path decides, and Allow among equals, in whatever order', () => {
    expect(allowed(rules('Allow: /p', 'Disallow: /'), '/page')).toBe(true);
    expect(allowed(rules('Disallow: /', 'Allow: /p'), '/page')).toBe(true);
    expect(allowed(rules('Allow: /folder', 'Disallow: /folder/x'), '/folder/x1')).toBe(false);
    expect(allowed(rules('Disallow: /page', 'Allow: /page'), '/page')).toBe(true);
    expect(allowed(rules('Allow: /page', 'Disallow: /*.htm'), '/page.htm')).toBe(false);
    expect(allowed(rules('Allow: /$', 'Disallow: /'), '/')).toBe(true);
    expect(allowed(rules('Allow: /$', 'Disallow: /'), '/page')).toBe(false);
  });

  it.each([
    [
      '/fish',
      ['/fish', '/fish.html', '/fish/salmon', '/fishheads', '/fish.php?id=1'],
      ['/Fish', '/catfish', '/desert/fish'],
    ],
    ['/fish*', ['/fish', '/fishheads/yummy'], ['/Fish', '/?id=fish']],
    ['/fish/', ['/fish/', '/fish/?id=1', '/fish/salmon'], ['/fish', '/fish.html', '/animals/fish/']],
    ['/*.php', ['/index.php', '/a/b.php?x', '/a.php/', '/a.php5'], ['/', '/index.PHP']],
    ['/*.php$', ['/a.php', '/a/b.php', '/a.php.php'], ['/a.php?x', '/a.php/', '/a.php5']],
    ['/fish*.php', ['/fish.php', '/fishheads/cat.php?x'], ['/Fish.PHP']],
    ['*/print', ['/print', '/a/print/'], ['/prin']],
    ['/a*b*c', ['/abc', '/a1b2c3', '/abbcc'], ['/acb', '/ab']],
    ['/a$', ['/a'], ['/a/', '/ab', '/a$']],
    ['/a$b', ['/a$b', '/a%24bc'], ['/ab', '/a']],
    ['/**/x', ['//x', '/a/x'], ['/x']],
    ['/x*$', ['/x', '/xyz'], ['/y']],
    ['/a*a$', ['/aa', '/aba'], ['/a', '/ab']],
    ['/?', ['/?', '/?a=1'], ['/', '/a?']],
    ['fish', [], ['/fish', '/']],
    ['https://site.test/fish', [], ['/fish']],
    ['$', [], ['/', '/a']],
  ])('of %s matches what begins so', (pattern, matching, others) => {
    const text = rules(`Disallow: ${pattern}`);
    expect(matching.filter((path) => allowed(text, path))).toEqual([]);
    expect(others.filter((path) => !allowed(text, path))).toEqual([]);
  });

  it.each([
    ['/%e3%83%84', '/ツ'],
    ['/ツ', '/%E3%83%84'],
    ['/%7ejoe', '/~joe'],
    ['/~joe', '/%7Ejoe'],
    ['/a%3cd', '/a%3Cd'],
    ['/a b', '/a%20b'],
    ['/foo/bar/%62%61%7A', '/foo/bar/baz'],
    ['/a%2A', '/a*'],
    ['/a%24', '/a$'],
    ['/à', '/%C3%A0'],
    ['/a?to=https://b.test', '/a?to=https%3A%2F%2Fb.test'],
    ['/a?to=https%3A%2F%2Fb.test', '/a?to=https://b.test'],
    ['/100%', '/100%'],
  ])('%s is another way to write %s', (pattern, path) => {
    expect(allowed(rules(`Disallow: ${pattern}`), path)).toBe(false);
    expect(allowed(rules(`Disallow: ${pattern}x`), path)).toBe(true);
  });

  it('does not take an encoded slash for one', () => {
    expect(allowed(rules('Disallow: /a%2Fb'), '/a/b')).toBe(true);
    expect(allowed(rules('Disallow: /a/b'), '/a%2Fb')).toBe(true);
    expect(allowed(rules('Disallow: /a*/c'), '/a?b=/c')).toBe(false);
  });

  it('in another encoding than UTF-8 matches the octets of the address', () => {
    expect(allowed(Buffer.from(rules('Disallow: /café'), 'latin1'), '/caf%E9/menu')).toBe(false);
  });

  it('never closes robots.txt itself, and looks at no fragment', () => {
    expect(allowed(rules('Disallow: /'), '/robots.txt')).toBe(true);
    expect(allowed(rules('Disallow: /a#b'), '/a')).toBe(false);
    expect(allowed(rules('Disallow: /*b$'), '/a#b')).toBe(true);
  });

  it('that allows the index page of a folder allows the folder', () => {
    const text = rules('Disallow: /', 'Allow: /news/index.html');
    expect(['/news/index.html', '/news/'].map((path) => allowed(text, path))).toEqual([true, true]);
    expect(['/news', '/news/1', '/'].map((path) => allowed(text, path))).toEqual([false, false, false]);
  });

  it('with many wildcards takes no longer for it', () => {
    const text = rules(`Disallow: /${'*a'.repeat(4000)}b`, `Disallow: /${'*'.repeat(8000)}c`);
    expect(allowed(text, `/${'a'.repeat(7900)}`)).toBe(true);
  });

  it('written literally matches its own path, and nothing throws, whatever is in it', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.webQueryParameters(), (path, query) => {
        const url = new URL(`https://site.test${path || '/'}?${query}`);
        const pattern = (url.pathname + url.search).replaceAll('*', '%2A').replaceAll('$', '%24');
        expect(allowed(rules(`Disallow: ${pattern}`), url.pathname + url.search)).toBe(false);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.webPath(), (bytes, path) => {
        expect(typeof allowed(bytes, path || '/')).toBe('boolean');
      }),
    );
  });
});

describe('beside its rules robots.txt', () => {
  it('names site maps, to whomever', () => {
    const text =
      'Sitemap: https://site.test/a.xml\nUser-agent: x\nDisallow: /\nsitemap: /ü.xml\nSitemap:\nSitemap: /ü.xml';
    expect(read(text).sitemaps).toEqual(['https://site.test/a.xml', '/ü.xml']);
  });

  it('are kept as far as a row has room for them', () => {
    const lines = (length: number) =>
      Array.from({ length: 60 }, (_, n) => `Sitemap: https://site.test/${n}/${'ü'.repeat(length)}\n`).join('');
    expect(read(lines(4_000)).sitemaps).toEqual([]);
    const kept = read(lines(600)).sitemaps;
    expect(kept.length).toBeGreaterThan(20);
    expect(Buffer.byteLength(kept.join(''))).toBeLessThan(50_000);
  });

  it('asks for a delay, ours or else that of everyone, and no longer than two minutes', () => {
    expect(read('User-agent: *\nCrawl-delay: 10').crawlDelaySeconds).toBe(10);
    expect(
      read('User-agent: *\nCrawl-delay: 10\nDisallow:\nUser-agent: Copydesk\nCrawl-delay: 2.5').crawlDelaySeconds,
    ).toBe(2.5);
    expect(
      read('User-agent: *\nCrawl-delay: 10\nDisallow:\nUser-agent: Copydesk\nDisallow: /x').crawlDelaySeconds,
    ).toBeNull();
    expect(read('User-agent: *\nCrawl-delay: 120').crawlDelaySeconds).toBe(120);
    expect(read('User-agent: *\nCrawl-delay: 86400').crawlDelaySeconds).toBe(120);
    expect(read('User-agent: *\nCrawl-delay: .5').crawlDelaySeconds).toBe(0.5);
    expect(read('User-agent: *\nCrawl-delay: 5.').crawlDelaySeconds).toBe(5);
    for (const delay of ['5s', '5 sec', '5 seconds', '5 Secs']) {
      expect(read(`User-agent: *\nCrawl-delay: ${delay}`).crawlDelaySeconds).toBe(5);
    }
    for (const delay of ['', '.', '-1', 'ten', '1e9', 'NaN']) {
      expect(read(`User-agent: *\nCrawl-delay: ${delay}`).crawlDelaySeconds).toBeNull();
    }
  });
});
