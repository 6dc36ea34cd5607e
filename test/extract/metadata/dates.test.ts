import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDates, parseDate, parseStamp } from '../../../functions/extract/metadata/dates.ts';

const asOf = new Date('2026-06-01T00:00:00Z');

describe('dates as pages print them', () => {
  it.each([
    // Languages of Asia and Africa in their own scripts and digits.
    ['ಮೇ 6, 2024', '2024-05-06T00:00:00Z', 'kn'],
    ['06 മേയ് 2024', '2024-05-06T00:00:00Z', 'ml'],
    ['6 ਮਈ 2024', '2024-05-06T00:00:00Z', 'pa'],
    ['2024 මැයි 6', '2024-05-06T00:00:00Z', 'si'],
    ['ថ្ងៃទី៦ ខែឧសភា ឆ្នាំ២០២៤', '2024-05-06T00:00:00Z', 'km'],
    ['၆ မေ ၂၀၂၄', '2024-05-06T00:00:00Z', 'my'],
    ['6 ພຶດສະພາ 2024', '2024-05-06T00:00:00Z', 'lo'],
    ['6 พ.ค. 67', '2024-05-06T00:00:00Z', 'th'],
    ['ሜይ 6 2024', '2024-05-06T00:00:00Z', 'am'],
    ['6ی ئایاری 2024', '2024-05-06T00:00:00Z', 'ckb'],
    ['2024 оны 5-р сарын 6', '2024-05-06T00:00:00Z', 'mn'],
    ['۱۷ ثور ۱۴۰۳', '2024-05-06T00:00:00Z', 'fa-AF'],
    ['6 Mayu 2024', '2024-05-06T00:00:00Z', 'ha'],
    ['6 ta’ Mejju 2024', '2024-05-06T00:00:00Z', 'mt'],
    // Stamps that programs write.
    ['2024-05-03', '2024-05-03T00:00:00Z', null],
    ['2024-05-03T10:15:30Z', '2024-05-03T10:15:30Z', null],
    ['2024-05-03T10:15:30.123+02:00', '2024-05-03T08:15:30Z', null],
    ['2024-05-03 10:15:30 -0500', '2024-05-03T15:15:30Z', null],
    ['20240503T101530Z', '2024-05-03T10:15:30Z', null],
    ['Fri, 03 May 2024 10:15:00 +0200', '2024-05-03T08:15:00Z', null],
    ['Fri May 03 2024 10:15:00 GMT+0200 (CEST)', '2024-05-03T08:15:00Z', null],
    ['Fri May  3 10:15:00 CEST 2024', '2024-05-03T08:15:00Z', null],
    // English.
    ['May 3rd, 2024 at 3:07 p.m. ET', '2024-05-03T19:07:00Z', 'en'],
    ['Jan. 3, 2024 3:07 pm ET', '2024-01-03T20:07:00Z', 'en'],
    ['Friday 3 May 2024', '2024-05-03T00:00:00Z', 'en'],
    ['10:15 GMT, 3 May 2024', '2024-05-03T10:15:00Z', 'en'],
    ["3 May '24", '2024-05-03T00:00:00Z', 'en'],
    ['12 a.m. May 3, 2024', '2024-05-03T00:00:00Z', 'en'],
    // Zones in words, and hours before a label.
    ['May 3, 2024 3:07 p.m. Eastern Time', '2024-05-03T19:07:00Z', 'en'],
    ['3 мая 2024, 15:07 (по московскому времени)', '2024-05-03T12:07:00Z', 'ru'],
    ['3 травня 2024, 15:07 за київським часом', '2024-05-03T12:07:00Z', 'uk'],
    ['3 janvier 2024 à 15 h 07 (heure de Paris)', '2024-01-03T14:07:00Z', 'fr'],
    ['3 juillet 2024 à 15 h 07 (heure de Paris)', '2024-07-03T13:07:00Z', 'fr'],
    ['03/05/2024 15h07 (horário de Brasília)', '2024-05-03T18:07:00Z', 'pt'],
    ['2024-05-03 15:07 北京时间', '2024-05-03T07:07:00Z', 'zh'],
    ['2024/05/03 15:07（日本時間）', '2024-05-03T06:07:00Z', 'ja'],
    ['2024年5月3日 午後3時7分', '2024-05-03T15:07:00Z', 'ja'],
    ['3 مايو 2024 - 03:07 مساءً (بتوقيت مكة المكرمة)', '2024-05-03T12:07:00Z', 'ar'],
    ['3 Mayıs 2024 15:07 TSİ', '2024-05-03T12:07:00Z', 'tr'],
    ['Published: 15:07 GMT, 3 May 2024 | Updated: 16:20 GMT', '2024-05-03T15:07:00Z', 'en'],
    // Other languages.
    ['3. Mai 2024, 10.30 Uhr', '2024-05-03T10:30:00Z', 'de'],
    ['3. Jänner 2024', '2024-01-03T00:00:00Z', 'de'],
    ['le 3 mai 2024 à 10h30', '2024-05-03T10:30:00Z', 'fr'],
    ['1er août 2024', '2024-08-01T00:00:00Z', 'fr'],
    ['3 de mayo de 2024 a las 10:30 h', '2024-05-03T10:30:00Z', 'es'],
    ['03/05/2024 às 10h30', '2024-05-03T10:30:00Z', 'pt'],
    ['3 мая 2024 г., 10:15 МСК', '2024-05-03T07:15:00Z', 'ru'],
    ['15 sierpnia 2023 14:30', '2023-08-15T14:30:00Z', 'pl'],
    ['3 MAYIS 2024 Cuma', '2024-05-03T00:00:00Z', 'tr'],
    ['3 ΜΑΪΟΥ 2024', '2024-05-03T00:00:00Z', 'el'],
    ['2024. május 3. 10:15', '2024-05-03T10:15:00Z', 'hu'],
    ['2024 m. gegužės 3 d.', '2024-05-03T00:00:00Z', 'lt'],
    ['2024. gada 3. maijs', '2024-05-03T00:00:00Z', 'lv'],
    ['2024ko maiatzaren 3a', '2024-05-03T00:00:00Z', 'eu'],
    ["3 d'abril de 2024", '2024-04-03T00:00:00Z', 'ca'],
    ['٣ مايو ٢٠٢٤', '2024-05-03T00:00:00Z', 'ar'],
    ['3 مايو / أيار 2024', '2024-05-03T00:00:00Z', 'ar'],
    ['3 كانون الثاني 2024', '2024-01-03T00:00:00Z', 'ar'],
    ['3 במאי 2024, 10:15', '2024-05-03T10:15:00Z', 'he'],
    ['3 मई 2024', '2024-05-03T00:00:00Z', 'hi'],
    ['3 พ.ค. 2567 10:15 น.', '2024-05-03T10:15:00Z', 'th'],
    ['ngày 3 tháng 5 năm 2024', '2024-05-03T00:00:00Z', 'vi'],
    ['2024年5月3日下午3:20', '2024-05-03T15:20:00Z', 'zh'],
    ['令和6年5月3日 10時15分', '2024-05-03T10:15:00Z', 'ja'],
    ['2024년 5월 3일 오후 3:20', '2024-05-03T15:20:00Z', 'ko'],
    ['2024. 5. 3.', '2024-05-03T00:00:00Z', 'ko'],
  ])('reads %s', (text, iso, language) => {
    expect(parseDate(text, { asOf, language })?.iso).toBe(iso);
  });

  it.each([
    'yesterday',
    '2 hours ago',
    'May 2024',
    '3 May',
    '31 February 2024',
    '192.168.10.2020',
    'call 555-2024-1234',
    'in the year 2024',
    '',
    '2024',
    '2024-13-45',
  ])('takes %j for no date', (text) => {
    expect(parseDate(text, { asOf })).toBeNull();
  });

  it('refuses a date more than a day after the copy was taken, and takes one within the day', () => {
    expect(parseDate('2026-06-03', { asOf })).toBeNull();
    expect(parseDate('2026-06-02T00:00:00Z', { asOf })?.day).toBe('2026-06-02');
  });

  it('keeps the day as printed beside the instant in UTC', () => {
    const date = parseDate('2024-05-03T23:30:00-05:00', { asOf });
    expect(date).toMatchObject({ iso: '2024-05-04T04:30:00Z', day: '2024-05-03', precision: 'second', zoned: true });
  });

  it('reads a stamp of exactly midnight as a day, whatever its zone', () => {
    const date = parseDate('2024-05-03T00:00:00+02:00', { asOf });
    expect(date).toMatchObject({ iso: '2024-05-03T00:00:00Z', day: '2024-05-03', precision: 'day' });
  });

  it('says that a time without a zone is unzoned', () => {
    expect(parseDate('2024-05-03 10:15', { asOf })).toMatchObject({ iso: '2024-05-03T10:15:00Z', zoned: false });
  });

  describe('01/02/2026', () => {
    const read = (hints: object) => parseDate('01/02/2026', { asOf, ...hints })?.day ?? null;

    it('is left out where nothing tells which is the day', () => {
      expect(read({})).toBeNull();
      expect(read({ language: 'en' })).toBeNull();
    });

    it('follows the language', () => {
      expect(read({ language: 'fr' })).toBe('2026-02-01');
      expect(read({ language: 'en-GB' })).toBe('2026-02-01');
      expect(read({ language: 'en-US' })).toBe('2026-01-02');
    });

    it('follows a day known from elsewhere, then the country of the host', () => {
      expect(read({ language: 'en', knownDay: '2026-01-02' })).toBe('2026-01-02');
      expect(read({ language: 'en', dayFirst: true })).toBe('2026-02-01');
    });

    it('takes the reading that is not in the future', () => {
      expect(parseDate('05/12/2026', { asOf, language: 'en' })?.day).toBe('2026-05-12');
    });
  });

  it('asks the language where two languages give one name to different months', () => {
    expect(parseDate('3 listopada 2024', { asOf, language: 'pl' })?.day).toBe('2024-11-03');
    expect(parseDate('3 listopada 2024', { asOf, language: 'hr' })?.day).toBe('2024-10-03');
    expect(parseDate('3 listopada 2024', { asOf })).toBeNull();
  });

  it('reads what .NET writes for the United States with the month first, unless the host is of another country', () => {
    expect(parseStamp('5/3/2024 10:15:00 PM', { asOf })?.iso).toBe('2024-05-03T22:15:00Z');
    expect(parseStamp('5/3/2024 10:15:00 PM', { asOf, dayFirst: true })?.iso).toBe('2024-03-05T22:15:00Z');
    expect(parseStamp('5/3/2024 10:15', { asOf })).toBeNull();
  });

  it('finds every date of a line, each with its place', () => {
    const line = 'Published: 3 May 2024 | Updated: 4 May 2024, 10:15';
    const dates = findDates(line, { asOf, language: 'en' });
    expect(dates.map(({ day }) => day)).toEqual(['2024-05-03', '2024-05-04']);
    expect(dates.map(({ start, end }) => line.slice(start, end))).toEqual(['3 May 2024', '4 May 2024, 10:15']);
  });

  it('reads Unix time in stamps only, and never takes an identifier for it', () => {
    expect(parseStamp('1714731330', { asOf })?.iso).toBe('2024-05-03T10:15:30Z');
    expect(parseStamp('1714731330000', { asOf })?.iso).toBe('2024-05-03T10:15:30Z');
    expect(parseStamp('0000012345', { asOf })).toBeNull();
    expect(parseDate('1714731330', { asOf })).toBeNull();
  });

  it.each([
    ['question marks', '?'.repeat(100_000)],
    ['digits', '1'.repeat(100_000)],
    ['white space', ' '.repeat(1_000_000)],
    ['separators', '1/'.repeat(50_000)],
    ['months', 'may '.repeat(50_000)],
  ])('answers on long runs of %s', (_name, text) => {
    expect(parseDate(text, { asOf })).toBeNull();
  });

  it('never throws and never answers a day after the copy', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        for (const { iso } of findDates(text, { asOf }))
          expect(Date.parse(iso)).toBeLessThanOrEqual(asOf.getTime() + 86_400_000);
      }),
    );
  });

  it.each(
    'en de fr es pt it nl sv nb da fi is et lv lt pl cs sk hu ro bg ru uk be sr hr sl mk sq el tr az ar fa he hi bn ta te mr gu ur th id ms sw ca gl eu hy ka zh ja ko vi'.split(
      ' ',
    ),
  )('reads back what CLDR prints in %s', (language) => {
    const long = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { dateStyle: 'long', timeZone: 'UTC' });
    const days = fc.date({ min: new Date('1990-01-01'), max: new Date('2026-05-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        expect(parseDate(long.format(date), { asOf, language })?.day).toBe(date.toISOString().slice(0, 10));
      }),
      { numRuns: 60 },
    );
  });
});
