/** How well bytes fit UTF-8. */
export interface Utf8Tally {
  /** Well-formed sequences of two bytes or more. */
  sequences: number;
  /**
   * Bytes that belong to no well-formed sequence, the beginning of one that was cut off counting once, as the Encoding
   * Standard replaces it; one cut off at the very end is not counted.
   */
  strays: number;
}

/** Counts well-formed sequences and stray bytes by the table of RFC 3629. Linear. */
export function tallyUtf8(bytes: Uint8Array): Utf8Tally {
  let sequences = 0;
  let strays = 0;
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) {
      i++;
      continue;
    }
    const length = lead >= 0xc2 && lead <= 0xdf ? 2 : (lead & 0xf0) === 0xe0 ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
    const second = bytes[i + 1] ?? 0;
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    let read = 1;
    for (; read < length; read++) {
      if (i + read >= bytes.length) return { sequences, strays };
      const byte = read === 1 ? second : (bytes[i + read] ?? 0);
      if (read === 1 ? byte < low || byte > high : byte < 0x80 || byte > 0xbf) break;
    }
    if (read === length) sequences++;
    else strays++;
    i += read;
  }
  return { sequences, strays };
}
