import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAgency } from '../../../functions/extract/metadata/agencies.ts';
import { looksLikePerson, personsFirst, splitByline } from '../../../functions/extract/metadata/author-names.ts';

describe('names in bylines', () => {
  it('leave out the word for "by" of the page\'s own language, which other languages have as a name', () => {
    expect(splitByline('Per Montserrat Puig', 'ca')).toEqual(['Montserrat Puig']);
    expect(splitByline('Per Nordin', 'sv')).toEqual(['Per Nordin']);
    expect(splitByline('Na Amina Salum na Joseph Mushi', 'sw-KE')).toEqual(['Amina Salum', 'Joseph Mushi']);
  });

  it.each([
    ['By Ann Lee', ['Ann Lee']],
    ['By Ann Lee and Bo Chen Jr., Staff Writers', ['Ann Lee', 'Bo Chen Jr.']],
    ['Written by Ann Lee, Bo Chen, and Cy Diaz', ['Ann Lee', 'Bo Chen', 'Cy Diaz']],
    ['Ann Lee & Bo Chen', ['Ann Lee', 'Bo Chen']],
    ['Ann Lee; Bo Chen', ['Ann Lee', 'Bo Chen']],
    ['By ANN LEE (@annlee)', ['ANN LEE']],
    ['By Ann Lee | ann@news.example', ['Ann Lee']],
    ['By Ann Lee https://news.example/ann', ['Ann Lee']],
    ['By Ann Lee | 3 May 2024 10:15', ['Ann Lee']],
    ['May 3, 2024 · Ann Lee', ['Ann Lee']],
    ['Ann Lee, Senior Correspondent', ['Ann Lee']],
    ['Ann Lee in Rome', ['Ann Lee']],
    ['Ann Lee The Associated Press', ['Ann Lee']],
    ['Ann Lee Ann Lee', ['Ann Lee']],
    ['Ann Lee, MD, PhD', ['Ann Lee, MD, PhD']],
    ['Written by Ann Lee | Reviewed by Bo Chen', ['Ann Lee']],
    ['Von Max Muster und Erika Beispiel', ['Max Muster', 'Erika Beispiel']],
    ['Text von Anna Schmidt', ['Anna Schmidt']],
    ['Autorin: Petra Meier', ['Petra Meier']],
    ['Par Jean Dupont et Marie Durand, envoyés spéciaux à Rome', ['Jean Dupont', 'Marie Durand']],
    ['Por Ana García y Luis Pérez', ['Ana García', 'Luis Pérez']],
    ['José Ortega y Gasset', ['José Ortega y Gasset']],
    ['Di Mario Rossi e Luca Bianchi', ['Mario Rossi', 'Luca Bianchi']],
    ['Jan Kowalski i Anna Nowak', ['Jan Kowalski', 'Anna Nowak']],
    ['Автор: Иван Петров и Пётр Сидоров', ['Иван Петров', 'Пётр Сидоров']],
    ['文/张三', ['张三']],
    ['구현모 기자', ['구현모']],
    ['文・田中太郎', ['田中太郎']],
    ['Budi Santoso Senin, 6 Mei 2024', ['Budi Santoso']],
    ['Nguyễn Văn An | Thứ Hai, 06/05/2024', ['Nguyễn Văn An']],
    ['Plácido Domingo', ['Plácido Domingo']],
    ['Text: Ann Lee Illustration von Bo Chen', ['Ann Lee']],
    ['by ibby', ['ibby']],
    ['Human in the Loop', ['Human in the Loop']],
  ])('reads %j', (byline, names) => {
    expect(splitByline(byline)).toEqual(names);
  });

  it.each([
    '',
    'null',
    'By',
    '[object Object]',
    'https://news.example/authors/ann',
    'ann@news.example',
    '3 May 2024',
    'Reviewed by Bo Chen',
    'View all posts',
    '6 minutes read',
    '2 days ago',
    'Jun 2',
    'Donnerstag',
    'Thứ Hai',
    '星期一',
  ])('finds no name in %j', (byline) => {
    expect(splitByline(byline)).toEqual([]);
  });

  it('tells persons from sentences, login names and agencies', () => {
    expect(
      ['Ann Lee', 'Ludwig van der Berg', 'Siobhán O’Brien', 'Иван Петров', '张三'].filter(looksLikePerson),
    ).toHaveLength(5);
    expect(['ann', 'admin2', 'the new rules', 'Associated Press', 'Who is Ann Lee?'].filter(looksLikePerson)).toEqual(
      [],
    );
  });

  it('knows agencies however they are written', () => {
    expect(['dpa', 'AFP', 'Associated Press', 'Deutsche Presse-Agentur'].every(isAgency)).toBe(true);
    expect(isAgency('Ann Lee')).toBe(false);
  });

  it('leaves agencies and the site itself out beside persons, and keeps them alone', () => {
    expect(personsFirst(['Ann Lee', 'dpa', 'Harbour Post'], ['Harbour Post'])).toEqual(['Ann Lee']);
    expect(personsFirst(['dpa'])).toEqual(['dpa']);
  });

  it.each([
    '?'.repeat(100_000),
    ' '.repeat(1_000_000),
    'and '.repeat(50_000),
    ','.repeat(100_000),
    '(('.repeat(50_000),
  ])('answers on long runs', (text) => {
    expect(splitByline(text).length).toBeLessThanOrEqual(20);
  });

  it('never throws, repeats no name and cleans a name that is clean already no further', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const names = splitByline(text);
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
      }),
    );
  });
});
