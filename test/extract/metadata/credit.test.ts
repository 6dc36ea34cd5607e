import { describe, expect, it } from 'vitest';
import { findCredit } from '../../../functions/extract/metadata/credit.ts';

describe('the credit at the end of a caption', () => {
  it.each([
    ['Smoke over the hall. © Anna Seidel', 'Smoke over the hall.', 'Anna Seidel'],
    ['A barn in June (Photo by Lee Ash)', 'A barn in June', 'Lee Ash'],
    ['A barn in June. Photo: Lee Ash', 'A barn in June.', 'Lee Ash'],
    ['Smoke over the hall. © Press Images | Anna Seidel', 'Smoke over the hall.', 'Press Images | Anna Seidel'],
    ['Ein Schiff läuft ein (Quelle: Rita Holm)', 'Ein Schiff läuft ein', 'Rita Holm'],
    ['image: Alamy', '', 'Alamy'],
    ['Quelle: Rita Holm/Agentur', '', 'Rita Holm/Agentur'],
    ['Die Brücke bei Nacht | Bildquelle: Jo Arp', 'Die Brücke bei Nacht', 'Jo Arp'],
    ['Рынок утром. Фото: Анна Белова', 'Рынок утром.', 'Анна Белова'],
  ])('%s', (text, before, name) => {
    expect(findCredit(text)).toEqual({ before, name });
  });

  it.each([
    'The source of the river lies above the village.',
    'She photographs birds by the sea',
    'One image is enough',
  ])('is not read into %j', (text) => {
    expect(findCredit(text)).toBeNull();
  });
});
