/** Code units looked at. */
const SAMPLE_UNITS = 1_024;
/** Fewer bytes without a mark may be any number. */
const UNMARKED_BYTES = 16;

/**
 * Byte order of UTF-32, told by its mark or by a first character of ASCII (XML 1.0, appendix F), or null where not all
 * units of a sample are characters. Pure.
 */
export function utf32ByteOrder(bytes: Uint8Array): 'utf-32le' | 'utf-32be' | null {
  if (bytes.length < 4 || bytes.length % 4 !== 0) return null;
  for (const order of ['utf-32le', 'utf-32be'] as const) {
    const unit = unitsOf(bytes, order);
    const first = unit(0);
    if (first !== 0xfeff && (first < 0x09 || first > 0x7e || bytes.length < UNMARKED_BYTES)) continue;
    let at = 0;
    while (at < bytes.length && at < SAMPLE_UNITS * 4 && unit(at) >= 0x09 && isScalar(unit(at))) at += 4;
    if (at === bytes.length || at === SAMPLE_UNITS * 4) return order;
  }
  return null;
}

/** Decodes UTF-32, which no browser knows and no platform decodes; what is no character becomes U+FFFD. */
export function decodeUtf32(bytes: Uint8Array, order: 'utf-32le' | 'utf-32be'): string {
  const unit = unitsOf(bytes, order);
  const units = new Uint16Array(bytes.length >> 1);
  let length = 0;
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = isScalar(unit(at)) ? unit(at) : 0xfffd;
    if (code > 0xffff) units[length++] = 0xd7c0 + (code >> 10);
    units[length++] = code > 0xffff ? 0xdc00 + (code & 0x3ff) : code;
  }
  return Buffer.from(units.buffer).toString('utf16le', 0, length * 2);
}

function unitsOf(bytes: Uint8Array, order: 'utf-32le' | 'utf-32be'): (at: number) => number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (at) => view.getUint32(at, order === 'utf-32le');
}

function isScalar(unit: number): boolean {
  return unit <= 0x10ffff && (unit < 0xd800 || unit > 0xdfff);
}
