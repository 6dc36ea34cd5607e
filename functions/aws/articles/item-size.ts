/**
 * How large DynamoDB takes an item to be: UTF-8 bytes of names and values, by the rules of "DynamoDB item sizes and
 * formats" in its developer guide. Counted here because the write itself would only say no.
 */
import type { NativeAttributeValue } from '@aws-sdk/lib-dynamodb';

/** Bytes per list or map, however many entries. */
const COLLECTION_OVERHEAD = 3;
/** Bytes per entry of a list or map, on top of its name and value. */
const ENTRY_OVERHEAD = 1;

/** Bytes of a number: a byte for two significant digits, one for the exponent, one for a sign. Rounded up. */
function numberSize(value: number | bigint): number {
  const digits = String(value)
    .replace(/e.*$/i, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '').length;
  return Math.ceil(digits / 2) + 2;
}

/** Size in bytes of an item as the document client would write it. */
export function itemSize(item: Readonly<Record<string, NativeAttributeValue>>): number {
  let size = 0;
  // A stack of one's own: an item may be nested as deep as DynamoDB allows, and hostile input as deep as it likes.
  const pending: unknown[] = [];
  for (const [name, value] of Object.entries(item)) {
    if (value === undefined) continue;
    size += Buffer.byteLength(name);
    pending.push(value);
  }
  while (pending.length > 0) {
    const value = pending.pop();
    if (value === null || typeof value === 'boolean') size += 1;
    else if (typeof value === 'string') size += Buffer.byteLength(value);
    else if (typeof value === 'number' || typeof value === 'bigint') size += numberSize(value);
    else if (value instanceof Uint8Array) size += value.byteLength;
    else if (Array.isArray(value)) {
      size += COLLECTION_OVERHEAD + ENTRY_OVERHEAD * value.length;
      for (const entry of value) pending.push(entry);
    } else if (typeof value === 'object') {
      size += COLLECTION_OVERHEAD;
      for (const [name, entry] of Object.entries(value)) {
        if (entry === undefined) continue;
        size += ENTRY_OVERHEAD + Buffer.byteLength(name);
        pending.push(entry);
      }
    }
  }
  return size;
}
