import { CLASS } from './characters.ts';
import type { Choice } from './choose-lines.ts';
import { comparedWords, type Survey } from './features.ts';

/** Lines above the body in which a headline is looked for. */
const REACH = 40;

/** Index of the line that rules alone take for the headline, or −1: a landmark for the line model. */
export function headlineByRule(survey: Survey, choice: Choice): number {
  const { lines, shapes, wordings } = survey;
  if (choice.first < 0) return -1;
  const body = new Map<string, number>();
  for (let i = choice.first; i <= choice.last; i++) {
    const shape = shapes[i];
    if (!choice.keep[i] || !shape) continue;
    for (const word of new Set(comparedWords((lines[i]?.text ?? '').toLowerCase(), shape)))
      body.set(word, (body.get(word) ?? 0) + 1);
  }
  const running = bodyWords(survey, choice);
  let best = -1;
  let bestScore = 0.25;
  for (let i = Math.max(0, choice.first - REACH); i <= choice.first + 1 && i < lines.length; i++) {
    const shape = shapes[i];
    const text = lines[i]?.text ?? '';
    if (!shape || shape.words < 2 || shape.words > 35 || shape.characters > 300) continue;
    if (i >= choice.first && (survey.prose[i] === 1 || shape.closes === CLASS.colon)) continue;
    const own = comparedWords(text.toLowerCase(), shape).filter((word) => word.length > 3 || shape.unspacedShare > 0.5);
    const shared = own.filter((word) => body.has(word)).length;
    let score = own.length === 0 ? 0 : shared / (own.length + 1);
    const distance = choice.first - i;
    score *= 1 - 0.012 * Math.max(0, distance);
    if (shape.words < 4) score *= 0.6;
    if (wordings[i]?.whole) score *= 0.1;
    if (shape.closes === CLASS.stop && !/[?!]\W?$/u.test(text)) score *= 0.5;
    if (survey.dated[i] && shape.words < 8) score *= 0.3;
    if (shape.separators > 1) score *= 0.5;
    if (shape.words > 20) score *= 0.7;
    // A caption names its persons as the body does, word for word; a headline says it in its own words.
    if (shape.words >= 4 && running.includes(` ${wordsOf(text)} `)) score *= 0.5;
    if (survey.repeats[i] === 2) score *= 1.15;
    if (score > bestScore) {
      best = i;
      bestScore = score;
    }
  }
  return best;
}

/** Characters of the body in which a line's wording is looked for. */
const BODY_CHARACTERS = 20_000;

function bodyWords(survey: Survey, choice: Choice): string {
  let text = '';
  for (let i = choice.first; i <= choice.last && text.length < BODY_CHARACTERS; i++) {
    if (choice.keep[i] && survey.prose[i]) text += `${survey.lines[i]?.text ?? ''} `;
  }
  return ` ${wordsOf(text.slice(0, BODY_CHARACTERS))} `;
}

function wordsOf(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ');
}
