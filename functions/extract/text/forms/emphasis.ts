import type { Line } from '../lines.ts';

/** A whole line between the signs with which messengers set bold and slanted type. */
const SET_OFF = /^([*_])(?=\S)([^*_]{2,400}\S)\1$/u;

/** Takes the signs off lines that a messenger shows in bold: `*Ferry returns*`. */
export function withoutEmphasis(lines: Line[]): Line[] {
  return lines.map((line) => {
    const first = line.text.charCodeAt(0);
    if (first !== STAR && first !== LOW_LINE) return line;
    const words = SET_OFF.exec(line.text)?.[2];
    return words === undefined ? line : { ...line, text: words };
  });
}

const STAR = 0x2a;
const LOW_LINE = 0x5f;
