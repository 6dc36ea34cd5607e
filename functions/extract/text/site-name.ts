import type { Choice } from './choose-lines.ts';
import type { Survey } from './features.ts';
import type { Found } from './found.ts';

const LONGEST_NAME = 50;
const MOST_WORDS = 6;
const CONNECTORS = new Set([
  'of',
  'the',
  'de',
  'la',
  'le',
  'and',
  '&',
  'der',
  'die',
  'das',
  'for',
  'in',
  'on',
  'du',
  'del',
]);
/** That nobody else may print it, which many put right behind the owner's name. */
const RESERVED =
  /[\s,.|–-]{0,3}(?:all rights|alle rechte|tous droits|todos (?:los derechos|os direitos)|tutti i diritti|все права|wszelkie prawa|všechna práva|tüm hakları|bản quyền|無断|无断|版权|版權|保留|著作權|무단|सर्वाधिकार|جميع الحقوق|riproduzione riservata|reproduction (?:interdite|réservée)|reproducción prohibida|reprodução proibida|nachdruck|كل الحقوق|تمامی حقوق|สงวน|ห้าม)/iu;
/** "Press TV’s website": who speaks of a website in the possessive speaks of his own. */
const OWN = /['’]s? (?:website|web site|site|newsletter|app|mobile app)\b/;

/**
 * The site's name where the text below the body tells it.
 *
 * @param authors names that are no site's
 */
export function findSiteName(survey: Survey, choice: Choice, authors: readonly string[]): Found<string> | null {
  // "Follow Ann Lee on …" is said of an author as well.
  const persons = new Set(authors.map((name) => name.toLowerCase()));
  for (let i = choice.last + 1; i < survey.lines.length; i++) {
    const name = nameIn((survey.lines[i]?.text ?? '').slice(0, 200));
    if (name !== null && !persons.has(name.toLowerCase())) return { value: name, line: i };
  }
  return null;
}

function nameIn(text: string): string | null {
  const own = text.includes('site') || text.includes('newsletter') || text.includes(' app') ? OWN.exec(text) : null;
  if (own) return wholeName(text.slice(0, own.index));
  if (/^(?:©|copyright\b|\(c\))/i.test(text)) {
    const owner = text
      .replace(/^(?:\s|©|copyright\b|\(c\)|by\b|,|\d{4}|[-–])+/i, '')
      .split(RESERVED)[0]
      ?.split(/[.,|]| - /)[0];
    // The year stands on either side of the owner: "© 2026 Harbour Courier", "© Harbour Courier 2024–2026".
    return wholeName((owner ?? '').replace(/(?:[\s,–-]{1,3}\d{4})+\s*$/, '').trim());
  }
  const followed = /^Follow ([^|]{2,60}?) on\b/.exec(text)?.[1];
  return followed === undefined ? null : wholeName(followed);
}

/** The text itself where it reads as one name: capitalized words and the little ones between them. */
function wholeName(text: string): string | null {
  const words = text.split(' ');
  if (text.length < 2 || text.length > LONGEST_NAME || words.length > MOST_WORDS) return null;
  const named = words.every((word, at) => /^[\p{Lu}\p{Lo}\d]/u.test(word) || (at > 0 && CONNECTORS.has(word)));
  return named && /^[\p{Lu}\p{Lo}]/u.test(text) && !/^(?:Us|Me|Our|Your|The|This)$/.test(text) ? text : null;
}
