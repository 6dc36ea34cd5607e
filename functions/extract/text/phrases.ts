/** Words of a line beyond which its wording is not looked up: prose is told by its shape. */
const MAX_WORDS = 60;
const MAX_CHARACTERS = 400;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/**
 * The wording a line is learned by: each word, how it opens (`^`, `^^`, `^^^`), how it closes (`$`, `$$`), and all of a
 * short line (`=`). Digits fold into `0`, so that dates and counts of every value are one.
 *
 * @param words word count of the line, see {@link Shape}
 */
export function phrasesOf(text: string, words: number): string[] {
  if (words > MAX_WORDS) return [];
  const found = text.slice(0, MAX_CHARACTERS).toLowerCase().match(WORD);
  if (found === null) return [];
  for (let i = 0; i < found.length; i++) {
    const word = found[i] as string;
    if (word.charCodeAt(0) <= 57) found[i] = word.replace(/\d/g, '0');
  }
  const first = found[0] as string;
  const last = found[found.length - 1] as string;
  const out = [`^${first}`, `$${last}`];
  if (found.length > 1) out.push(`^^${first} ${found[1]}`, `$$${found[found.length - 2]} ${last}`);
  if (found.length > 2) out.push(`^^^${first} ${found[1]} ${found[2]}`);
  if (found.length <= 5) out.push(`=${found.join(' ')}`);
  for (const word of new Set(found)) out.push(word);
  return out;
}
