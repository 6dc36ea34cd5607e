/**
 * Words that open a byline, by language, and how far each is believed: "by" before a space anywhere, "text" only before a
 * colon. News sites of each language print them so; words of editors, photographers and sources are none of authors.
 */

/** Before a space in any text: a name has to follow, and hardly anything else does. */
const ANYWHERE = `
  by | written by | posted by | words by | reported by | story by | text by | article by | von | text von | geschrieben von |
  verfasst von | ein beitrag von | ein kommentar von | gastbeitrag von | ein gastbeitrag von | par | écrit par | rédigé par |
  propos recueillis par | por | escrito por | redactado por | di | scritto da | a cura di | door | geschreven door |
  av | af | tekst av | text av | skrevet av | skrevet af | skriven av | napisał | napisała | napsal | napsala | írta |
  scris de | γράφει | γράφει ο | γράφει η | γράφουν | γράφουν οι | του | της | yazan | oleh | ditulis oleh |
  deur | eftir | nga | daga | isinulat ni | imeandikwa na | โดย | بقلم | نوشته | מאת | 本报记者 | 新华社记者`;

/** Before a space where markup says that it is a byline, in other texts before a colon. */
const IN_BYLINES = `
  published by | report by | created by | submitted by | contributed by | authored by | a post by | guest post by |
  insights from | this post was written by | this article was written by | an article by | commentary by | opinion by |
  analysis by | compiled by | byline | text und interview | eingestellt von | erstellt durch | erstellt von |
  veröffentlicht von | aufgezeichnet von | interview von | kommentar von | beitrag von | artikel von | ein artikel von |
  eine analyse von | eine kolumne von | kolumne von | verfasser | redakteur | redakteurin | autorinnen | publié par | posté par |
  article de | auteurs | auteure | publicado por | texto de | pubblicato da | postato da | articolo di | autore |
  testo di | geplaatst door | publicerad av | kirjoittaja | kirjoittanut | autorius | autorė | autors | tekst i | autorka |
  opracował | opracowała | opracowanie | szerző | de către | publicat de | articol de | escrit per | автор | автор статьи |
  автор текста | авторы | автори | авторка | аутор | από | από τον | από την | συντάκτης | yazar | penulis | tác giả |
  bởi | ผู้เขียน | बाय | लेखक | द्वारा | লেখক | লিখেছেন | எழுதியவர் | రచయిత | كتب | كتبت | الكاتب | تحرير | تحریر |
  hosted by | presented by | نویسنده | ავტორი | հեղինակ | müəllif | muallif | mwandishi | 作者 | 撰文 | 记者 | 記者 | 責任編輯 | 责任编辑 | 編輯 | 编辑 |
  取材 | 執筆 | 기자`;

/** Words of other meaning as well: before a colon only. */
const BEFORE_COLON = `
  author | authors | writer | interview | entrevista | intervista | entretien | rozhovor | wywiad | autor | autora | autores | autoren | autorin | auteur | autori | from | words | text | texte |
  texto | testo | tekst | teksti | szöveg | story | haber | reporter | editor | redactor | theo | bài | bài viết |
  bài và ảnh | tin bài | texto e fotos | texto y fotos | texte et photos | text och bild | text och foto | tekst og foto |
  text und fotos | text a foto | tekst i zdjęcia | teksti ja kuvat | autor textu | текст | текст и фото | пише | пишет |
  пишут | пишуть | piše | pišu | napisao | napisala | autorica | avtor | avtorica | shkruar nga | shkruan | höfundur | texti | testua | egilea | autoría | texto e fotografías | ni | sinulat ni |
  aŭtoro | verkis | пишува | напиша | подготви | приготви | waxaa qoray | qore | marubuci | yazı | xəbər | бичсэн | сурвалжилсан | нийтэлсэн | автору | мəтін | bài, ảnh | bài - ảnh |
  thực hiện | επιμέλεια | κείμενο | ρεπορτάζ | כתב | כתבה | خبرنگار | گزارش | رپورٹ | إعداد | تقرير | حوار | कथा | रिपोर्ट | लेखन |
  शब्दांकन | प्रस्तुति | প্রতিবেদন | અહેવાલ | લેખક | ਰਿਪੋਰਟ | ਲੇਖਕ | రచన | కథనం | ವರದಿ | ಲೇಖನ | ಲೇಖಕರು | തയ്യാറാക്കിയത് | എഴുതിയത് |
  റിപ്പോർട്ട് | සටහන | ලියන්නේ | เรื่อง | เรื่องและภาพ | ผู้สื่อข่าว | ໂດຍ | ຂຽນໂດຍ | ដោយ | សរសេរដោយ | ရေးသားသူ | da | от | від | 文 | 글 | 来源`;

/** In an element of its own, with no colon, before that of the name. */
const ALONE = `
  by | von | par | por | di | door | av | af | written by | posted by | author | autor | autorin | auteur | autore | автор |
  kirjoittaja | szerző | yazar | yazan | penulis | oleh | 作者 | מאת | بقلم`;

