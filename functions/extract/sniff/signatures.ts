import { prologEnd } from './prolog.ts';

/** A kind of file told by its first bytes. */
export interface FileKind {
  mediaType: string;
  /** With its article, for a sentence: `a PDF document`. */
  name: string;
  /** What to do instead, as the end of a sentence. */
  advice: string;
}

const CONVERT = 'convert it to text or HTML';
const MEDIA = 'upload the text that goes with it';
const UNPACK = 'unpack it and upload the files it holds';
const DATA = 'export the articles as text or HTML';
const PROGRAM = 'upload text or HTML';

/** Signature in Latin-1, where it stands, media type, name, advice. Sources: IANA media types, the WHATWG MIME Sniffing Standard. */
const SIGNATURES: readonly (readonly [string, number, string, string, string])[] = [
  ['\x89PNG\r\n\x1a\n', 0, 'image/png', 'a PNG image', MEDIA],
  ['\xff\xd8\xff', 0, 'image/jpeg', 'a JPEG image', MEDIA],
  ['GIF87a', 0, 'image/gif', 'a GIF image', MEDIA],
  ['GIF89a', 0, 'image/gif', 'a GIF image', MEDIA],
  ['WEBPVP', 8, 'image/webp', 'a WebP image', MEDIA],
  ['ftypavif', 4, 'image/avif', 'an AVIF image', MEDIA],
  ['ftypheic', 4, 'image/heic', 'a HEIC image', MEDIA],
  ['ftypmif1', 4, 'image/heif', 'a HEIF image', MEDIA],
  ['II*\x00', 0, 'image/tiff', 'a TIFF image', MEDIA],
  ['MM\x00*', 0, 'image/tiff', 'a TIFF image', MEDIA],
  ['\x00\x00\x01\x00', 0, 'image/vnd.microsoft.icon', 'an icon', MEDIA],
  ['\x00\x00\x00\x0cJXL ', 0, 'image/jxl', 'a JPEG XL image', MEDIA],
  ['\x00\x00\x00\x0cjP  ', 0, 'image/jp2', 'a JPEG 2000 image', MEDIA],
  ['8BPS\x00', 0, 'image/vnd.adobe.photoshop', 'a Photoshop image', MEDIA],
  ['ftypM4A', 4, 'audio/mp4', 'an audio file', MEDIA],
  ['ftyp', 4, 'video/mp4', 'a video', MEDIA],
  ['\x1aE\xdf\xa3', 0, 'video/webm', 'a video', MEDIA],
  ['AVI LIST', 8, 'video/x-msvideo', 'a video', MEDIA],
  ['FLV\x01', 0, 'video/x-flv', 'a video', MEDIA],
  ['\x00\x00\x01\xba', 0, 'video/mpeg', 'a video', MEDIA],
  ['\x00\x00\x01\xb3', 0, 'video/mpeg', 'a video', MEDIA],
  ['0&\xb2u\x8ef\xcf\x11', 0, 'video/x-ms-asf', 'a video', MEDIA],
  ['WAVEfmt ', 8, 'audio/wav', 'an audio file', MEDIA],
  ['ID3\x03', 0, 'audio/mpeg', 'an audio file', MEDIA],
  ['ID3\x04', 0, 'audio/mpeg', 'an audio file', MEDIA],
  ['\xff\xfb\x90', 0, 'audio/mpeg', 'an audio file', MEDIA],
  ['OggS\x00', 0, 'audio/ogg', 'an audio file', MEDIA],
  ['fLaC\x00', 0, 'audio/flac', 'an audio file', MEDIA],
  ['MThd\x00', 0, 'audio/midi', 'an audio file', MEDIA],
  ['\x1f\x8b\x08', 0, 'application/gzip', 'a gzip archive', UNPACK],
  ['BZh91AY', 0, 'application/x-bzip2', 'a bzip2 archive', UNPACK],
  ['\xfd7zXZ\x00', 0, 'application/x-xz', 'an xz archive', UNPACK],
  ['(\xb5/\xfd', 0, 'application/zstd', 'a Zstandard archive', UNPACK],
  ['\x04"M\x18', 0, 'application/x-lz4', 'an LZ4 archive', UNPACK],
  ["7z\xbc\xaf'\x1c", 0, 'application/x-7z-compressed', 'a 7-Zip archive', UNPACK],
  ['Rar!\x1a\x07', 0, 'application/vnd.rar', 'a RAR archive', UNPACK],
  ['PK\x05\x06', 0, 'application/zip', 'an empty ZIP archive', UNPACK],
  ['ustar', 257, 'application/x-tar', 'a tar archive', UNPACK],
  ['!<arch>\n', 0, 'application/x-archive', 'an archive', UNPACK],
  ['MSCF\x00\x00\x00\x00', 0, 'application/vnd.ms-cab-compressed', 'a cabinet archive', UNPACK],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 0, 'application/x-ole-storage', 'an older Office document', CONVERT],
  ['{\\rtf', 0, 'application/rtf', 'a Rich Text document', CONVERT],
  ['%!PS-Adobe', 0, 'application/postscript', 'a PostScript document', CONVERT],
  ['BOOKMOBI', 60, 'application/x-mobipocket-ebook', 'a Kindle book', CONVERT],
  ['AT&TFORM', 0, 'image/vnd.djvu', 'a DjVu document', CONVERT],
  ['wOFF', 0, 'font/woff', 'a font', PROGRAM],
  ['wOF2', 0, 'font/woff2', 'a font', PROGRAM],
  ['OTTO\x00', 0, 'font/otf', 'a font', PROGRAM],
  ['\x00\x01\x00\x00\x00', 0, 'font/ttf', 'a font', PROGRAM],
  ['\x00asm', 0, 'application/wasm', 'a WebAssembly module', PROGRAM],
  ['\x7fELF', 0, 'application/x-elf', 'a program', PROGRAM],
  ['\xfe\xed\xfa\xce', 0, 'application/x-mach-binary', 'a program', PROGRAM],
  ['\xfe\xed\xfa\xcf', 0, 'application/x-mach-binary', 'a program', PROGRAM],
  ['\xcf\xfa\xed\xfe', 0, 'application/x-mach-binary', 'a program', PROGRAM],
  ['\xca\xfe\xba\xbe', 0, 'application/java-vm', 'a program', PROGRAM],
  ['SQLite format 3\x00', 0, 'application/vnd.sqlite3', 'a SQLite database', DATA],
  ['PAR1', 0, 'application/vnd.apache.parquet', 'a Parquet file', DATA],
  ['Obj\x01', 0, 'application/avro', 'an Avro file', DATA],
  ['ORC\x08', 0, 'application/x-orc', 'an ORC file', DATA],
  ['ARROW1\x00\x00', 0, 'application/vnd.apache.arrow.file', 'an Arrow file', DATA],
  ['\x89HDF\r\n\x1a\n', 0, 'application/x-hdf5', 'an HDF5 file', DATA],
  ['\x93NUMPY', 0, 'application/x-npy', 'a NumPy array', DATA],
  ['bplist00', 0, 'application/x-plist', 'a property list or web archive', 'save the page as HTML'],
];

