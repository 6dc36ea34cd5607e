import { constants, gunzipSync } from 'node:zlib';

/** Layers of gzip: some servers send a .gz file compressed once more. */
const MAX_LAYERS = 2;

export type Unpacked = { bytes: Uint8Array; problem: null } | { bytes: null; problem: 'damaged' | 'too large' };

/**
 * Bytes without gzip around them, which is what a `.xml.gz` site map is as a file; content codings are taken off before.
 * A file that breaks off gives what came before the break.
 *
 * @param maxBytes of what comes out; a bomb is not unpacked further
 */
export function unpack(bytes: Uint8Array, maxBytes: number): Unpacked {
  let unpacked = bytes;
  for (let layer = 0; layer < MAX_LAYERS && unpacked[0] === 0x1f && unpacked[1] === 0x8b; layer++) {
    try {
      unpacked = gunzipSync(unpacked, { maxOutputLength: maxBytes, finishFlush: constants.Z_SYNC_FLUSH });
    } catch (error) {
      const large = (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
      return { bytes: null, problem: large ? 'too large' : 'damaged' };
    }
  }
  return { bytes: unpacked, problem: null };
}
