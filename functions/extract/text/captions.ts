import { stripOpener } from '../metadata/author-names.ts';
import { findCredit } from '../metadata/credit.ts';
import { CLASS } from './characters.ts';
import type { Choice } from './choose-lines.ts';
import type { Survey } from './features.ts';
import type { Found } from './found.ts';
import { bitOf } from './vocabulary.ts';

/** A picture's caption, and who is credited with the picture. */
export interface Caption {
  caption: string;
  credit: string | null;
}

/** "Guest: Ruth Calder", "Present: …", "Source: …" name somebody, and show nobody. */
const LABELLED = /^\p{Lu}\p{L}{2,15}: /u;

/** Captions between headline and body: lines that name what a picture shows, without saying a sentence. */
export function findCaptions(survey: Survey, choice: Choice, title: number): Found<Caption>[] {
  const captions: Found<Caption>[] = [];
  if (title < 0) return captions;
  for (let i = title + 1; i < choice.first; i++) {
    const shape = survey.shapes[i];
    const text = survey.lines[i]?.text ?? '';
    if (!shape || shape.words < 3 || shape.words > 60 || survey.repeats[i] !== 1 || survey.wordings[i]?.whole) continue;
    if (survey.dated[i] && (shape.words < 8 || LABELLED.test(text))) continue;
    const credit = findCredit(text);
    const pictured = credit !== null || ((survey.wordings[i]?.begins ?? 0) & bitOf('picture')) !== 0;
    const ends = shape.closes === CLASS.stop || shape.closes === CLASS.colon;
    const names = shape.words >= 4 && shape.capitalWords >= shape.words * 0.5 && shape.separators < 2 && !ends;
    if (!pictured && (!names || LABELLED.test(text) || stripOpener(text).opener !== null)) continue;
    captions.push({
      // A line that is all credit is the only caption there is.
      value: { caption: credit?.before || text, credit: credit?.name ?? null },
      line: i,
    });
  }
  return captions;
}
