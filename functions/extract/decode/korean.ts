/**
 * Korean as browsers decode it. The platform's EUC-KR decoder stops at KS X 1001 (2,350 syllables); pages labelled
 * EUC-KR use windows-949, which adds the other 8,822 syllables. Node 24 turns each of those into a control character
 * and a letter, without an error. They follow in Unicode order, so the table is computed, not stored.
 */
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;

/** Made once: the decoder is asked for 2,350 syllables, which takes longer than most pages. */
let extension: Map<number, string> | undefined;

/** Decodes EUC-KR with its windows-949 extension. */
export function decodeKorean(bytes: Uint8Array): string {
  const standard = new TextDecoder('euc-kr');
  let text = '';
  let from = 0;
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x81 || lead === 0xff || i + 1 >= bytes.length) {
      i++;
      continue;
    }
    const trail = bytes[i + 1] ?? 0;
    if (lead >= 0xa1 && trail >= 0xa1) {
      i += 2;
      continue;
    }
    extension ??= extendedSyllables(standard);
    const syllable = extension.get(lead * 256 + trail);
    if (syllable === undefined) {
      i++;
      continue;
    }
    text += standard.decode(bytes.subarray(from, i)) + syllable;
    i += 2;
    from = i;
  }
  return from === 0 ? standard.decode(bytes) : text + standard.decode(bytes.subarray(from));
}

function extendedSyllables(standard: { decode(bytes: Uint8Array): string }): Map<number, string> {
  const known = new Set<string>();
  for (let lead = 0xb0; lead <= 0xc8; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) known.add(standard.decode(Uint8Array.of(lead, trail)));
  }
  const table = new Map<number, string>();
  let lead = 0x81;
  let trail = 0x41;
  for (let code = FIRST_SYLLABLE; code <= LAST_SYLLABLE; code++) {
    const syllable = String.fromCharCode(code);
    if (known.has(syllable)) continue;
    table.set(lead * 256 + trail, syllable);
    // Trail bytes run A–Z, a–z, 0x81 up; from lead 0xA1 on, 0xA1 and above belong to KS X 1001.
    if (trail === 0x5a) trail = 0x61;
    else if (trail === 0x7a) trail = 0x81;
    else if (trail === (lead <= 0xa0 ? 0xfe : 0xa0)) {
      lead++;
      trail = 0x41;
    } else trail++;
  }
  return table;
}