/** Where parsers still accept the head of a PDF; mail gateways and servers put lines before it. */
const PDF_HEAD_BYTES = 1024;
/** How much of a text is looked at for what it begins as. */
const OPENING_BYTES = 8192;
/** How much of a ZIP archive is searched for the names that tell an office document. */
const ZIP_HEAD_BYTES = 65_536;

/** The kind of a binary file (or of RTF and PostScript, whose letters are not their copy), by its signature. */
export function signatureOf(bytes: Uint8Array): FileKind | null {
  const head = latin1(bytes.subarray(0, PDF_HEAD_BYTES));
  const pdf = head.indexOf('%PDF-');
  // A mention of the marker in running text does not make a PDF: it opens a line there.
  if (pdf === 0 || (pdf > 0 && head.charCodeAt(pdf - 1) < 0x20 && /^%PDF-\d\.\d/.test(head.slice(pdf)))) {
    return { mediaType: 'application/pdf', name: 'a PDF document', advice: CONVERT };
  }
  if (head.startsWith('PK\x03\x04')) return zipKind(latin1(bytes.subarray(0, ZIP_HEAD_BYTES)));
  // A bitmap repeats its own length in bytes 2–5, which tells it from text that begins with BM.
  if (head.startsWith('BM') && littleEndian(bytes, 2) === bytes.length) {
    return { mediaType: 'image/bmp', name: 'a bitmap image', advice: MEDIA };
  }
  if (head.startsWith('MZ') && head.includes('PE\x00\x00')) {
    return { mediaType: 'application/vnd.microsoft.portable-executable', name: 'a program', advice: PROGRAM };
  }
  for (const [signature, at, mediaType, name, advice] of SIGNATURES) {
    if (head.startsWith(signature, at)) return { mediaType, name, advice };
  }
  return null;
}

