import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  freshForSeconds,
  parseHttpDate,
  retryAfter,
  validators,
} from '../../../functions/scrape/readings/http-time.ts';

const now = new Date('2026-03-01T12:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe('a date of HTTP', () => {
  it.each([
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
    'Sun, 6 Nov 1994 08:49:37 UTC',
    '06 Nov 1994 08:49:37 +0000',
    ' Sun, 06-Nov-1994 08:49:37 GMT ',
    'Sun, 06 Nov 94 08:49:37 GMT',
  ])('is read from %s', (value) => {
    expect(parseHttpDate(value, now)).toEqual(new Date('1994-11-06T08:49:37Z'));
  });

  it('takes a year of two digits to be at most fifty years ahead', () => {
    expect(parseHttpDate('Friday, 06-Nov-76 08:49:37 GMT', now)?.getUTCFullYear()).toBe(2076);
    expect(parseHttpDate('Sunday, 06-Nov-77 08:49:37 GMT', now)?.getUTCFullYear()).toBe(1977);
  });

  it.each([
    '',
    '0',
    '-1',
    'tomorrow',
    'Sun, 30 Feb 2026 08:00:00 GMT',
    'Sun, 06 Nov 1994 25:49:37 GMT',
    '1994-11-06',
    'Sat, 06 Nov 0094 08:49:37 GMT',
  ])('is none where it says "%s"', (value) => {
    expect(parseHttpDate(value, now)).toBeNull();
  });

  it('is the one that was written, whatever the instant', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
        const seconds = new Date(Math.floor(date.getTime() / 1000) * 1000);
        expect(parseHttpDate(seconds.toUTCString(), now)).toEqual(seconds);
      }),
    );
  });
});

describe('Retry-After', () => {
  it('is seconds or a date', () => {
    expect(retryAfter({ 'retry-after': '120' }, now)).toEqual(later(120));
    expect(retryAfter({ 'retry-after': 'Sun, 01 Mar 2026 15:00:00 GMT' }, now)).toEqual(later(3 * 3600));
  });

  it('counts a date by the clock of the server that wrote it', () => {
    const headers = { date: 'Sun, 01 Mar 2026 13:00:00 GMT', 'retry-after': 'Sun, 01 Mar 2026 13:10:00 GMT' };
    expect(retryAfter(headers, now)).toEqual(later(600));
  });

  it('is never in the past and never more than thirty days', () => {
    expect(retryAfter({ 'retry-after': 'Sun, 01 Mar 2020 15:00:00 GMT' }, now)).toEqual(now);
    expect(retryAfter({ 'retry-after': '999999999999' }, now)).toEqual(later(30 * 86_400));
  });

  it.each(['-5', 'soon', '', '1e9', '5 minutes'])('says nothing where it is "%s"', (value) => {
    expect(retryAfter({ 'retry-after': value }, now)).toBeNull();
  });

  it('says nothing where it is not there', () => {
    expect(retryAfter({}, now)).toBeNull();
  });
});

describe('freshness', () => {
  it('is what Cache-Control says, less the age', () => {
    expect(freshForSeconds({ 'cache-control': 'public, max-age=600' }, now)).toBe(600);
    expect(freshForSeconds({ 'cache-control': 'Max-Age="600"', age: '100' }, now)).toBe(500);
    expect(freshForSeconds({ 'cache-control': 'max-age=600', age: '20, 5' }, now)).toBe(580);
    expect(freshForSeconds({ 'cache-control': 'max-age=600', age: '1000' }, now)).toBe(0);
    expect(freshForSeconds({ 'cache-control': 'max-age=60, s-maxage=900' }, now)).toBe(900);
  });

  it('is shorter by the time since the answer was made, where its clock is not ahead', () => {
    const field = { 'cache-control': 'max-age=600' };
    expect(freshForSeconds({ ...field, date: 'Sun, 01 Mar 2026 11:59:00 GMT' }, now)).toBe(540);
    expect(freshForSeconds({ ...field, date: 'Sun, 01 Mar 2026 11:59:00 GMT', age: '90' }, now)).toBe(510);
    expect(freshForSeconds({ ...field, date: 'Sun, 01 Mar 2026 12:01:00 GMT' }, now)).toBe(600);
  });

  it('is not told by what stands in quotes', () => {
    expect(freshForSeconds({ 'cache-control': 'x="a\\", max-age=10", max-age=60' }, now)).toBe(60);
    expect(freshForSeconds({ 'cache-control': 'x="a, max-age=10", max-age=60' }, now)).toBe(60);
  });

  it('is none where the answer must be asked for again', () => {
    expect(freshForSeconds({ 'cache-control': 'no-cache, max-age=600' }, now)).toBe(0);
    expect(freshForSeconds({ 'cache-control': 'no-store' }, now)).toBe(0);
    expect(freshForSeconds({ 'cache-control': 'max-age=soon' }, now)).toBe(0);
  });

  it('is told by Expires where Cache-Control is silent', () => {
    expect(freshForSeconds({ expires: 'Sun, 01 Mar 2026 13:00:00 GMT' }, now)).toBe(3600);
    expect(
      freshForSeconds({ expires: 'Sun, 01 Mar 2026 13:00:00 GMT', date: 'Sun, 01 Mar 2026 12:30:00 GMT' }, now),
    ).toBe(1800);
    expect(freshForSeconds({ expires: '0' }, now)).toBe(0);
    expect(freshForSeconds({ expires: 'Sun, 01 Mar 2026 13:00:00 GMT', 'cache-control': 'max-age=5' }, now)).toBe(5);
  });

  it('is unknown where nothing is said', () => {
    expect(freshForSeconds({}, now)).toBeNull();
    expect(freshForSeconds({ 'cache-control': 'public' }, now)).toBeNull();
  });
});

describe('validators', () => {
  it.each(['"abc"', 'W/"abc"', 'abc', 'w/abc', '"a"b"', "'x'"])('keep the entity tag %s as it came', (etag) => {
    expect(validators({ etag, 'last-modified': 'yesterday' })).toEqual({ etag, lastModified: 'yesterday' });
  });

  it('are none where they are empty or too long to send back', () => {
    expect(validators({ etag: '', 'last-modified': 'x'.repeat(2000) })).toEqual({ etag: null, lastModified: null });
  });
});
