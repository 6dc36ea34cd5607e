import type { Line } from '../lines.ts';

/** When something was said, with its seconds: alone on a line or ahead of the words. */
const SECONDS =
  /^(?:[[(]\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]|\d{1,2}:\d\d:\d\d(?:[.,]\d{1,3})?)(?!\s?-->)(?:\s?[-–—|]\s|\s|$)/u;
const FEWEST = 3;
const LOOKED_AT = 400;

/** Takes the times off a transcript: `[00:01:17]`, `00:01:17 Ann Lee: …`. */
export function withoutTimes(lines: Line[]): Line[] {
  let timed = 0;
  for (let i = 0; i < lines.length && i < LOOKED_AT && timed < FEWEST; i++)
    if (SECONDS.test(lines[i]?.text ?? '')) timed++;
  if (timed < FEWEST) return lines;
  return lines.flatMap((line) => {
    const text = line.text.replace(SECONDS, '').trim();
    if (text === line.text) return [line];
    return text === '' ? [] : [{ ...line, text }];
  });
}