/** Words that markup may call authors, and that name somebody else where text says so by itself. */
const OTHERS: ReadonlySet<string> = new Set([
  'editor',
  'redakteur',
  'redakteurin',
  'redactor',
  '編輯',
  '编辑',
  '責任編輯',
  '责任编辑',
  '来源',
  '取材',
]);

const list = (words: string): string[] => words.split('|').map((word) => word.trim());
const COLON_ONLY = new Set(list(BEFORE_COLON));
const SPACED = new Set(list(ANYWHERE));
const SEEN_ALONE = new Set(list(ALONE));
/** Longest first, so that "written by" goes before "by". */
const OPENERS = [...new Set([ANYWHERE, IN_BYLINES, BEFORE_COLON].flatMap(list))].sort((a, b) => b.length - a.length);

/** By their first two characters, or the one they are. */
const BY_START: ReadonlyMap<string, readonly string[]> = new Map(
  [...new Set(OPENERS.map((word) => word.slice(0, 2)))].map((start) => [
    start,
    OPENERS.filter((word) => start.startsWith(word) || word.startsWith(start)),
  ]),
);

/** Characters in which the longest opener and the sign behind it stand. */
const REACH = 40;

const isColon = (sign: string): boolean =>
  sign === ':' || sign === '：' || sign === '՝' || sign === '፦' || sign === '៖' || sign === '/' || sign === '／';
/** Between the one character for "text" and a name. */
const isHanMark = (sign: string): boolean => sign === '丨' || sign === '・' || sign === '＝' || sign === '=';

/** The opener that a byline begins with, in lower case; null where it begins with none. */
export function openerOf(byline: string): string | null {
  const label = mayBeLabel(byline.charCodeAt(0)) ? LABELLED_NAME.exec(byline)?.[1] : undefined;
  if (label !== undefined) return label.toLowerCase();
  const posted = MAY_BE_POSTED.has(byline.charCodeAt(0) | 0x20) ? POSTED.exec(byline)?.[0] : undefined;
  if (posted !== undefined) return posted.toLowerCase();
  const lower = byline.slice(0, REACH).toLowerCase();
  return (
    (BY_START.get(lower.slice(0, 2)) ?? BY_START.get(lower.charAt(0)))?.find((word) => {
      if (!lower.startsWith(word)) return false;
      const sign = lower.charAt(word.length);
      const isSpaced = sign === ' ' || sign === '\u00a0';
      const next = isSpaced ? lower.slice(word.length).trimStart().charAt(0) : sign;
      if (isColon(next) || (isHanMark(sign) && HAN.test(word))) return true;
      return isSpaced && !COLON_ONLY.has(word);
    }) ?? null
  );
}

const HAN = /^\p{sc=Han}/u;

