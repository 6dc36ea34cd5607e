import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalizeUrl,
  chooseCanonicalUrl,
  parseHttpUrl,
  publishersUrl,
  siteOf,
} from '../../functions/article/canonical-url.ts';

describe('canonicalizeUrl', () => {
  const page = 'https://news.example/world/flood';
  it.each([
    ['a tracking parameter', 'https://news.example/world/flood?utm_source=x&utm_medium=y'],
    ['a click id', 'https://news.example/world/flood?fbclid=IwAR0'],
    ['what advertisements add', 'https://news.example/world/flood?gclid=x&gad_source=1&gad_campaignid=2&mibextid=y'],
    ['the click of another network', 'https://news.example/world/flood?ttclid=x&li_fat_id=y&epik=z&WT.mc_id=mail'],
    ['a viewer of AMP', 'https://news.example/world/flood?amp_js_v=0.1&usqp=mq331AQ'],
    ['what campaigns add', 'https://news.example/world/flood?__hstc=1&hsCtaTracking=2&trk=x&irclickid=y&wprov=sfla1'],
    ['what a translator adds', 'https://news.example/world/flood?_x_tr_sl=en&_x_tr_tl=de'],
    ['parameters copied out of markup', 'https://news.example/world/flood?utm_source=a&amp;utm_medium=b'],
    ['a session of PHP', 'https://news.example/world/flood?PHPSESSID=q1w2e3r4t5y6'],
    ['a session in the path', 'https://news.example/world/flood;jsessionid=1A2B3C4D.node7'],
    ['a session behind an index file', 'https://news.example/world/flood/index.jsp;jsessionid=1A2B?utm_source=x'],
    ['an encoded session', 'https://news.example/world/flood;jsess%69onid=1A2B'],
    ['a session of ASP.NET', 'https://news.example/(S(lit3py55t21z5v55vlm25s55))/world/flood'],
    ['a session of classic ASP', 'https://news.example/world/flood?ASPSESSIONIDQATTBCQA=HGJKAFDB'],
    ['a session of ColdFusion', 'https://news.example/world/flood?CFID=12&CFTOKEN=34'],
    ['a session by a common name', 'https://news.example/world/flood?sid=0cc175b9c0f1b6a831c399e269772661'],
    ['the door it was shared through', 'https://news.example/world/flood?ref=rss'],
    ['plain http', 'http://news.example/world/flood'],
    ['host case', 'https://NEWS.Example/world/flood'],
    ['the default port', 'https://news.example:443/world/flood'],
    ['a trailing slash', 'https://news.example/world/flood/'],
    ['an index file', 'https://news.example/world/flood/index.html'],
    ['a fragment', 'https://news.example/world/flood#comments'],
    ['an AMP path', 'https://news.example/world/flood/amp/'],
    ['an AMP host', 'https://amp.news.example/world/flood'],
    ['an AMP parameter', 'https://news.example/world/flood?amp=1'],
    ['an AMP prefix', 'https://news.example/amp/world/flood'],
    ['an AMP cache', 'https://news-example.cdn.ampproject.org/c/s/news.example/world/flood'],
    ['an AMP viewer', 'https://www.google.com/amp/s/news.example/world/flood'],
    ['another AMP cache', 'https://news-example.bing-amp.com/c/s/news.example/world/flood'],
    ['another AMP viewer', 'https://www.bing.com/amp/s/news.example/world/flood'],
    ['a copy in a web archive', 'https://web.archive.org/web/20121012061112/http://news.example/world/flood'],
    ['a copy in a national archive', 'https://arquivo.pt/wayback/20121012061112/https://news.example/world/flood'],
    ['doubled slashes', 'https://news.example//world//flood'],
    ['encoded unreserved characters', 'https://news.example/worl%64/flood'],
    ['a trailing dot on the host', 'https://news.example./world/flood'],
  ])('folds %s', (_, variant) => {
    expect(canonicalizeUrl(variant)).toBe(page);
  });

  it('takes no other host for an archive, which could pass its pages for those of another', () => {
    const forged = 'https://evil.example/web/20121012061112/https://news.example/world/flood';
    expect(canonicalizeUrl(forged)).toMatch(/^https:\/\/evil\.example\//);
    expect(publishersUrl(forged)).toBe(forged);
  });

  it('keeps apart what the query selects', () => {
    expect(canonicalizeUrl('https://a.example/story?id=1')).not.toBe(canonicalizeUrl('https://a.example/story?id=2'));
    expect(canonicalizeUrl('https://a.example/file?ref=main')).toBe('https://a.example/file?ref=main');
    for (const query of ['sid=4711', 'sid=20261125093000123456', 's=decade', 'session=opening-day']) {
      expect(canonicalizeUrl(`https://a.example/file?${query}`)).toBe(`https://a.example/file?${query}`);
    }
  });

  it.each([
    ['octets that are no UTF-8', 'q=%E9t%E9', 'q=%E9t%E9'],
    ['octets in small letters', 't=%b1%b1&price=%a3500', 'price=%A3500&t=%B1%B1'],
    ['a number without a name', '12345', '12345'],
    ['a path', '/news/5', '/news/5'],
    ['spaces as they are written', 'q=a%20b+c', 'q=a%20b+c'],
    ['unreserved characters', 'u=%7Eann&v=~ann', 'u=~ann&v=~ann'],
    ['reserved ones, encoded or not', 'u=a%2Fb/c%26d:e', 'u=a%2Fb/c%26d:e'],
    ['what is no escape', 'q=%zz', 'q=%zz'],
    ['an escape within a broken one', 'q=%%34%31', 'q=A'],
    ['brackets', 'tx_news[id]=7&tx_news%5Ba%5D=1', 'tx_news%5Ba%5D=1&tx_news%5Bid%5D=7'],
    ['the order of one name', 'b=2&a=2&&a=1', 'a=2&a=1&b=2'],
    ['what stands beside tracking', 'utm%5Fsource=x&q=%E8&amp%3Butm_medium=y', 'q=%E8'],
  ])('writes a query as RFC 3986 has it: %s', (_, query, canonical) => {
    expect(canonicalizeUrl(`https://a.example/r?${query}`)).toBe(`https://a.example/r?${canonical}`);
  });

  it('is idempotent whatever a query is made of', () => {
    const piece = fc.constantFrom(..."%|25|4|1|%E9|%7e|&|=|a|[|'|+| |;|amp;|utm_x=|é|?|/".split('|'), '|');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = canonicalizeUrl(`https://a.example/x?${pieces.join('')}`);
        expect(canonicalizeUrl(once)).toBe(once);
      }),
    );
  });

  it('leaves a domain called AMP its name', () => {
    expect(canonicalizeUrl('https://amp.co.uk/x')).toBe('https://amp.co.uk/x');
    expect(canonicalizeUrl('https://amp.amp.co.uk/x')).toBe('https://amp.co.uk/x');
    expect(canonicalizeUrl('https://amp.news.co.uk/x')).toBe('https://news.co.uk/x');
  });

  it('keeps www in the address, without which some sites do not answer', () => {
    expect(canonicalizeUrl('http://WWW.a.example/story')).toBe('https://www.a.example/story');
  });

  it('does not depend on the order of parameters', () => {
    expect(canonicalizeUrl('https://a.example/s?b=2&a=1')).toBe(canonicalizeUrl('https://a.example/s?a=1&b=2'));
  });

  it('keeps a hash-bang, which names a page', () => {
    expect(canonicalizeUrl('https://a.example/#!/story/7')).toBe('https://a.example/#!/story/7');
  });

  it('keeps words that only begin like an AMP form', () => {
    expect(canonicalizeUrl('https://a.example/ampere')).toBe('https://a.example/ampere');
    expect(canonicalizeUrl('https://a.example/lamp.html')).toBe('https://a.example/lamp.html');
    expect(canonicalizeUrl('https://amp.example/x')).toBe('https://amp.example/x');
  });

  it('resolves a relative reference against a base', () => {
    expect(canonicalizeUrl('/b?utm_source=x', 'https://a.example/c')).toBe('https://a.example/b');
  });

  it('is idempotent: the canonical form of a canonical form is itself', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const once = canonicalizeUrl(url);
        fc.pre(once !== null);
        expect(canonicalizeUrl(once)).toBe(once);
      }),
    );
  });

  it('is idempotent wherever in a path sessions stand', () => {
    const piece = fc.constantFrom(
      ...['/', 'x', ';', ';jsessionid=', ';jsess%69onid=a', ';phpsessid=b', '%2F', '%3B', ';a=b'],
      ...['/(S(lit3py55t21z5v55vlm25s55))', '(S(lit3py55t21z5v55vlm25s55))/'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const once = canonicalizeUrl(`https://a.example/x${pieces.join('')}`);
        expect(canonicalizeUrl(once)).toBe(once);
        expect(once).not.toMatch(/;(?:jsessionid|phpsessid)=/);
      }),
    );
  });

  it('is idempotent whatever AMP forms, index files and hosts are piled up', () => {
    const piece = fc.constantFrom('amp', 'AMP', 'amp.html', 'index.html', 'index.amp.html', 'x', 'x.amp', '', '%61mp');
    fc.assert(
      fc.property(fc.constantFrom('', 'amp.', 'amp.amp.', 'www.'), fc.array(piece, { maxLength: 6 }), (sub, path) => {
        const once = canonicalizeUrl(`https://${sub}example.org/${path.join('/')}`);
        expect(canonicalizeUrl(once)).toBe(once);
      }),
    );
  });

  it('leaves a page that is called AMP where it is', () => {
    expect(canonicalizeUrl('https://en.example.org/wiki/AMP')).toBe('https://en.example.org/wiki/AMP');
  });

  it('answers null or a URL on any string, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (value) => {
        const out = canonicalizeUrl(value);
        expect(out === null || out.startsWith('https://')).toBe(true);
      }),
    );
  });
});

