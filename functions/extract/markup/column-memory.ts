/**
 * Memory for the columns of a page. A page takes over a hundred arrays, half a megabyte together, and each that is new costs
 * more than filling it: the system has to find the memory, and to clear it page by page. So they are cut from one piece that
 * serves page after page; what finds no room there is new.
 */
export class ColumnMemory {
  readonly #buffer: ArrayBuffer;
  #used = 0;

  /** @param size in bytes */
  constructor(size: number) {
    this.#buffer = new ArrayBuffer(size);
  }

  /** Signed whole numbers of 32 bits, as of all columns here zeros at first. */
  ints(length: number): Int32Array {
    const at = this.#take(4 * length);
    return at === -1 ? new Int32Array(length) : new Int32Array(this.#buffer, at, length).fill(0);
  }

  /** The same, with anything in it at first: for columns that are written before they are read. */
  unset(length: number): Int32Array {
    const at = this.#take(4 * length);
    return at === -1 ? new Int32Array(length) : new Int32Array(this.#buffer, at, length);
  }

  bytes(length: number): Uint8Array {
    const at = this.#take(length);
    return at === -1 ? new Uint8Array(length) : new Uint8Array(this.#buffer, at, length).fill(0);
  }

  signedBytes(length: number): Int8Array {
    const at = this.#take(length);
    return at === -1 ? new Int8Array(length) : new Int8Array(this.#buffer, at, length).fill(0);
  }

  floats(length: number): Float32Array {
    const at = this.#take(4 * length);
    return at === -1 ? new Float32Array(length) : new Float32Array(this.#buffer, at, length).fill(0);
  }

  doubles(length: number): Float64Array {
    const at = this.#take(8 * length);
    return at === -1 ? new Float64Array(length) : new Float64Array(this.#buffer, at, length).fill(0);
  }

  /** Makes all of it free; columns cut from it are to be used no more. */
  clear(): void {
    this.#used = 0;
  }

  /** Where so many bytes are free, at a multiple of eight; −1 where they are not. */
  #take(size: number): number {
    const at = this.#used;
    const end = at + ((size + 7) & ~7);
    if (end > this.#buffer.byteLength) return -1;
    this.#used = end;
    return at;
  }
}

/** Every column is new, and lasts as long as it is held. */
export const NEW_COLUMNS = new ColumnMemory(0);

/** Enough for a page of 400 KB. */
const SHARED = new ColumnMemory(1 << 20);
let isLent = false;

/**
 * Reads a page in the memory that served those before it.
 *
 * @param read gives nothing that holds a column
 */
export function inSharedColumns<T>(read: (memory: ColumnMemory) => T): T {
  if (isLent) return read(NEW_COLUMNS);
  isLent = true;
  try {
    return read(SHARED);
  } finally {
    SHARED.clear();
    isLent = false;
  }
}
