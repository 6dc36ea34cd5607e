import { isUnspaced } from '../characters.ts';
import type { Line } from '../lines.ts';

/** Lines from the top in which a mail offers itself as a page. */
const TOP_LINES = 8;
const LONGEST = 120;
const ELSEWHERE =
  /^(?:(?:view|open|read|see) (?:this |the )?(?:e-?mail |newsletter |message |it )?(?:online$|in (?:your |a |the )?(?:web )?browser)|(?:having )?trouble (?:viewing|reading) this (?:e-?mail|newsletter)|(?:newsletter |e-?mail )?im browser (?:ansehen|anzeigen|öffnen|lesen)|(?:voir|lire) (?:cet e-?mail|la version en ligne|dans (?:le|votre) navigateur)|ver (?:este (?:correo|e-?mail)|en (?:el|tu|su) navegador)|visualizza (?:questa )?(?:e-?mail|nel browser))/iu;
/** Why a reader gets it, which is told below the letter. */
const RECEIVED =
  /^(?:you(?:['’]re| are) receiving this|you (?:have )?received this (?:e-?mail|message|newsletter)|(?:did|was) (?:somebody|someone|this e-?mail|this newsletter) forward|sie erhalten diese|vous recevez (?:cet|ce|cette)|recibes? este|ricevi questa)/iu;
/** Words that must stand before it. */
const LETTER_WORDS = 60;
/** Characters of a word in scripts without spaces. */
const WORD_CHARACTERS = 2;

/** Takes off what a mailing puts around a letter: where else to read it, and why its reader got it. */
export function trimNewsletter(lines: Line[]): Line[] {
  const opening = lines.slice(0, TOP_LINES);
  const top = opening.findIndex(({ text }) => text.length <= LONGEST && ELSEWHERE.test(text));
  // Beside the day the offer is a part of its line.
  const beside = (text: string) => ELSEWHERE.test(text.slice(text.lastIndexOf(' | ') + ' | '.length));
  if (top < 0 && !opening.some(({ text }) => text.length <= LONGEST && text.includes(' | ') && beside(text)))
    return lines;
  const kept = lines.filter((_, i) => i !== top);
  let words = 0;
  for (const [i, { text }] of kept.entries()) {
    if (words >= LETTER_WORDS && RECEIVED.test(text)) return kept.slice(0, i);
    words += isUnspaced(text.charCodeAt(0)) ? text.length / WORD_CHARACTERS : text.split(' ', LETTER_WORDS).length;
  }
  return kept;
}
