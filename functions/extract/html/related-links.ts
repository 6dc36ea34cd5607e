import type { Box, Boxes } from './boxes.ts';
import type { Page, Segment } from './page.ts';

/** Characters that what announces a link has at most, with the signs around it. */
const LONGEST_LABEL = 40;
/** Words of a block that is one or a few titles. */
const MOST_WORDS = 40;
/** Share of the letters behind the announcement that must be links. */
const LINKED = 0.85;

/** What announces links to other articles, at the start of a label and in lower case. */
const ANNOUNCEMENT = new RegExp(
  `^(?:${[
    '(?:can |must )?(?:also |further |related |recommended |required |suggested )?(?:read|reads|reading|watch)',
    'related|more|see also|see more',
    'les også|les mer|läs också|läs mer|läs även|læs også|læs mere|lue myös|lue lisää',
    'lees ook|lees meer|lees verder|lesen sie|lest auch|auch interessant|mehr zum thema|mehr dazu|mehr lesen',
    'lire aussi|à lire|voir aussi|lea también|lea más|lea aquí|lea además|leer también|leer más',
    'le puede interesar|te puede interesar|ver también|ver más|leia também|leia mais|veja também|veja mais',
    'leggi anche|czytaj też|czytaj także|czytaj więcej|zobacz też|zobacz także|čtěte také|čtěte více',
    'baca juga|baca lagi|читайте также|читайте також|по теме|xem thêm|関連記事|もっと読む|あわせて読みたい',
    'ver também|llegeix també|loe ka|loe veel|lasi arī|lasi vairāk|skaitykite taip pat|skaityti daugiau|taip pat skaitykite',
    'olvassa el(?: ezt)? is|olvasd el|kapcsolódó cikkek?|citește și|citeşte şi|vezi și|mohlo by vás zajímat|prečítajte si',
    'pročitajte (?:još|i)|прочитајте (?:још|и)|прочетете (?:още|и)|вижте (?:още|и)|още по темата|διαβάστε (?:επίσης|ακόμη|και)',
    'ayrıca okuyun|bunu da okuyun|ilgili haber(?:ler)?|اقرأ (?:أيضا|أيضًا|أيضاً|المزيد)|بیشتر بخوانید|مطالب مرتبط|קראו (?:גם|עוד)',
    'یہ بھی پڑھیں|مزید پڑھیں|यह भी पढ़ें|ये भी पढ़ें|और पढ़ें|আরও পড়ুন|மேலும் படிக்க|อ่าน(?:เพิ่มเติม|ต่อ)|함께 (?:읽기|보기)|관련 ?기사',
    '延伸阅读|延伸閱讀|相关阅读|相關閱讀|相关新闻|soma (?:pia|zaidi)|წაიკითხეთ (?:აგრეთვე|ასევე)|կարդացեք նաև|ያንብቡ',
    'you (?:might|may) (?:also )?like|more from|das könnte sie (?:auch )?interessieren|das könnte dich (?:auch )?interessieren|vous aimerez aussi',
    'potrebbe interessarti|ti potrebbe interessare|quizás le interese|może cię zainteresować|вам может быть интересно|вас може зацікавити',
    'preberite (?:še|tudi)|beri tudi|прочитајте и|lexo(?:ni)? (?:edhe|gjithashtu)|lesa(?:ð)? einnig|irakurri (?:ere|gehiago)|le tamén|lês ek',
    'lees gerus|juga baca|basahin din|həmçinin oxuyun|shuningdek o.qing|тағы оқыңыз|мөн унших|akhri sidoo kale|karanta kuma|vidu ankaŭ|legu ankaŭ',
    'हेही वाचा|यो पनि पढ्नुहोस्|આ પણ વાંચો|ఇది కూడా చదవండి|ಇದನ್ನೂ ಓದಿ|ഇതും വായിക്കുക|ਇਹ ਵੀ ਪੜ੍ਹੋ|මෙයත් කියවන්න|ဆက်လက်ဖတ်ရှုရန်|អានបន្ត|ອ່ານເພີ່ມ',
    'ilginizi çekebilir|संबंधित खबरें|ข่าวที่เกี่ยวข้อง|tin liên quan|berita terkait|artikel terkait|habari zinazohusiana|ተያያዥ ዜናዎች',
  ].join('|')})(?![\\p{L}\\p{M}\\p{N}])`,
  'u',
);

/**
 * "Read also: Ferries return", where all behind the colon is links: a way to another article between two paragraphs of
 * this one. They stand in the same boxes and bear the same names as the paragraphs, so that only their wording tells.
 */
