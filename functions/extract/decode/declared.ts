/** How far into a document a charset declaration is looked for; the HTML standard asks for 1 KB, real pages need more. */
const PRESCAN_BYTES = 4096;

/** An encoding somebody claimed, and where. */
export interface DeclaredCharset {
  /** WHATWG name, such as `windows-1251`. */
  charset: string;
  source: 'content type' | 'meta' | 'xml declaration';
}

/** The WHATWG name behind a label, or null for a label no browser knows. */
export function charsetOfLabel(label: string): string | null {
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch {
    // `utf8mb4`, `none`, `cp850`: an unknown label declares nothing.
    return null;
  }
}

/**
 * Every encoding the document claims, strongest first: Content-Type, then XML declaration, then meta.
 *
 * @param bytes the document; only its first 4 KB are read
 * @param contentType as stored or served, parameters included
 */
export function declaredCharsets(bytes: Uint8Array, contentType: string | null): DeclaredCharset[] {
  const found: DeclaredCharset[] = [];
  const add = (label: string | undefined, source: DeclaredCharset['source']) => {
    const charset = label === undefined ? null : charsetOfLabel(label);
    if (charset === null) return;
    // A label that was read byte by byte cannot be UTF-16: the standard reads such a meta as UTF-8.
    const readable = source !== 'content type' && charset.startsWith('utf-16') ? 'utf-8' : charset;
    found.push({ charset: readable, source });
  };

  add(/;\s*charset\s*=\s*["']?([^\s"';]{1,40})/i.exec(contentType ?? '')?.[1], 'content type');
  const head = latin1(bytes.subarray(0, PRESCAN_BYTES)).replace(/<!--[\s\S]*?-->/g, '');
  add(/^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{1,40})/i.exec(head)?.[1], 'xml declaration');
  add(/<meta\s[^>]{0,400}?charset\s*=\s*["']?\s*([\w:.-]{1,40})/i.exec(head)?.[1], 'meta');
  return found;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
