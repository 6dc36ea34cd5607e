import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLikeHtml, sniffBinary } from '../../functions/extract/sniff.ts';

const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const utf8 = (text: string) => new TextEncoder().encode(text);
const zip = (...names: string[]) =>
  latin1(
    names
      .map((name) => `PK\x03\x04\x14\0\0\0\0\0${'\0'.repeat(16)}${String.fromCharCode(name.length)}\0\0\0${name}`)
      .join(''),
  );

describe('sniffBinary', () => {
  it.each([
    ['application/pdf', latin1('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')],
    ['application/pdf', latin1('\r\n\r\n%PDF-1.4\n')],
    ['image/png', latin1('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
    ['image/jpeg', latin1('\xff\xd8\xff\xe0\0\x10JFIF')],
    ['image/gif', latin1('GIF89a\x01\0')],
    ['image/webp', latin1('RIFF\x10\0\0\0WEBPVP8 ')],
    ['image/svg+xml', utf8('<?xml version="1.0"?>\n<!-- logo -->\n<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['audio/mpeg', latin1('ID3\x03\0\0')],
    ['video/mp4', latin1('\0\0\0 ftypisom\0\0\x02\0')],
    ['application/gzip', gzipSync('a page')],
    ['application/zstd', latin1('(\xb5/\xfd\x04')],
    ['application/x-7z-compressed', latin1("7z\xbc\xaf'\x1c\0\x04")],
    ['application/zip', zip('article.txt')],
    ['application/epub+zip', zip('mimetypeapplication/epub+zip')],
    [
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      zip('[Content_Types].xml', '_rels/.rels', 'word/document.xml'),
    ],
    ['application/x-ole-storage', latin1('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
    ['application/rtf', utf8('{\\rtf1\\ansi Text}')],
    ['font/woff2', latin1('wOF2\0\x01\0\0')],
    ['application/wasm', latin1('\0asm\x01\0\0\0')],
    ['application/x-elf', latin1('\x7fELF\x02\x01')],
    ['application/vnd.sqlite3', latin1('SQLite format 3\0\x10\0')],
    ['application/vnd.apache.parquet', latin1('PAR1\x15\0')],
    ['application/warc', utf8('WARC/1.0\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\n')],
    [
      'multipart/related',
      utf8('From: <Saved by Browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n'),
    ],
    ['application/rss+xml', utf8('<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>')],
    ['application/atom+xml', utf8('<feed xmlns="http://www.w3.org/2005/Atom"></feed>')],
    ['application/json', utf8('{"title": "Bridge opens", "body": "…"}')],
    ['application/json', utf8('[{"title": "Bridge opens"}]')],
  ])('refuses %s by its content and says what to do', (mediaType, bytes) => {
    expect(sniffBinary(bytes)).toMatchObject({
      mediaType,
      code: 'UNSUPPORTED_TYPE',
      detail: expect.stringContaining(mediaType),
    });
  });

  it('refuses bytes full of controls as binary of no known kind', () => {
    const bytes = Uint8Array.from({ length: 2000 }, (_, i) => (i * 37) % 256);
    expect(sniffBinary(bytes)).toMatchObject({ code: 'BINARY', mediaType: 'application/octet-stream' });
  });

  it.each([
    ['prose', utf8('The bridge opens on Monday.')],
    ['prose that begins like a bitmap', utf8('BMW will build a second plant in the region, the company said.')],
    ['prose that names a file signature', utf8('A PDF begins with %PDF-1.7, the manual says.')],
    ['UTF-16 with a mark', new Uint8Array(Buffer.from('\ufeffThe bridge opens.', 'utf16le'))],
    ['UTF-32', new Uint8Array(Uint32Array.from('The bridge opens.', (one) => one.charCodeAt(0)).buffer)],
    ['UTF-16 without a mark', new Uint8Array(Buffer.from('The bridge opens on Monday.', 'utf16le'))],
    ['windows-1251', latin1('\xcc\xee\xf1\xf2 \xee\xf2\xea\xf0\xee\xfe\xf2 \xe2 \xef\xff\xf2\xed\xe8\xf6\xf3.')],
    ['a page with one stray NUL', utf8(`<p>${'The bridge opens. '.repeat(10)}\0</p>`)],
    [
      'a text record of Common Crawl',
      utf8('WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n\r\nThe bridge opens.'),
    ],
    ['wire copy with form feeds and escapes', utf8('BRIDGE\f\n\x1bThe bridge opens on Monday.\n-30-')],
    ['a quotation in braces or brackets', utf8('["They came at night," she said] and {sic} more.')],
  ])('lets %s pass', (_, bytes) => {
    expect(sniffBinary(bytes)).toBeNull();
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void sniffBinary(bytes)));
  });
});

describe('looksLikeHtml', () => {
  const SENTENCE = 'The new bridge across the river opens on Monday, three years after work began, the council said.';

  it.each([
    ['a page', `<!doctype html><title>Bridge</title><p>${SENTENCE}`],
    [
      'a page behind comments and an XML declaration',
      `<?xml version="1.0"?>\n<!-- a --><!-- b -->\n<html><body>${SENTENCE}</body></html>`,
    ],
    [
      'a page that begins with its head',
      `<meta charset=utf-8><title>Bridge</title><script>${'f();'.repeat(80_000)}</script>${SENTENCE}`,
    ],
    [
      'a page behind a script',
      `<script>${'f();'.repeat(500)}</script>\n<!DOCTYPE html><script>${'f();'.repeat(80_000)}</script>`,
    ],
    [
      'a page behind the headers it was sent with',
      `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><script>${'f();'.repeat(80_000)}</script>${SENTENCE}</html>\n`,
    ],
    ['a fragment without html and body', `<h1>Bridge opens</h1>\n<p>${SENTENCE}</p>`],
    ['a single paragraph', `<p>${SENTENCE}</p>`],
    ['paragraphs never closed', `<p>${SENTENCE}\n<p>${SENTENCE}\n<p>${SENTENCE}`],
    ['text with its head cut off', `bridge opens</h1>\n<p>${SENTENCE}</p>\n<p>${SENTENCE}</p>\n<p>${SENTENCE}</p>`],
  ])('takes %s for HTML', (_, text) => {
    expect(looksLikeHtml(text, null)).toBe(true);
    expect(looksLikeHtml(text, 'text/plain')).toBe(true);
  });

  it.each([
    ['prose', SENTENCE],
    ['prose that mentions tags', `${SENTENCE} Close every <div> with a </div>, and a <p> with </p>. ${SENTENCE}`],
    [
      'Markdown with inline HTML',
      `# Bridge opens\n\n${SENTENCE}<br>\n\n- one\n- two\n\nSee <b>this</b> [page](https://example.com).`,
    ],
    ['Markdown with an HTML sample', `## How to\n\n\`\`\`html\n<div><p>One</p><p>Two</p></div>\n\`\`\`\n\n${SENTENCE}`],
    [
      'prose that shows a page',
      `A page begins like this:\n\n    <html><body>One</body></html>\n\n${`${SENTENCE} `.repeat(5)}`,
    ],
    [
      'Markdown that ends with a page',
      `# A page\n\n${SENTENCE}\n\n\`\`\`html\n<html><body>One</body></html>\n\`\`\`\n`,
    ],
    ['a PHP file', `<?php echo '<html><body><p>${SENTENCE}</p></body></html>';`],
    ['a letter between angle brackets', `From: Ann <ann@example.org>\n\n${SENTENCE}\n\n1 < 2 and 3 > 2`],
    ['another XML vocabulary', `<?xml version="1.0"?><report><para2>${SENTENCE}</para2></report>`],
  ])('takes %s for text, whatever its declared type', (_, text) => {
    expect(looksLikeHtml(text, null)).toBe(false);
    expect(looksLikeHtml(text, 'text/plain')).toBe(false);
  });

  it('does not call prose HTML because it was served as HTML', () => {
    expect(looksLikeHtml(`${SENTENCE}\n\n${SENTENCE}`, 'text/html; charset=utf-8')).toBe(false);
  });

  it('answers at once for markup made to be slow', () => {
    for (const piece of ['<!-- -->', '<a ', '<?xml a>', '<!doctype x>', '[[[', '<p', '`']) {
      expect(typeof looksLikeHtml(piece.repeat(50_000), null)).toBe('boolean');
    }
  });
});
