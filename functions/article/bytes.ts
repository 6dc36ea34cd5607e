/** UTF-8 bytes of a text: what DynamoDB counts, and an index key is limited by. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text);
}

/** The longest beginning of a text within that many UTF-8 bytes, cut at a whole character. */
export function cutBytes(text: string, bytes: number): string {
  if (byteLength(text) <= bytes) return text;
  const encoded = Buffer.from(text).subarray(0, Math.max(0, bytes));
  // Bytes that continue a character begin with the bits 10: go back to the character that would be torn.
  let end = encoded.length;
  const next = Buffer.from(text)[end];
  if (next !== undefined && (next & 0xc0) === 0x80) {
    while (end > 0 && ((encoded[end - 1] as number) & 0xc0) === 0x80) end--;
    end = Math.max(0, end - 1);
  }
  return encoded.subarray(0, end).toString('utf8');
}
