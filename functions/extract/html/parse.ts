import { type Document, DomHandler } from 'domhandler';
import { Parser } from 'htmlparser2';

/**
 * Work the parser may do on its stack of open elements, in elements moved or compared. It moves the stack at
 * each tag, so deep pages cost depth times tags: 20,000 nested elements come to 0.4 thousand million, ordinary
 * pages of 10 MB to a hundredth of that.
 */
const MAX_STACK_WORK = 1_000_000_000;
/**
 * The largest page of four corpora has 15,000 elements, 10 MB of paragraphs, lists and figures 220,000. Each costs
 * about 2 KB until the page is read, so that this many fit the memory of a function; what has more is a generated
 * table or an attack.
 */
const MAX_ELEMENTS = 400_000;

class TooComplexError extends Error {
  readonly code = 'TOO_COMPLEX';
}

class BoundedHandler extends DomHandler {
  work = 0;
  elements = 0;

  override onopentag(name: string, attribs: Record<string, string>): void {
    if (++this.elements > MAX_ELEMENTS) throw new TooComplexError(`more than ${MAX_ELEMENTS} elements`);
    this.move();
    super.onopentag(name, attribs);
  }

  move(): void {
    this.work += this.tagStack.length;
    if (this.work > MAX_STACK_WORK) throw new TooComplexError('nested too deeply for its length');
  }
}

class BoundedParser extends Parser {
  readonly #handler: BoundedHandler;

  constructor(handler: BoundedHandler) {
    super(handler);
    this.#handler = handler;
  }

  /** End tags that match nothing never reach the handler, but are looked for in the whole stack. */
  override onclosetag(start: number, end: number): void {
    this.#handler.move();
    super.onclosetag(start, end);
  }
}

/**
 * Parses a page as browsers forgive it.
 *
 * @returns null where the page has more elements or deeper nesting than is read within bounds
 */
export function parsePage(source: string): Document | null {
  const handler = new BoundedHandler();
  try {
    new BoundedParser(handler).end(source);
  } catch (error) {
    if (error instanceof TooComplexError) return null;
    throw error;
  }
  return handler.root;
}
