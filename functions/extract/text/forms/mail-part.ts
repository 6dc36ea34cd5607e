/** Headers by name in lower case, the first of each, and the index of the line after them; null where a line is none. */
export function readHeaders(
  lines: readonly string[],
  start: number,
): { headers: Map<string, string>; end: number } | null {
  const headers = new Map<string, string>();
  let name = '';
  let at = start;
  for (; at < Math.min(lines.length, start + MOST_HEADER_LINES); at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') break;
    const header = HEADER.exec(line.slice(0, 1000));
    if (header) {
      name = (header[1] ?? '').toLowerCase();
      if (!headers.has(name)) headers.set(name, header[2] ?? '');
    } else if (/^[ \t]/.test(line) && name !== '') headers.set(name, `${headers.get(name) ?? ''} ${line.trim()}`);
    else return null;
  }
  for (const [key, value] of headers) headers.set(key, decodeWords(value));
  return { headers, end: at };
}

const HEADER = /^([A-Z][A-Za-z-]{1,40}):\s?(.*)$/;
const MOST_HEADER_LINES = 200;
/** Parts inside parts that are opened. */
const DEEPEST = 3;

/**
 * The lines of a message that are plain text: of several parts the first that is, with its transfer encoding undone
 * (RFC 2045, 2046).
 */
export function plainLines(
  headers: ReadonlyMap<string, string>,
  lines: readonly string[],
  depth = 0,
): readonly string[] {
  const type = headers.get('content-type') ?? '';
  const boundary = /boundary="?([^";\s]{1,100})/i.exec(type)?.[1];
  if (/^multipart\//i.test(type) && boundary !== undefined && depth < DEEPEST) {
    const marks: number[] = [];
    for (const [i, line] of lines.entries()) if (line.startsWith(`--${boundary}`)) marks.push(i);
    for (const [k, mark] of marks.entries()) {
      const part = readHeaders(lines, mark + 1);
      const own = part?.headers.get('content-type') ?? 'text/plain';
      if (part && /^(?:text\/plain|multipart\/)/i.test(own))
        return plainLines(part.headers, lines.slice(part.end, marks[k + 1]), depth + 1);
    }
    return lines;
  }
  const encoding = (headers.get('content-transfer-encoding') ?? '').trim().toLowerCase();
  const charset = /charset="?([^";\s]{1,40})/i.exec(type)?.[1] ?? 'utf-8';
  const text = lines.join('\n');
  if (encoding === 'quoted-printable' && /=(?:[0-9A-F]{2}|$)/im.test(text))
    return fromBytes(quotedBytes(text.replace(/=[ \t]{0,20}\n/g, '')), charset).split(/\r?\n/);
  if (encoding === 'base64' && /^[A-Za-z0-9+/=\s]+$/.test(text))
    return fromBytes(Buffer.from(text, 'base64'), charset).split(/\r?\n/);
  return lines;
}

/** Encoded words of a header, `=?utf-8?Q?caf=C3=A9?=` (RFC 2047); white space between two of them is none. */
function decodeWords(value: string): string {
  if (!value.includes('=?')) return value;
  return value
    .replace(/(\?=)\s{1,20}(?==\?)/g, '$1')
    .replace(/=\?([\w-]{1,40})\?([QB])\?([^?\s]{0,500})\?=/gi, (_, charset: string, kind: string, text: string) =>
      fromBytes(
        kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64') : quotedBytes(text.replaceAll('_', ' ')),
        charset,
      ),
    );
}

export function quotedBytes(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  let size = 0;
  for (let i = 0; i < bytes.length; i++) {
    const pair = bytes[i] === EQUALS ? bytes.toString('latin1', i + 1, i + 3) : '';
    const coded = /^[0-9A-Fa-f]{2}$/.test(pair);
    bytes[size++] = coded ? Number.parseInt(pair, 16) : (bytes[i] as number);
    if (coded) i += 2;
  }
  return bytes.subarray(0, size);
}

const EQUALS = 0x3d;

export function fromBytes(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // A charset that nobody knows: what is not ASCII cannot be told, the rest can.
    return new TextDecoder().decode(bytes);
  }
}
