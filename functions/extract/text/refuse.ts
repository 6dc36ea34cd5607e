import type { Survey } from './features.ts';
import type { Line } from './lines.ts';
import { hashesOf } from './scan.ts';
import { HashedValues } from './words.ts';

/** Lines looked at; what a text is shows in its first thousand. */
const SAMPLE_LINES = 1000;
/** Words in sentences from which a text with code in it is prose. */
const ARTICLE_WORDS = 120;
const CODE =
  /[{};]\s*$|^\s*(?:#include|import |from \S+ import|def |function |class |const |let |var |return\b|if \(|for \(|public |private |package |use |\/\/|\/\*|<\/?[a-z!?])/;
const LOG =
  /^(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\[?\d{1,2}\/[A-Z][a-z]{2}\/\d{4}|[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d |\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL)\b(?:\]|:| {1,4}[[(\d]| {2})|\d{1,3}(?:\.\d{1,3}){3} - )/;

/** A message of an exported chat: day, time, who wrote it. */
const CHAT =
  /^\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? (?:à |um )?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ \u202f]?[AaPp]\.?[Mm]\.?)?\]?(?: [-–] |: | )[^:]{1,40}:(?: |$)/u;
/** From when to when a subtitle is shown. */
const CUE = /^(?:\d{2}:)?\d{2}:\d{2}[.,]\d{3} --> (?:\d{2}:)?\d{2}:\d{2}[.,]\d{3}/;
/** Columns from which lines with the same number of them are a table's rows. */
const FEWEST_COLUMNS = 3;

/** Words of the filler texts that layouts are drawn with; real Latin has few of them in a line. */
const FILLER = new HashedValues(
  hashesOf(
    `lorem ipsum dolor amet consectetur consectetuer adipiscing elit eiusmod tempor incididunt pellentesque vestibulum tortor
    ultricies feugiat egestas malesuada fames turpis habitant morbi tristique senectus netus placerat sollicitudin vulputate
    aliquam tincidunt phasellus curabitur suspendisse maecenas nullam vivamus praesent fermentum condimentum scelerisque`,
  ).map((hash) => [hash, 1]),
);
const FILLER_WORDS = 4;

function isFiller({ words, starts }: Survey, i: number): boolean {
  let found = 0;
  for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) found += FILLER.get(words.hashes[k] as number);
  return found >= FILLER_WORDS;
}

/**
 * Why a text is no article, whatever its words: source code, a log, a filler text, a list of addresses.
 *
 * @returns a sentence for the person who uploaded it, or null
 */
export function refuseByShape(survey: Survey): string | null {
  const lines = survey.lines.slice(0, SAMPLE_LINES);
  if (lines.length === 0) return null;
  let code = 0;
  let log = 0;
  let chat = 0;
  let cues = 0;
  let addresses = 0;
  let filler = 0;
  let prose = 0;
  for (const [i, line] of lines.entries()) {
    const text = line.text.slice(0, 400);
    const words = survey.shapes[i]?.words ?? 0;
    if (CODE.test(text)) code++;
    if (LOG.test(text)) log++;
    if (CHAT.test(text)) chat++;
    if (CUE.test(text)) cues++;
    if (survey.shapes[i]?.hasAddress && words < 14) addresses++;
    if (survey.prose[i] === 1) prose += words;
    if (isFiller(survey, i)) filler += words;
  }
  const many = (count: number, share: number) => count >= 3 && count >= lines.length * share;
  if (many(log, 0.6)) return 'The text is a log; upload the text of an article.';
  if (many(chat, 0.6)) return 'The text is an exported chat; upload the text of an article.';
  if (many(cues, 0.15)) return 'The text is subtitles; upload what is said as text, without its times.';
  if (isTable(lines))
    return 'The text is a table of values parted by commas; upload each article as a text of its own.';
  // Articles about programming show code too, between sentences.
  if (many(code, 0.4) && prose < ARTICLE_WORDS) return 'The text is source code; upload the text of an article.';
  if (many(addresses, 0.6)) return 'The text is a list of addresses; upload the articles they lead to.';
  if (filler > 0 && filler >= prose * 0.4) {
    return 'The text is filler (lorem ipsum); upload the text of an article.';
  }
  return null;
}

/** Whether every line holds as many values, in quotation marks or not, as the first, which names the columns. */
function isTable(lines: readonly Line[]): boolean {
  const columns = valuesIn(lines[0]?.text ?? '');
  if (
    columns < FEWEST_COLUMNS ||
    lines.length < FEWEST_ROWS ||
    !/^[\p{L}\p{N}_", -]{1,400}$/u.test(lines[0]?.text ?? '')
  )
    return false;
  let rows = 0;
  for (const { text } of lines) if (valuesIn(text) === columns) rows++;
  return rows >= lines.length * ROWS_ALIKE;
}

const FEWEST_ROWS = 4;
const ROWS_ALIKE = 0.9;

/** Values of a line, by the commas that stand outside quotation marks (RFC 4180) and before no space. */
function valuesIn(text: string): number {
  let values = 1;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (text[i] === ',' && !quoted && text[i + 1] !== ' ') values++;
  }
  return values;
}
