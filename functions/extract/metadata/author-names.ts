/**
 * Names out of bylines, in the forms news pages print them. A byline is one line: "By Ann Lee and Bo Chen, Staff
 * Writers | 3 May 2024". Fewer beats wrong: what does not read as a name is left out.
 */
import { isAgency } from './agencies.ts';
import { openerOf } from './byline-openers.ts';
import { findDates } from './dates.ts';
import { isWeekday } from './weekday-names.ts';

/** Characters of a byline that are read; the longest list of real authors seen takes 400. */
const MAX_BYLINE = 600;
const MAX_NAMES = 20;
const MAX_NAME_LENGTH = 80;
const MAX_NAME_WORDS = 7;

const CREDENTIAL =
  /^(?:jr|sr|ii|iii|iv|md|m\.?\s?d|ph\.?\s?d|dphil|d\.?o|rd|rdn|ldn|ms|m\.?s|ma|m\.?a|mba|msc|m\.?sc|bsc|ba|b\.?a|mph|mw|rn|np|pa-?c|dds|dmd|dvm|esq|cfa|cfp|cpa|cscs|cpt|facs|facp|faclm|llm|ll\.?m|jd|j\.?d|edd|psyd|lcsw|lmft|pharmd|dnp|fnp|dpt|obe|mbe|cbe|kc|qc|mp|ne|fand|cdn|cde|cdces|psp|cpp|vmd|dvm|dabom|pharm\.?d|mba|ibclc|e-ryt 200|ryt)\.?$/iu;

const ROLE =
  /(?:^|[\s(])(?:editor|editors|writer|writers|reporter|reporters|correspondent|correspondents|contributor|contributors|journalist|columnist|author|producer|photographer|photography|staff|chief|manager|director|officer|founder|co-founder|ceo|cto|cmo|president|professor|lecturer|expert|specialist|consultant|strategist|analyst|intern|fellow|editorial|bureau|assistant|associate|senior|junior|head|lead|guest|special to|for the|redakteur|redakteurin|redaktion|korrespondent|korrespondentin|reporterin|journalistin|autorin|chefredakteur|chefredakteurin|volontär|volontärin|ressortleiter|ressortleiterin|leiter|leiterin|geschäftsführer|geschäftsführerin|journaliste|rédacteur|rédactrice|correspondant|correspondante|envoyé|envoyée|envoyés|envoyées|spéciaux|spéciales|spécial|spéciale|redactor|redactora|corresponsal|periodista|enviado|enviada|giornalista|redattore|redattrice|inviato|corrispondente|jornalista|repórter|редактор|корреспондент|журналист|обозреватель|dziennikarz|dziennikarka|redaktor|redaktorka|muhabir|muhabiri|editörü|toimittaja|journalisten|verslaggever|redacteur)(?:$|[\s),:])/iu;

const PLACEHOLDER =
  /^(?:null|none|undefined|nan|n\/?a|anonymous user|\[?object object\]?|unknown author|no author|not specified|default|array|test|user|guest author|author|by|von|written by|written|reviewed by|wp_admin|super ?user|site ?admin|webmaster|wordpress|posted by|writer|authors?|more|follow|share|subscribe|read more|see more|full bio|view all posts|view profile|comments?|last updated|updated|published|posted|home|profile|twitter|facebook|instagram|linkedin|email)$/iu;

const LOWER_PARTICLES = new Set(
  'von van de der den del della di da do dos das du la le el al bin ibn ben bint zu zur vom ten ter y e of the af av abu mac st san dit'.split(
    ' ',
  ),
);

/** Separators that always part names, and words that do so where names stand on both sides. */
const HARD_SPLIT = /[;|｜•·●⋅∙‧⁃■★†*\n\r\t、，；؛]|\s[/–—»-]\s|\s{3,}/u;
const WORD_SPLIT =
  /\s(?:and|und|et|y|e|i|и|та|og|och|en|ja|és|ve|dan|và|și|și|şi|ir|un|a|και|ו|و|with|mit|avec|con|na|va|və|ja|und|та|й|או|اور|और|ও|এবং|மற்றும்|และ|და|և|እና|ਅਤੇ|અને|మరియు|ಮತ್ತು|आणि|र|සහ|និង|ແລະ|နှင့်|eta|agus|kaj|dhe|iyo|және|&|\+)\s/iu;
