import { describe, expect, it } from 'vitest';
import { parseDate } from '../../../functions/extract/metadata/dates.ts';
import { fromPersian } from '../../../functions/extract/metadata/persian-calendar.ts';

const asOf = new Date('2026-06-01T00:00:00Z');

describe('the solar Hijri calendar', () => {
  it('agrees with the calendar of Unicode CLDR on every day of 1921 to 2100', () => {
    const parts = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
      timeZone: 'UTC',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    });
    for (let time = Date.UTC(1921, 2, 21); time < Date.UTC(2100, 0, 1); time += 86_400_000) {
      const read = Object.fromEntries(parts.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
      const { year, month, day } = fromPersian(read.year ?? 0, read.month ?? 0, read.day ?? 0) ?? {};
      if (Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0) !== time) {
        expect({ persian: read, is: new Date(time).toISOString() }).toEqual({ year, month, day });
      }
    }
  });

  it.each([
    ['۱۲ اردیبهشت ۱۴۰۳', null, '2024-05-01'],
    ['چهارشنبه ۳۰ اسفند ۱۴۰۳ - ۱۰:۱۵', null, '2025-03-20'],
    ['12 اردیبهشت 1403', null, '2024-05-01'],
    ['۱۴۰۳/۰۲/۱۲', 'fa', '2024-05-01'],
    ['۲۰۲۴/۰۵/۰۱', 'fa', '2024-05-01'],
  ])('gives the day of %s', (text, language, day) => {
    expect(parseDate(text, { asOf, language })?.day).toBe(day);
  });

  it.each([
    ['۳۰ اسفند ۱۴۰۴', 'fa'],
    ['1403/02/12', 'en'],
    ['۳۲ مهر ۱۴۰۳', 'fa'],
  ])('gives no day for %s, which is none', (text, language) => {
    expect(parseDate(text, { asOf, language })).toBeNull();
  });
});