function zipKind(head: string): FileKind {
  const office = 'application/vnd.openxmlformats-officedocument.';
  if (head.startsWith('mimetypeapplication/epub+zip', 30)) {
    return { mediaType: 'application/epub+zip', name: 'an EPUB book', advice: CONVERT };
  }
  const openDocument = /^mimetype(application\/vnd\.oasis\.opendocument\.[a-z]{1,20})/.exec(head.slice(30, 110))?.[1];
  if (openDocument) return { mediaType: openDocument, name: 'an OpenDocument file', advice: CONVERT };
  if (head.includes('[Content_Types].xml') || head.includes('_rels/.rels')) {
    if (head.includes('word/'))
      return { mediaType: `${office}wordprocessingml.document`, name: 'a Word document', advice: CONVERT };
    if (head.includes('xl/'))
      return { mediaType: `${office}spreadsheetml.sheet`, name: 'an Excel workbook', advice: CONVERT };
    if (head.includes('ppt/'))
      return { mediaType: `${office}presentationml.presentation`, name: 'a PowerPoint file', advice: CONVERT };
  }
  return { mediaType: 'application/zip', name: 'a ZIP archive', advice: UNPACK };
}

/**
 * Kinds of text that are not copy: feeds, drawings, data, archives of pages. Told by how they begin.
 *
 * Text records of Common Crawl (WET) are WARC files too, but hold copy: they pass.
 */
export function documentKind(bytes: Uint8Array): FileKind | null {
  const begin = beginOfText(bytes);
  const opening = latin1(bytes.subarray(begin, begin + OPENING_BYTES));
  const head = () => latin1(bytes.subarray(begin, ZIP_HEAD_BYTES));
  if (/^WARC\/[01]\.\d/.test(opening)) {
    if (head().includes('WARC-Type: conversion')) return null;
    return { mediaType: 'application/warc', name: 'a web archive (WARC)', advice: 'upload the pages it holds' };
  }
  if (
    /^(?:From|Subject|MIME-Version|Date|Snapshot-Content-Location): /i.test(opening) &&
    /^Content-Type: multipart\/related/im.test(head())
  ) {
    return { mediaType: 'multipart/related', name: 'a web archive (MHTML)', advice: 'save the page as HTML' };
  }
  const root = /^<([a-z:]{1,20})[\s>/]/i.exec(opening.slice(prologEnd(opening)))?.[1];
  if (root && /^(?:rss|feed|rdf:rdf)$/i.test(root)) {
    const mediaType = /^feed$/i.test(root) ? 'application/atom+xml' : 'application/rss+xml';
    return { mediaType, name: 'a feed', advice: 'upload the articles it links to' };
  }
  if (root && /^(?:urlset|sitemapindex)$/i.test(root)) {
    return { mediaType: 'application/xml', name: 'a site map', advice: 'upload the pages it lists' };
  }
  if (root === 'svg') return { mediaType: 'image/svg+xml', name: 'a drawing', advice: MEDIA };
  if (
    /^(?:\{\s*"(?:[^"\\\n]|\\.){0,200}"\s*:|\[\s*(?:\{\s*"|\[|"(?:[^"\\\n]|\\.){0,200}"\s*,|-?\d+\s*,))/.test(opening)
  ) {
    return { mediaType: 'application/json', name: 'JSON data', advice: DATA };
  }
  return null;
}

/** Where a text begins, behind a mark and white space. */
function beginOfText(bytes: Uint8Array): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x0d || bytes[at] === 0x0a) at++;
  return at;
}

function littleEndian(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 0x100 + (bytes[at + 2] ?? 0) * 0x10000 + (bytes[at + 3] ?? 0) * 0x1000000
  );
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
