import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayOpenByline, opensByline } from '../../../functions/extract/metadata/byline-openers.ts';

const LINES = [
  'By Ann Lee',
  'Di Marta Rossi',
  'Von',
  'Texte: Ann Lee',
  'Autoren Ann Lee und Bo Chen',
  'Автор: Анна Петрова',
  'Від: Олена Шевчук',
  'Από: Γιώργος Παππάς',
  '文：王丽华',
  '记者 王丽华',
  '김민수 기자',
  'بقلم أحمد',
  'लेखक: अनिल',
  '— By Ann Lee',
];

describe('the first letters of a line', () => {
  it.each(LINES)('let none be passed over that opens a byline: %s', (line) => {
    expect(opensByline(line)).not.toBeNull();
    for (const form of [line, line.toUpperCase(), line.toLowerCase(), `\u00a0 ${line}`, `\n\t${line}`, `\u3000${line}`])
      if (opensByline(form.trim()) !== null) expect(mayOpenByline(form)).toBe(true);
  });

  it('tell most lines from bylines', () => {
    for (const line of ['Read more', 'Dinner for two', 'Byzantine art', 'Автомобили', 'Texas', 'Die Lage', '文化新闻'])
      expect(mayOpenByline(line) && opensByline(line) !== null).toBe(false);
    expect(mayOpenByline('Dinner for two')).toBe(false);
    expect(mayOpenByline('Завтра без осадков')).toBe(false);
  });

  it('decide nothing for texts of such letters that a look at the whole text would not', () => {
    const openings = fc.constantFrom(...LINES.map((line) => line.slice(0, 6)));
    fc.assert(
      fc.property(openings, fc.string({ maxLength: 4 }), fc.nat(5), (opening, rest, kept) => {
        const line = `${opening.slice(0, kept)}${rest}${opening.slice(kept)}`.trim();
        if (/^(?:added)/i.test(line)) return;
        if (opensByline(line) !== null) expect(mayOpenByline(line)).toBe(true);
      }),
    );
  });
});