export function dropRelatedLinks(segments: readonly Segment[], boxes: Boxes, keep: Uint8Array): void {
  for (let i = 0; i < segments.length; i++) {
    if (keep[i] === 0) continue;
    const segment = segments[i] as Segment;
    const { form, words, linkLetters, letters, text } = segment;
    if (linkLetters === 0 && headsLinks(segments, keep, i)) keep[i] = 0;
    if (form !== 'flow' || linkLetters === 0 || words > MOST_WORDS) continue;
    if (boxes.heading[segment.box] !== 0) continue;
    const label = labelOf(text);
    if (label === null || !ANNOUNCEMENT.test(label)) continue;
    // As letters are counted: all that is no white space, and the sign behind the label.
    const announcing = label.replace(/\s/gu, '').length + 1;
    if (linkLetters >= LINKED * (letters - announcing)) keep[i] = 0;
  }
}

/** Words of what is a paragraph for sure, behind which lists of links are no part of the text. */
const PARAGRAPH_WORDS = 12;
/** Lines of links from which a block with a label above them is a list of other articles. */
const LINK_LINES = 2;
/** Words and characters of the label above. */
const LINES_LABEL = { words: 5, characters: 40 } as const;

/** Drops lists of other articles behind the last paragraph: a block that is a label with lines of links below. */
export function dropLabelledLists(segments: readonly Segment[], keep: Uint8Array): void {
  for (let i = segments.length - 1; i >= 0; i--) {
    if (keep[i] === 0) continue;
    const segment = segments[i] as Segment;
    if (segment.words > PARAGRAPH_WORDS && 2 * segment.linkLetters < segment.letters) return;
    if (segment.linkLetters > 0 && isLabelledList(segment)) keep[i] = 0;
  }
}

/** Whether a block is a few words without a link, and below them lines that are links: old pages part both by line breaks. */
function isLabelledList({ form, text, letters, linkLetters, anchors }: Segment): boolean {
  const lines = form === 'flow' && anchors !== null && anchors.length >= LINK_LINES ? text.split('\n', 30) : [];
  const label = lines[0];
  if (label === undefined || lines.length <= LINK_LINES || label.length > LINES_LABEL.characters) return false;
  if (label.split(' ').length > LINES_LABEL.words || /[.!?…。]$/u.test(label)) return false;
  if (anchors === null || anchors.length < lines.length - 1) return false;
  const own = label.replace(/\s/gu, '').length;
  return linkLetters >= LINKED * (letters - own) && linkLetters < letters - own / 2;
}

/** Whether a block is nothing but an announcement, with nothing but links behind it that are not kept. */
function headsLinks(segments: readonly Segment[], keep: Uint8Array, i: number): boolean {
  const next = segments[i + 1];
  if (next === undefined || keep[i + 1] === 1 || next.letters === 0 || next.linkLetters < LINKED * next.letters)
    return false;
  const { text } = segments[i] as Segment;
  if (text.length > LONGEST_LABEL) return false;
  const label = text.toLowerCase().replace(/[\s:…»]{1,3}$/u, '');
  return ANNOUNCEMENT.exec(label)?.[0] === label;
}

/** What stands before the first colon, bar, arrow or line break, in lower case and from its first letter on; null where none is near. */
function labelOf(text: string): string | null {
  const start = text.slice(0, LONGEST_LABEL);
  const end = start.search(/[:|»：՝\n]/u);
  if (end < 1) return null;
  const first = start.search(/[\p{L}\p{N}]/u);
  return first === -1 || first > end ? null : start.slice(first, end).trim().toLowerCase();
}

/** Blocks of the largest box of links, and words of a title. */
const LINK_BOX = { blocks: 12, words: 3 } as const;

/** A heading that shares its box with nothing but links to other articles, none of which is kept, is their label. */
export function dropHeadingsOfLinks({ segments, boxes }: Page, keep: Uint8Array): void {
  for (let i = 0; i + 1 < segments.length; i++) {
    if (keep[i] === 0 || keep[i + 1] === 1) continue;
    const { box } = segments[i] as Segment;
    if (boxes.heading[box] === 0 || boxes.first[box] !== i) continue;
    const around = boxes.parent[box] as Box;
    const end = boxes.end[around] as number;
    if (around <= 0 || boxes.first[around] !== i || end - i > LINK_BOX.blocks || end < i + 2) continue;
    const others = segments.slice(i + 1, end);
    if (
      others.every(
        ({ index, words, letters, linkLetters }) =>
          keep[index] === 0 && words >= LINK_BOX.words && linkLetters >= LINKED * letters,
      )
    )
      keep[i] = 0;
  }
}
