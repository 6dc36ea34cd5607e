import type { Choice } from './choose-lines.ts';
import type { Survey } from './features.ts';
import type { Found } from './found.ts';
import { bitOf } from './vocabulary.ts';

/** Lines below the body in which tags are looked for. */
const BELOW = 25;
const MOST_TAGS = 15;
const LONGEST_TAG = 40;
const MOST_WORDS = 4;
/** Lines of labels under a heading from which they are tags; one alone may be anything. */
const FEWEST_LINES = 2;
/** "Tags: harbour, strike", "Filed under — Ports": a heading, a sign, and the labels. */
const HEADED = /^[^:：—–]{2,30}(?::|：|\s[—–])\s?(?=\S)/u;
const HASHTAG = /^#[\p{L}\p{N}_]{2,40}$/u;

/** The keywords that the text below the body lists: after a heading on its line or below it, or as hashtags. */
export function findTags(survey: Survey, choice: Choice): Found<string[]> | null {
  const end = Math.min(survey.lines.length, choice.last + 1 + BELOW);
  for (let i = choice.last + 1; i < end; i++) {
    const labels = headedLabels(survey, i) ?? stackedLabels(survey, i) ?? hashtags(survey.lines[i]?.text ?? '');
    if (labels !== null) return { value: labels, line: i };
  }
  return null;
}

function headedLabels(survey: Survey, i: number): string[] | null {
  const text = (survey.lines[i]?.text ?? '').slice(0, 600);
  if (((survey.wordings[i]?.begins ?? 0) & bitOf('tags')) === 0) return null;
  const heading = HEADED.exec(text);
  return heading === null ? null : labelsOf(text.slice(heading[0].length).split(/[,;|·•、،]|\s#|\s\/\s/u));
}

/** "Tags" or "Topics" alone on its line, a label a line below it. */
function stackedLabels(survey: Survey, i: number): string[] | null {
  if (((survey.wordings[i]?.whole ?? 0) & bitOf('tags')) === 0) return null;
  const found: string[] = [];
  for (let j = i + 1; j < survey.lines.length && found.length <= MOST_TAGS; j++) {
    const text = survey.lines[j]?.text ?? '';
    if (!readsAsTag(text) || survey.wordings[j]?.whole || survey.dated[j]) break;
    found.push(text);
  }
  return found.length >= FEWEST_LINES ? labelsOf(found) : null;
}

function hashtags(text: string): string[] | null {
  const words = text.slice(0, 600).split(' ');
  return words.length >= 2 && words.every((word) => HASHTAG.test(word)) ? labelsOf(words) : null;
}

function labelsOf(parts: readonly string[]): string[] | null {
  const labels = parts.map((part) => part.replace(/^[#\s]{1,10}|[.\s]{1,10}$/gu, '')).filter((label) => label !== '');
  const distinct = [...new Set(labels)];
  return distinct.length > 0 && distinct.length <= MOST_TAGS && distinct.every(readsAsTag) ? distinct : null;
}

function readsAsTag(label: string): boolean {
  return (
    label.length <= LONGEST_TAG &&
    /\p{L}/u.test(label) &&
    !/[.!?:]$/u.test(label) &&
    label.split(' ').length <= MOST_WORDS
  );
}