describe('parseHttpUrl', () => {
  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    '//a',
    'no url',
    '',
    'https://user:pw@a.example/',
    `https://a.example/${'x'.repeat(3000)}`,
  ])('refuses %.40s', (value) => {
    expect(parseHttpUrl(value)).toBeNull();
  });
});

describe('siteOf', () => {
  it.each([
    ['https://www.bbc.co.uk/news', 'bbc.co.uk'],
    ['https://someone.github.io/post', 'someone.github.io'],
    ['https://127.0.0.1:8080/x', '127.0.0.1'],
    ['not a url', null],
  ])('says of %s: %s', (url, site) => {
    expect(siteOf(url)).toBe(site);
  });
});

describe('chooseCanonicalUrl', () => {
  it('believes a canonical link on the same site', () => {
    expect(chooseCanonicalUrl('https://m.a.example/x?id=9', 'https://www.a.example/x')).toBe('https://www.a.example/x');
  });
  it("never lets a page claim another site's article", () => {
    expect(chooseCanonicalUrl('https://evil.example/x', 'https://bbc.co.uk/news/1')).toBe('https://evil.example/x');
  });
  it('ignores a canonical link to the root of the site', () => {
    expect(chooseCanonicalUrl('https://a.example/x', 'https://a.example/')).toBe('https://a.example/x');
  });
  it('takes the stated link of a copy that came without a URL', () => {
    expect(chooseCanonicalUrl(null, 'http://a.example/x/')).toBe('https://a.example/x');
    expect(chooseCanonicalUrl(null, null)).toBeNull();
  });
});
