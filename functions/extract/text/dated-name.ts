import { looksLikePerson, splitByline, withoutOwnWords } from '../metadata/author-names.ts';
import { type DateHints, findDates } from '../metadata/dates.ts';
import { saysChanged, unglued } from './date-line.ts';

/** Words of a line that is no more than a name and a day, with a category or a count of comments. */
const MOST_WORDS = 22;
/** A day told from today, or how long the reading takes, which stand in the same place. */
const AGO =
  /(?:\|\s?)?(?:(?:published|posted|updated|vor) )?(?<!\d)\d{1,2} ?(?:min|minutes?|hours?|hrs?|days?|weeks?|months?|years?|stunden?|tagen?)\b/iu;
/** What stands between a name and a day, or between a name and what follows it. */
const LEADING = /^(?:[\s,.:|/•·–—-]|(?:uhr|by|von|par|por|di|de|av|af|door|od|autor)(?=\s|:)){1,12}/iu;
const SIGN = /\s?[|•·/]\s?|\s[–—-]\s|\s(?=\d)|[\s,]+(?:am|vom|on|le|el|il|den|at|um|på|dne)\s*$/u;
/** First words of the names of towns, which press releases print before the day as others print names. */
const TOWNS =
  /^(?:new|san|santa|santo|los|las|saint|st\.?|são|buenos|hong|tel|rio|el|la|le|den|bad|port|cape|north|south|east|west|kuala|addis|abu|mexico|fort|palm|salt|baton|des|ho|phnom|nové|nizhny)\s/iu;
const SPELLED = /^[\p{L}\p{M}.'’ -]{1,60}$/u;
const LONGEST_SAID = 200;
const FEWEST_NAME_WORDS = 2;
const MOST_NAME_WORDS = 3;

/**
 * Who is named right beside the day that a line states, as blogs and papers print it: `Ann Lee, 3 May 2026`,
 * `03.05.2026 | 15:33 Uhr | Ann Lee`, `3 May 2026 by Ann Lee 5 comments`.
 *
 * @returns no names where anything else stands beside the day
 */
export function namesBesideDay(line: string, hints: DateHints): string[] {
  const text = unglued(line);
  if (text.split(' ', MOST_WORDS + 1).length > MOST_WORDS) return [];
  const dates = findDates(text, hints);
  const ago = dates.length === 0 ? AGO.exec(text) : null;
  const start = dates[0]?.start ?? ago?.index;
  const end = dates.at(-1)?.end ?? (ago === null ? 0 : ago.index + ago[0].length);
  if (start === undefined) return [];
  const before = bare(text.slice(0, start));
  const behind = text.slice(end);
  // Behind the word for a byline one word is a name too.
  if (before === '' && /^[\s,|•·–—-]{0,4}(?:by|von|par|por)\s/iu.test(behind)) {
    const [name = ''] = splitByline(bare(behind).replace(/ in .{1,100}$/u, ''));
    return name !== '' && name.split(' ').length <= MOST_NAME_WORDS ? [name] : [];
  }
  // "The Saltmere Post / by Ann Lee / 3 May 2026": who is said to have written it, whatever stands before.
  const said = /[/|•·] (?:words )?(?:written )?(?:by|von|par|por) (\S[^/|•·]{1,60}?)(?: [/|•·]|$)/iu.exec(
    text.slice(0, LONGEST_SAID),
  )?.[1];
  if (said !== undefined) return splitByline(said).slice(0, MOST_NAME_WORDS);
  // Where a section stands before the day, the name stands behind it.
  for (const beside of before === '' ? [behind] : [before, behind]) {
    const names = splitByline(withoutOwnWords(beside === behind ? bare(behind) : beside, hints.language ?? null));
    // What had to be parted is the name of a firm or a site: EcoFlow.
    if (names.length > 0 && names.every((name) => isName(name) && line.includes(name))) return names;
  }
  return [];
}

/** What stands in one piece at the beginning of some text, without what opens it. */
function bare(text: string): string {
  return (text.replace(LEADING, '').split(SIGN)[0] ?? '').trim();
}

/** A Korean name: one of the commonest family names, and two syllables that end in no word for a desk. */
const KOREAN =
  /^[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국]\p{sc=Hangul}(?![부팀면판국실계])\p{sc=Hangul}$/u;

/** A Chinese name: one of the commonest family names and two characters, the last of which ends no name of a place or a house. */
const CHINESE =
  /^[王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅郑鄭梁谢謝宋唐许許邓鄧冯馮韩韓曹曾彭萧蕭蔡潘田董袁于余叶葉蒋蔣杜苏蘇魏程吕呂丁沈任姚卢盧傅钟鍾姜崔谭譚廖范汪陆陸金石戴贾賈韦韋夏邱方侯邹鄒熊孟秦白江阎閻薛尹段雷黎史龙龍陶贺賀顾顧毛郝龚龔邵万萬钱錢严嚴赖賴洪武莫孔]\p{sc=Han}(?![省市县縣区區镇鎮村网網报報社部界版台圈业業经經学學史会會院])\p{sc=Han}$/u;

function isName(name: string): boolean {
  if (KOREAN.test(name) || CHINESE.test(name)) return true;
  const count = name.split(' ').length;
  return (
    count >= FEWEST_NAME_WORDS &&
    count <= MOST_NAME_WORDS &&
    SPELLED.test(name) &&
    looksLikePerson(name) &&
    !TOWNS.test(name) &&
    !saysChanged(name)
  );
}