/** "And" before the second of two full names, which Arabic and Hebrew write as a part of it; some names begin so. */
const GLUED_AND =
  /(?<=[^\s,] [^\s,]{2,20} )(?:و(?!ليد|ائل|فاء|سام|جدي|حيد|رد|هيب|ديع|سيم|لاء|عد|داد|جيه|اصف|ضاح)(?=[\u0621-\u064a]{3,20} [\u0621-\u064a]{2,20}(?: |$|,|،))|ו(?!רד|יקטור|יקי|לדימיר|לרי|ונדה)(?=[\u05d0-\u05ea]{2,20} [\u05d0-\u05ea'-]{2,20}(?: |$|,)))/gu;
const SAFE_WORDS = new Set([
  'and',
  'und',
  'et',
  '&',
  'och',
  'og',
  'και',
  'и',
  'và',
  'és',
  've',
  'with',
  'اور',
  'और',
  'ও',
  'এবং',
  'மற்றும்',
  'และ',
  'და',
  'և',
  'እና',
  'ਅਤੇ',
  'અને',
  'మరియు',
  'ಮತ್ತು',
  'आणि',
  'සහ',
  'និង',
  'ແລະ',
  'နှင့်',
  'kaj',
]);

function squash(text: string): string {
  return text.replace(/[\s\u00a0\u200b-\u200f\ufeff]+/gu, ' ').trim();
}

/** "〔記者王麗華／台北報導〕": the word for reporter right before the names, and what they did behind a slash. */
const TAIWANESE = /^[〔【（([]?記者(\p{sc=Han}{2,4}(?:[、，]\p{sc=Han}{2,4}){0,3})[/／]\p{sc=Han}{0,6}[〕】）)\]]?/u;

/** "by" in languages where it is a part of names as well, before two names: "de Ioana Munteanu". */
const LONE_PARTICLE = /^(?:da|de|od|oleh) (?=\p{Lu}\p{Ll}{1,20} \p{Lu}\p{Ll})/u;

/** "by" in languages where other languages have a name or another word: "Na Amina Salum", "Per Montserrat Puig". */
const OWN_BY: Readonly<Record<string, string>> = {
  af: 'deur',
  ca: 'per',
  cy: 'gan',
  ga: 'le',
  is: 'eftir',
  lb: 'vun',
  mt: 'minn',
  sq: 'nga',
  sw: 'na',
  tl: 'ni',
};

/** "and" in languages where other languages have a word that leads to a place. */
const OWN_AND: Readonly<Record<string, RegExp>> = { sl: / in (?=\p{Lu})/u, tl: / at (?=\p{Lu})/u };

/** A byline without the words of its own language for "by" and "and", which mean something else in others. */
export function withoutOwnWords(byline: string, language: string | null): string {
  const tag = language?.toLowerCase().split('-')[0] ?? '';
  const by = OWN_BY[tag];
  const text =
    by !== undefined && byline.slice(0, by.length + 1).toLowerCase() === `${by} `
      ? byline.slice(by.length + 1)
      : byline;
  const and = OWN_AND[tag];
  return and === undefined ? text : text.replace(and, ' & ');
}

/** Drops `By`, `Von`, `Autor:` and their like from the start, more than once where they are stacked. */
export function stripOpener(byline: string): { rest: string; opener: string | null } {
  let rest = byline.trim();
  let opener: string | null = null;
  for (let rounds = 0; rounds < 3; rounds++) {
    const match = openerOf(rest);
    if (match === null) break;
    const stripped = rest.slice(match.length).replace(/^[\s:：՝፦៖/／丨|・＝=]{1,10}/u, '');
    if (stripped === '') break;
    opener ??= match;
    rest = stripped;
  }
  return { rest, opener };
}

/** A byline up to where it goes on with reviewers, photographers or editors. */
export function authorsPart(text: string): string {
  const others = text.includes(':') || BY.test(text) ? text.search(OTHERS) : -1;
  return others < 0 ? text : text.slice(0, others);
}

/** Puts a bar in place of each date, for names stand before it on some pages and behind it on others. */
function partAtDates(text: string): string {
  const found = findDates(text, { asOf: new Date(Date.UTC(2200, 0, 1)), language: null });
  let rest = text;
  for (const { start, end } of found.reverse()) rest = `${withoutWeekday(rest.slice(0, start))} | ${rest.slice(end)}`;
  return rest;
}

/** Whatever stands before a date without the day of the week at its end. */
function withoutWeekday(text: string): string {
  const before = text
    .slice(-40)
    .split(/[\s,]+/u)
    .filter(Boolean);
  for (const count of [2, 1]) {
    const last = before.slice(-count);
    if (last.length === count && isWeekday(last.join(' '))) return text.slice(0, text.lastIndexOf(last[0] as string));
  }
  return text;
}

/** What {@link OTHERS} holds behind its first word unless it holds a colon, and hardly any name does. */
const BY = /.(?:by|von)\s/is;

/** What follows names others than the authors: reviewers, photographers, editors. */
const OTHERS =
  /(?:(?:medically|clinically|expert|legally|technically)\s)?(?:reviewed|edited|fact[- ]checked|approved|photographed|illustrated|produced|translated)\s?(?:&\s?\w+\s)?by[\s:]|\b(?:photos?|photography|photographs?|illustrations?|videos?|graphics?|images?)\sby[\s:]|\b(?:fotos?|bilder|illustration(?:en)?|grafik(?:en)?)\svon\s|(?:fotos?|bilder?|übersetzung|redaktion|foto|illustrations?|pictures|photographs?|photos?|photography|фото|zdjęcia)\s?:/iu;

function words(name: string): string[] {
  return name.split(' ').filter(Boolean);
}

/** Whether the name holds a word of a role, such as "Senior Editor". */
export function namesRole(name: string): boolean {
  return ROLE.test(name);
}

/**
 * Words of page furniture and of sections, which stand capitalized beside bylines and look like names. None of them is a
 * name of a person in four corpora.
 */
const FURNITURE = new Set(
  `share size print page pages view views all read reading more articles article artikel alle posts post library program
   programs download downloads wiki news newsletter newsletters table contents content text link links web website design
   finance strategy forum premium dashboard video videos podcast podcasts licensed certified registered submit book books
   free meetings overview critical friday monday tuesday wednesday thursday saturday sunday update updates updated weekly
   daily indoor outdoor plants training workout report reports project management corporate relocation travel fashion
   sustainable personal business real estate health lifestyle fitness key takeaways highlights top best guide guides
   started application applications requirements solutions hub company companies insurance suche ihre zitat mehr weitere
   bilder foto fotos galerie thema themen startseite plattform immutable search about contact menu home blog blogs
   what when where how why last modified published posted created diseases infectious minutes mins hours days ago image photo photos`.split(
    /\s+/u,
  ),
);

/** "Б.Оюунчимэг", as Mongolian papers sign: the initial of the father's name before one's own. */
const INITIALED = /^\p{Lu}\.\p{Lu}[\p{Ll}-]{2,20}$/u;

/** Whether two or more words stand there that each read as part of a person's name. */
export function looksLikePerson(name: string): boolean {
  const parts = words(name);
  if (name.length > 60 || parts.length > 6) return false;
  if (/[\d@#<>{}[\]?!:;=_*%$€£"“”„«»။।。]/u.test(name)) return false;
  if (/^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}·・ ]+$/u.test(name)) {
    return name.replace(/\s/gu, '').length >= 2 && name.length <= 12;
  }
  if (parts.length < 2) return INITIALED.test(name);
  if (isAgency(name) || parts.some((part) => FURNITURE.has(part.toLowerCase()))) return false;
  const cased = /[\p{Lu}\p{Lt}]/u.test(name);
  return parts.every((part) => {
    if (LOWER_PARTICLES.has(part.toLowerCase())) return true;
    if (!/\p{L}/u.test(part)) return false;
    return cased
      ? /^[\p{Lu}\p{Lt}\p{Lo}(]/u.test(part) || /^(?:d|l|o|al-|el-|'t|’t)['’-]?\p{Lu}/u.test(part)
      : /^[\p{Lo}\p{sc=Georgian}]/u.test(part);
  });
}

/** Words that open a place, an employer or a role behind a full name: "Ann Lee in Rome", "Ann Lee Senior Editor". */
const REMARKS = new Set(
  `for in aus à en w reports is has was ist at @ from via für bei pour per updated published posted last on am le um sagt says im with
   former senior junior staff editor editors chief redaktion redakteur redakteurin special contributing contributor journalist
   reporter correspondent korrespondent korrespondentin director founder co-founder author writer freelance
   autor autorin managing associate assistant deputy executive ceo producer photographer min minutes read view follow share
   twitter email behalf`.split(/\s+/u),
);
/** Words that no name ends with. */
const TRAILING = new Set([
  'at',
  'on',
  'am',
  'um',
  'in',
  'le',
  'el',
  'il',
  'den',
  'der',
  'im',
  'by',
  'von',
  'for',
  '-',
  '–',
  '·',
  'and',
  'und',
  'et',
  '&',
]);

function withoutRemark(name: string): string {
  const parts = words(name);
  if (/^the$/iu.test(parts[0] ?? '')) return name;
  const cut = parts.findIndex((part, index) => index >= 2 && (REMARKS.has(part.toLowerCase()) || /^\d/u.test(part)));
  let end = cut < 0 ? parts.length : cut;
  while (end > 1 && TRAILING.has((parts[end - 1] ?? '').toLowerCase())) end--;
  return parts.slice(0, end).join(' ');
}

/** "Author Ann Lee" is a label and a name, "Author House" is a name. */
const LABELS =
  /^(?:author|authors|autor|autorin|autoren|autorinnen|auteur|auteurs|autore|autori|autora|autores|автор|авторы|writer|words|text|verfasser|byline|redaktion)\s(?=\S+\s\S)/iu;

function cleanName(raw: string): string {
  let name = squash(raw).replace(LABELS, '');
  name = name.replace(/^[\s,.:|•·*~()[\]{}<>\-–—_/"“”„'‘]{1,20}/u, '');
  // A remark in parentheses is a role or a handle.
  const bracket = name.search(/[([{]/u);
  if (bracket > 0) name = name.slice(0, bracket);
  name = withoutRepeat(withoutAgency(withoutRemark(name)));
  name = name.replace(/\s(?:기자|특파원|論説委員|記者|记者)$/u, '').replace(/(?<=^\p{sc=Han}{2,4})(?:記者|记者)$/u, '');
  name = name.replace(/(?<=[\p{Ll}\p{Lo}\p{Lu}]{2})\.$/u, (dot) => (/\b(?:jr|sr|md|dr)\.$/iu.test(name) ? dot : ''));
  for (let end = name.length; ; end--) {
    if (end > 0 && /[\s,:|•·*~\])}<>\-–—_/"“”„'’]/u.test(name.charAt(end - 1))) continue;
    return name.slice(0, end);
  }
}

/** "Ann Lee The Associated Press" is Ann Lee. */
function withoutAgency(name: string): string {
  const parts = words(name);
  for (let tail = 3; tail >= 1; tail--)
    if (parts.length - tail >= 2 && isAgency(parts.slice(-tail).join(' '))) return parts.slice(0, -tail).join(' ');
  return name;
}

/** The name beside a portrait stands twice: in its description and below. */
function withoutRepeat(name: string): string {
  const parts = words(name);
  const half = parts.length / 2;
  const first = parts.slice(0, half).join(' ');
  return half >= 2 && Number.isInteger(half) && first === parts.slice(half).join(' ') ? first : name;
}

/** What stands in elements named author and is no name: "5 min", "2 days ago", "Jun 2". */
const MEASURE =
  /^(?:\d+\s?(?:min|mins|minutes?|minuten|hours?|hrs?|stunden?|days?|tagen?|weeks?|wochen?|months?|monaten?|years?|jahren?)\.?(?:\s\p{L}+)?|\p{L}{3,9}\.?\s\d{1,2}(?:\s.{1,20})?)$/iu;

function acceptable(name: string): boolean {
  if (MEASURE.test(name) || isWeekday(name)) return false;
  if (name.length < 2 || name.length > MAX_NAME_LENGTH || words(name).length > MAX_NAME_WORDS) return false;
  if (!/\p{L}/u.test(name) || PLACEHOLDER.test(name) || TRAILING.has(name.toLowerCase())) return false;
  return !/^(?:https?:|www\.|@)/iu.test(name) && !/[<>{}\\]/u.test(name);
}

function splitWords(part: string): string[] {
  const found = WORD_SPLIT.exec(part);
  if (!found) return [part];
  const left = part.slice(0, found.index);
  const right = part.slice(found.index + found[0].length);
  const word = found[0].trim().toLowerCase();
  const long = words(left).length >= 2 && words(right).length >= 2;
  // Georgian letters count as small ones, and no name opens with another.
  const capital = /^(?:[^\p{Ll}]|\p{sc=Georgian})/u.test(right.trim());
  const both = words(left).length === 1 && words(right).length === 1;
  if (capital && (long || (SAFE_WORDS.has(word) && (!both || word === 'and' || word === '&')))) {
    return [left, ...splitWords(right)];
  }
  const rest = splitWords(right);
  return [part.slice(0, part.length - right.length) + rest[0], ...rest.slice(1)];
}

/**
 * Splits and cleans a byline into the names it states, in order: openers, roles, dates, addresses and remarks go,
 * credentials and "Jr." stay with their name.
 *
 * @param byline one line as printed or as markup states it; only its first 600 characters are read
 * @param language of the page, BCP 47, where it is known: "per" opens a byline in Catalan and is a name in Swedish
 * @returns names without duplicates, at most 20; bodies and agencies are kept, see {@link personsFirst}
 */
export function splitByline(byline: string, language: string | null = null): string[] {
  let text = byline
    .slice(0, MAX_BYLINE)
    .normalize('NFC')
    .replace(/[\u200b-\u200f\ufeff]/gu, '')
    .replace(/^\s{0,3}[+•·»–—-]\s{1,3}/u, '');
  // An address has a dot or two slashes, and hardly any byline has.
  if (text.includes('.') || text.includes('//')) {
    text = text
      .replace(/(?:https?:\/\/|www\.)[^\s,;|]{1,300}/giu, ' ')
      .replace(/[^\s,;|()<>]{1,80}@[^\s,;|()<>]{1,80}\.[^\s,;|()<>]{2,30}/giu, ' ');
  }
  if (/[\u05d0-\u05ea\u0621-\u064a]/u.test(text)) text = text.replace(GLUED_AND, ' $& ');
  text = withoutOwnWords(text.trimStart().replace(LONE_PARTICLE, '').replace(TAIWANESE, '$1'), language);
  text = partAtDates(authorsPart(text).replace(/[ \u00a0]+/gu, ' '));
  const names: string[] = [];
  for (const chunk of text.split(HARD_SPLIT)) {
    const { rest: line, opener } = stripOpener(chunk);
    // "记者 王丽华 陈志强" are two, while Japanese names have a space within.
    const rest =
      opener !== null && /[记讯]/u.test(opener) ? line.replace(/(?<=\p{sc=Han}{2}) (?=\p{sc=Han}{2})/gu, ',') : line;
    let sawPerson = false;
    for (const segment of rest.split(/,(?!\d)/u)) {
      const piece = squash(segment);
      if (piece === '') continue;
      const last = names.at(-1);
      // Behind one known degree, further capitals are degrees too: "MS, RDN, LD".
      const degree =
        CREDENTIAL.test(piece) || (/^[A-Z][A-Za-z.]{0,4}[A-Z.]$/u.test(piece) && last?.includes(', ') === true);
      if (degree && last !== undefined && sawPerson) {
        names[names.length - 1] = `${last}, ${piece}`;
        continue;
      }
      const unled = piece.replace(/^(?:and|und|et|y|e|&|und|mit|with)\s/iu, '');
      if (ROLE.test(unled) && (sawPerson || names.length > 0)) continue;
      for (const part of splitWords(unled)) {
        const name = cleanName(stripOpener(part).rest);
        if (!acceptable(name)) continue;
        // A phrase in small letters behind a name is a remark; pen names stand alone.
        if (
          names.length > 0 &&
          /^(?!\p{sc=Georgian})\p{Ll}+\s\p{Ll}/u.test(name) &&
          !LOWER_PARTICLES.has(words(name)[0] ?? '')
        )
          continue;
        // Behind a full name a lone word is a place or an employer.
        if (sawPerson && words(name).length === 1 && !/\p{Lo}/u.test(name)) continue;
        if (words(name).length >= 2) sawPerson = true;
        names.push(name);
      }
    }
  }
  const seen = new Set<string>();
  return names
    .filter((name) => {
      const key = name.toLowerCase();
      return seen.has(key) ? false : seen.add(key);
    })
    .slice(0, MAX_NAMES);
}

/** Leaves agencies, desks and the site itself out where persons are named beside them. */
export function personsFirst(names: readonly string[], siteNames: readonly string[] = []): string[] {
  const bodies = new Set(siteNames.map((name) => name.toLowerCase()));
  const persons = names.filter(
    (name) => !isAgency(name) && !bodies.has(name.toLowerCase()) && !/^(?:redaktion|staff|newsroom)$/iu.test(name),
  );
  return persons.length > 0 ? persons : [...names];
}
