import { describe, expect, it } from 'vitest';
import { settleLanguage } from '../../../functions/extract/metadata/language.ts';
import { canonicalTag } from '../../../functions/extract/metadata/language-tag.ts';

const german =
  'Der Bürgermeister hat am Montag erklärt, dass die Stadt die Fähren noch vor dem Winter ausbessern lassen werde. Die Inseln warten seit März darauf, und viele Betriebe haben ein Viertel ihrer Gäste verloren. Im Rat wurde lange darüber gestritten, wer die Kosten tragen soll, doch nun scheint eine Einigung nahe zu sein.';

describe('the language of an article', () => {
  it.each([
    [null, german, 'de', 'detected'],
    ['de-AT', german, 'de-AT', 'declared and detected'],
    ['en-US', german, 'de', 'detected'],
    ['en', 'Kurz', 'en', 'declared'],
    [
      'nn',
      'Ordføraren seier at ferjene skal vere klare før vinteren, og at øyane har venta sidan mars på dette arbeidet.',
      'nn',
      'declared',
    ],
    [null, '東京都内で記者会見を開いた。', 'ja', 'script'],
    [null, '中国政府宣布新的经济政策，旨在促进增长。', 'zh', 'script'],
    ['zh-TW', '總統府發言人表示，渡輪將於冬季前修復。', 'zh-TW', 'declared and detected'],
    [null, '정부는 월요일에 새로운 대책을 발표했다.', 'ko', 'script'],
    [null, 'ประธานาธิบดีกล่าวเมื่อวันจันทร์', 'th', 'script'],
    [null, 'הנשיא הודיע ביום שני על צעדים חדשים', 'he', 'script'],
    [null, 'أعلنت الحكومة يوم الاثنين عن إجراءات جديدة', 'ar', 'script'],
    [null, 'دولت روز دوشنبه اعلام کرد که اقدامات جدیدی انجام خواهد داد', 'fa', 'script'],
    [null, '', null, 'none'],
    ['xx-!!', '123', null, 'none'],
  ])('with %j declared and this text is settled', (declared, text, language, rule) => {
    expect(settleLanguage(declared, text)).toMatchObject({ language, rule });
  });

  it('runs right to left by the script of the text, not by what is declared', () => {
    expect(settleLanguage('en', 'أعلنت الحكومة يوم الاثنين عن إجراءات جديدة').direction).toBe('rtl');
    expect(settleLanguage('ar', german).direction).toBe('ltr');
    expect(settleLanguage('ar', '').direction).toBe('rtl');
    expect(settleLanguage(null, '').direction).toBeNull();
  });

  it.each([
    ['en_US', 'en-US'],
    ['DE-de', 'de-DE'],
    ['zh_hant_tw', 'zh-Hant-TW'],
    ['en-US,en;q=0.9', 'en-US'],
    ['German', 'de'],
    ['de_DE.UTF-8', 'de-DE'],
    ['und', null],
    ['not a language', null],
    ['', null],
    ['x'.repeat(100_000), null],
  ])('reads the tag %j as %j', (declared, tag) => {
    expect(canonicalTag(declared)).toBe(tag);
  });
});
