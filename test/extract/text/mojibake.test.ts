import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mendMojibake } from '../../../functions/extract/text/mojibake.ts';

/** UTF-8 read as Windows-1252, as browsers read pages that do not declare their charset. */
const misread = (text: string) => new TextDecoder('windows-1252').decode(new TextEncoder().encode(text));

describe('mendMojibake', () => {
  it('gives back what was written, in any script', () => {
    const word = fc.constantFrom('don’t', '“so”', 'café', 'naïve –', 'Größe', 'niño', 'the', 'and', '€5', 'Å', 'à');
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), (words) => {
        const text = `${words.join(' ')} “after” — é`;
        expect(mendMojibake(misread(text))).toBe(text);
      }),
    );
    for (const text of [
      'Рабочие порта проголосовали в понедельник за предложение о зарплате.',
      '市政府周三宣布关闭了三年的老城图书馆将在明年春天重新向公众开放。',
      'عمال الميناء يقبلون عرض الأجور وينهون الإضراب',
    ])
      expect(mendMojibake(misread(text))).toBe(text);
  });

  it('leaves text alone that was read as it was written', () => {
    const word = fc.constantFrom(
      'MENÜ…',
      'été…»',
      'Ü“',
      'é”',
      'café',
      'naïve',
      '“so”',
      '—',
      'NÃO',
      'Â',
      'the',
      '北京',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 15 }), (words) => {
        const text = words.join(' ');
        expect(mendMojibake(text)).toBe(text);
      }),
    );
  });

  it('mends signs that can be nothing else where most of the text is right', () => {
    const right = 'Die Größe der Brücke überraschte, sagte Müller, während später für Fußgänger geöffnet wurde.';
    expect(mendMojibake(`${right} Thatâ€™s â€œallâ€\u009d.`)).toBe(`${right} That’s “all”.`);
  });
});
