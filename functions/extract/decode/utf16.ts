/** Bytes looked at; enough for some thousand characters of any script. */
const SAMPLE_BYTES = 16_384;

/** Share of code units that must be printable; random bytes reach about 0.8, real text 0.99. */
const PRINTABLE_SHARE = 0.97;

/** Share of units among the thirty or so pages of Unicode that living scripts use; random bytes stay below 0.65. */
const LIVING_SHARE = 0.9;

/**
 * Byte order of UTF-16 without a byte order mark, or null where the bytes are not UTF-16.
 *
 * Text in any other encoding has no NUL bytes, UTF-16 nearly always has some (space, line feed, digits), so bytes
 * without NUL are not considered. Pure.
 */
export function utf16ByteOrder(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, Math.min(SAMPLE_BYTES, bytes.length & ~1));
  if (sample.length < 8 || !sample.includes(0)) return null;
  let evenNuls = 0;
  let oddNuls = 0;
  for (let i = 0; i < sample.length; i += 2) {
    if (sample[i] === 0) evenNuls++;
    if (sample[i + 1] === 0) oddNuls++;
  }
  // ASCII in the wrong order reads as well-formed Chinese, so the order comes from where the NULs stand.
  const order = oddNuls > evenNuls ? 'utf-16le' : 'utf-16be';
  return looksWritten(sample, order) ? order : null;
}

function looksWritten(sample: Uint8Array, order: 'utf-16le' | 'utf-16be'): boolean {
  const text = new TextDecoder(order).decode(sample);
  let total = 0;
  let printable = 0;
  let living = 0;
  for (const character of text) {
    total++;
    if (/[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\t\n\r]/u.test(character) && character !== '\ufffd') printable++;
    const page = (character.codePointAt(0) ?? 0) >> 8;
    const used =
      page <= 0x06 ||
      (page >= 0x09 && page <= 0x0e) ||
      page === 0x10 ||
      page === 0x1e ||
      page === 0x20 ||
      page === 0x30;
    if (used || (page >= 0x4e && page <= 0x9f) || (page >= 0xac && page <= 0xd7) || page === 0xff) living++;
  }
  return printable >= total * PRINTABLE_SHARE && living >= total * LIVING_SHARE;
}
