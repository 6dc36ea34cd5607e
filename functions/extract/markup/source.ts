/** Bytes of which a string is made at a time: no more than V8 lays out among its small objects. */
const WINDOW_BITS = 15;
const WINDOW = 1 << WINDOW_BITS;
/** Longest page that is read by windows; of a longer one each piece is made on its own, so that the rest is not kept with it. */
const MAX_WINDOWED = 16 * WINDOW;
/** Bytes from which a piece is made on its own in any case. */
const LONG = 1024;

/**
 * A page as bytes of UTF-8. Only what somebody reads of it becomes a string: most of a page is scripts, styles and names,
 * and the string of a whole page is laid out by the system in new memory, at several times the cost of its characters.
 */
export class Source {
  /** Well-formed UTF-8. A plain array, so that loops over it meet one kind of object. */
  readonly bytes: Uint8Array;
  readonly #buffer: Buffer;
  /** Windows of the page byte by byte, of which pieces in ASCII are slices; made when one is first read. */
  readonly #windows: (string | undefined)[] = [];

  /** @param utf8 well-formed; not copied */
  constructor(utf8: Uint8Array) {
    this.bytes = new Uint8Array(utf8.buffer, utf8.byteOffset, utf8.byteLength);
    this.#buffer = Buffer.from(utf8.buffer, utf8.byteOffset, utf8.byteLength);
  }

  /** Of a text; halves of surrogate pairs become U+FFFD. */
  static of(text: string): Source {
    return new Source(encoder.encode(text));
  }

  /** In bytes. */
  get length(): number {
    return this.bytes.length;
  }

  /** The characters from one byte up to another; both must begin a character or be the end. */
  slice(from: number, to: number): string {
    const { bytes } = this;
    if (to - from >= LONG) return this.#buffer.toString('utf8', from, to);
    for (let i = from; i < to; i++) if ((bytes[i] as number) >= 0x80) return this.#buffer.toString('utf8', from, to);
    const window = from >> WINDOW_BITS;
    const start = window << WINDOW_BITS;
    if (to > start + WINDOW || bytes.length > MAX_WINDOWED) return this.#buffer.toString('latin1', from, to);
    this.#windows[window] ??= this.#buffer.toString('latin1', start, Math.min(bytes.length, start + WINDOW));
    return (this.#windows[window] as string).slice(from - start, to - start);
  }

  /** The first characters, as many as so many bytes hold. */
  head(length: number): string {
    let end = Math.min(length, this.bytes.length);
    while (((this.bytes[end] ?? 0) & 0xc0) === 0x80) end--;
    return this.slice(0, end);
  }

  /** The whole page. */
  toString(): string {
    return this.#buffer.toString('utf8');
  }
}

const encoder = new TextEncoder();
