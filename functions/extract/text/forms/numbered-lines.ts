/** A line with its number before it, as court records and editors print them. */
const NUMBERED = /^\s{0,12}(\d{1,5})(?:[|:]?\s{1,8}(?=\S)|\s{0,8}$)/;
const FEWEST_LINES = 8;
/** Part of the lines that are numbered, and part of those that are empty behind it or go on in small letters: no list does. */
const NUMBERED_SHARE = 0.95;
const RUNNING_SHARE = 0.25;

/** Takes off the numbers of lines that count up one by one through the whole text; other text comes back as it is. */
export function withoutLineNumbers(source: string): string {
  const first = /^\s{0,400}(\d{1,5})[|:]?(?:\s|$)/.exec(source.slice(0, 420))?.[1];
  if (first === undefined) return source;
  const lines = source.split('\n');
  let last = Number(first) - 1;
  let numbered = 0;
  let said = 0;
  let running = 0;
  const bare = lines.map((line) => {
    if (line.trim() === '') return line;
    said++;
    const number = NUMBERED.exec(line);
    if (number === null || Number(number[1]) !== last + 1) return line;
    last++;
    numbered++;
    const rest = line.slice(number[0].length);
    if (rest.trim() === '' || /^\p{Ll}/u.test(rest)) running++;
    return rest;
  });
  const counted = numbered >= FEWEST_LINES && numbered >= said * NUMBERED_SHARE && running >= numbered * RUNNING_SHARE;
  return counted ? bare.join('\n') : source;
}
