import { describe, expect, it } from 'vitest';
import { itemSize } from '../../../functions/aws/articles/item-size.ts';
import { hostOf, newHost, withRobots, withTdmrep } from '../../../functions/scrape/hosts/manners.ts';

describe('the host of an address', () => {
  it('is the same with a dot at the end of its name', () => {
    expect(hostOf('https://example.com./a')).toBe('example.com');
    expect(hostOf('http://example.com.:8080/a')).toBe('example.com:8080');
    expect(hostOf('https://example.com/a')).toBe('example.com');
  });
});

describe('the row of a host', () => {
  it('holds the files of its origins as far as it has room, the newest always', () => {
    let row = newHost('a.example');
    for (let n = 0; n < 6; n++) {
      const [origin, expiresAt] = [`http://a.example:${n}`, `2026-03-0${n + 1}T00:00:00.000Z`];
      const rule = { location: '/x'.repeat(200), reserved: true, policy: `https://a.example/${'p'.repeat(600)}` };
      row = withTdmrep(row, origin, { rules: Array(30).fill(rule), expiresAt });
      row = withRobots(row, origin, {
        verdict: 'rules',
        rules: 'r'.repeat(120_000),
        crawlDelaySeconds: null,
        sitemaps: [],
        fetchedAt: expiresAt,
        expiresAt,
        unreachableSince: null,
        detail: '',
      });
      expect(row.robots[origin]?.rules).toHaveLength(120_000);
      expect(row.tdmrep[origin]?.rules).toHaveLength(30);
      expect(itemSize({ ...row })).toBeLessThan(400_000);
    }
  });
});
