import type { Survey } from './features.ts';
import type { Found } from './found.ts';

/** Lines above the headline in which a breadcrumb is looked for. */
const REACH = 30;
const MOST_LABELS = 6;
const LONGEST_LABEL = 40;
const ROOTS =
  /^(?:home|homepage|start|startseite|accueil|inicio|início|home page|главная|головна|strona główna|domů|ana sayfa|hem|hjem|forside|etusivu|αρχική|kezdőlap|acasă|начало|naslovnica|beranda|trang chủ|ホーム|トップ|首页|首頁|홈|الرئيسية|you are here:?)$/iu;
const DAY = /^(?:\p{L}{3,9}\.? \d{1,2}|\d{1,2}\.? \p{L}{3,9})$/u;
const SIGN = /^[›»>→|/·•]$/u;

/**
 * A row of short labels parted by one sign, such as `News / Politics`, from the root down; without the site's root and
 * without the headline. Copies put the row on one line, or each label and each sign on a line of its own.
 */
export function findBreadcrumbs(survey: Survey, title: number): Found<string[]> | null {
  const headline = (survey.lines[title]?.text ?? '').toLowerCase();
  for (let i = title - 1; i >= Math.max(0, title - REACH); i--) {
    const stacked = stackedLabels(survey, i, title);
    const labels = stacked ?? rowLabels(survey, i);
    if (labels === null) continue;
    // "Headline | Site" is the name of the page.
    if (labels[0]?.toLowerCase() === headline) continue;
    const value = labels.filter((label) => !ROOTS.test(label) && !headline.startsWith(label.toLowerCase()));
    if (value.length > 0) return { value, line: i };
  }
  return null;
}

function rowLabels(survey: Survey, i: number): string[] | null {
  const text = survey.lines[i]?.text ?? '';
  if (text.length > 160 || survey.dated[i]) return null;
  const labels = text
    .split(/[›»>→|]|\s\/\s|\s[·•]\s/u)
    .map((label) => label.trim())
    .filter((label) => label !== '');
  return labels.length >= 2 && labels.length <= MOST_LABELS && labels.every(readsAsLabel) ? labels : null;
}

/** `Front`, `|`, `Abroad`, `|`, headline: line i is the last sign above the headline or above a label just before it. */
function stackedLabels(survey: Survey, i: number, title: number): string[] | null {
  const sign = survey.lines[i]?.text ?? '';
  if (!SIGN.test(sign) || title - i > 2) return null;
  const labels = title - i === 2 ? [survey.lines[i + 1]?.text ?? ''] : [];
  for (let j = i; j > 0 && labels.length < MOST_LABELS && survey.lines[j]?.text === sign; j -= 2) {
    const label = survey.lines[j - 1]?.text ?? '';
    if (!readsAsLabel(label)) break;
    labels.unshift(label);
  }
  return labels.length >= 1 && labels.every(readsAsLabel) ? labels : null;
}

function readsAsLabel(label: string): boolean {
  return (
    label.length <= LONGEST_LABEL &&
    /\p{L}/u.test(label) &&
    !/^@|\d{4}|[.!?]$/u.test(label) &&
    !DAY.test(label) &&
    label.split(' ').length <= 5
  );
}
