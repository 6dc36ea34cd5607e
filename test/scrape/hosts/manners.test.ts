import { describe, expect, it } from 'vitest';
import { hostOf } from '../../../functions/scrape/hosts/manners.ts';

describe('the host of an address', () => {
  it('is the same with a dot at the end of its name', () => {
    expect(hostOf('https://example.com./a')).toBe('example.com');
    expect(hostOf('http://example.com.:8080/a')).toBe('example.com:8080');
    expect(hostOf('https://example.com/a')).toBe('example.com');
  });
});