/** A reporter's name before the word for one, as Korean papers sign. */
const SIGNED = /^\p{sc=Hangul}{2,4}\s?(?:선임|수습)?(?:기자|특파원)(?=$|[\s=|(])/u;

/** "Autoren Ann Lee und Bo Chen": the word for author, then two words of a name. */
const LABELLED_NAME =
  /^([Aa]uthors?|[Aa]utor(?:in|innen|en|a|es|e|i)?|[Aa]uteure?s?|[Аа]втор(?:ы|и|ка)?)\s\p{Lu}[\p{L}.'’-]{1,20}\s\p{Lu}/u;

/** Whether {@link LABELLED_NAME} may begin so. */
const mayBeLabel = (first: number): boolean => (first | 0x20) === 0x61 || first === 0x410 || first === 0x430;

/** Latin letters stand below this. */
const LATIN = 0x250;

/** "Posted on 3 May 2024 by Ann Lee": content systems of the first decade put the day first. */
const POSTED =
  /^(?:posted|published|submitted|written|created|added) (?:on |at )?(?:[^.!?]|(?<=\d)\.){4,60}? by(?=$|\s)/iu;

const MAY_BE_POSTED = new Set([...'pswca'].map((char) => char.charCodeAt(0)));

/** "记者 王丽华" and "記者王麗華／": the word for reporter before a name of two to four characters, which no colon parts. */
const REPORTER =
  /^[〔【（([]?(?:本报|本網|本网|特约)?(?:记者|記者|通讯员|作者|撰文)(?:\s{1,3}\p{sc=Han}{2,4}(?=$|[\s,，、|])|\p{sc=Han}{2,4}(?:、\p{sc=Han}{2,4}){0,3}[/／])/u;

/** Below this stands no letter of Korean. */
const HANGUL = 0x1100;
const KOREAN = [
  [HANGUL, 0x11ff],
  [0x302e, 0x302f],
  [0x3131, 0x327e],
  [0xa960, 0xa97f],
  [0xac00, 0xd7ff],
  [0xffa0, 0xffdc],
] as const;

/** Marks that stand before a byline. */
const MARK = /^[\s–—|•·+-]{1,5}/u;

/**
 * Whether a line of text opens a byline by itself, or is the word alone that does: `By` before an element with the name.
 *
 * @param line trimmed
 */
export function opensByline(line: string): 'opens' | 'alone' | null {
  const byline = MARKS.has(line.charCodeAt(0)) ? line.replace(MARK, '') : line;
  const first = byline.charCodeAt(0);
  if (first >= HANGUL && (SIGNED.test(byline) || REPORTER.test(byline))) return 'opens';
  if (MAY_BE_POSTED.has(first | 0x20) && POSTED.test(byline)) return 'opens';
  const lower = byline.slice(0, REACH).toLowerCase();
  if (mayBeLabel(first) && LABELLED_NAME.test(byline)) return 'opens';
  const opener = openerOf(lower.length < REACH ? `${lower} ` : lower) ?? (SEEN_ALONE.has(lower) ? lower : null);
  if (opener === null || OTHERS.has(opener)) return null;
  const rest = lower.slice(opener.length).trim();
  if (rest === '') return SEEN_ALONE.has(opener) ? 'alone' : null;
  if (rest === ':' || rest === '：' || rest === '៖') return 'alone';
  if (isColon(rest.charAt(0)) || isHanMark(rest.charAt(0)) || SPACED.has(opener)) return 'opens';
  return null;
}

/** By the first two characters, whether an opener in Latin letters begins so. */
const LATIN_STARTS = new Uint8Array(LATIN * LATIN);
for (const start of OPENERS.map((word) => word.slice(0, 2)).filter((start) => start < '\u0250'))
  LATIN_STARTS[start.charCodeAt(0) * LATIN + start.charCodeAt(1)] = 1;

/** Letters that Latin is set in stand below this, and those of other scripts from here on. */
const BEYOND_LATIN = 0x370;
/** By a letter beyond Latin, whether a byline may begin so, whatever follows. */
const SINGLE_STARTS = new Uint8Array(0x10000);
/** By the first two characters and by the first three, as {@link startOf} numbers them, whether an opener of two or of more does. */
const PAIRS = new Uint8Array(0x8000);
const TRIPLES = new Uint8Array(0x8000);
const startOf = (first: number, second: number, third: number): number => ((first * 61 + second) * 67 + third) & 0x7fff;
const inBothCases = (letter: string): string[] => [...new Set([letter, letter.toUpperCase()])];
for (const start of new Set(OPENERS.map((word) => word.slice(0, 3)))) {
  const [firsts, seconds, thirds] = [0, 1, 2].map((i) => inBothCases(start.charAt(i)).map((c) => c.charCodeAt(0)));
  for (const first of firsts ?? []) {
    if (start.length === 1) SINGLE_STARTS[first] = 1;
    for (const second of seconds ?? []) {
      if (start.length === 2) PAIRS[startOf(first, second, 0)] = 1;
      else for (const third of thirds ?? []) TRIPLES[startOf(first, second, third)] = 1;
    }
  }
}
// White space, behind which a byline may begin, the sign for Kelvin, whose small letter is k, and what REPORTER begins with.
for (const sign of '\u1680\u2028\u2029\u202f\u205f\u3000\ufeff\uffff\u212a本特记記通作撰〔【（')
  SINGLE_STARTS[sign.charCodeAt(0)] = 1;
SINGLE_STARTS.fill(1, 0x2000, 0x200b);
// Letters of Korean, with which SIGNED begins.
for (const [from, to] of KOREAN) SINGLE_STARTS.fill(1, from, to + 1);

const MARKS = new Set([...'–—|•·+-'].map((char) => char.charCodeAt(0)));

/** Whether a text may open a byline, told by three letters: asked of every text of a page. */
export function mayOpenByline(text: string): boolean {
  let start = 0;
  let code = text.charCodeAt(0);
  while (code === 32 || (code >= 9 && code <= 13)) code = text.charCodeAt(++start);
  return mayOpenWith(code, text.charCodeAt(start + 1), text.charCodeAt(start + 2));
}

/** As {@link mayOpenByline}, given the first three characters behind white space; what is none is no letter. */
export function mayOpenWith(first: number, second: number, third: number): boolean {
  if (first === 0xa0 || MARKS.has(first)) return true;
  if (first >= BEYOND_LATIN) {
    if (SINGLE_STARTS[first] === 1) return true;
  } else if (first >= LATIN || second >= LATIN || LATIN_STARTS[small(first) * LATIN + small(second)] !== 1)
    return false;
  // An opener of two letters ends there.
  return (
    TRIPLES[startOf(first, second, third)] === 1 || (PAIRS[startOf(first, second, 0)] === 1 && !isPlainLetter(third))
  );
}

/** The small letter, of ASCII and of Latin-1, where capitals differ by one bit. */
const small = (code: number): number =>
  (code | 0x20) >= 0x61 && (code < 0x80 || code >= 0xc0) && code < 0x100 ? code | 0x20 : code;

const isPlainLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
