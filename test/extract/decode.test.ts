import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../functions/extract/decode.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const hex = (digits: string) => Uint8Array.from(Buffer.from(digits, 'hex'));
const utf16 = (text: string, mark = '') => new Uint8Array(Buffer.from(mark + text, 'utf16le'));
const swapped = (input: Uint8Array) => new Uint8Array(Buffer.from(input).swap16());

/** The inverse of a single-byte decoder, so that the samples below can be written as they read. */
function encodeSingle(text: string, charset: string): Uint8Array {
  const table = new Map<string, number>();
  const decoder = new TextDecoder(charset);
  for (let byte = 255; byte >= 0; byte--) table.set(decoder.decode(Uint8Array.of(byte)), byte);
  return Uint8Array.from(text, (character) => {
    const byte = table.get(character);
    if (byte === undefined) throw new Error(`${character} is not in ${charset}`);
    return byte;
  });
}

/** The inverse of a double-byte decoder. */
function encodeDouble(text: string, charset: string): Uint8Array {
  const decoder = new TextDecoder(charset);
  const table = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && !table.has(character)) table.set(character, [lead, trail]);
    }
  }
  return Uint8Array.from(
    [...text].flatMap((character) =>
      character < '\u0080' ? [character.charCodeAt(0)] : (table.get(character) ?? [0x3f]),
    ),
  );
}

const CHINESE = '市政府周三表示,新的图书馆将在明年对公众开放。许多居民认为这是一个很好的计划。';
const TAIWANESE = '市政府週三表示,新的圖書館將在明年對公眾開放。許多居民認為這是一個很好的計畫。';
const JAPANESE = '市は水曜日、新しい図書館を来年の春に開くと発表した。多くの住民がこの計画に賛成している。';
const KOREAN = '시는 수요일 새 도서관을 내년 봄에 연다고 밝혔다. 많은 주민이 이 계획에 찬성하고 있다.';
const RUSSIAN = 'Мэрия сообщила в среду, что новая библиотека откроется весной. Жители давно ждали этого решения.';

describe('decode', () => {
  it.each([
    ['utf-8', new Uint8Array([0xef, 0xbb, 0xbf, ...bytes('Zürich')])],
    ['utf-16le', utf16('Zürich', '\ufeff')],
    ['utf-16be', swapped(utf16('Zürich', '\ufeff'))],
  ])('obeys and removes the byte order mark of %s', (charset, input) => {
    expect(decode(input, 'text/plain; charset=windows-1251')).toMatchObject({ text: 'Zürich', charset, rule: 'bom' });
  });

  it('reads UTF-8 declared as GBK as UTF-8 and says so', () => {
    const page = `<html><head><meta charset="gbk"></head><body>${CHINESE}</body></html>`;
    const read = decode(bytes(page), null);
    expect(read).toMatchObject({ text: page, charset: 'utf-8', rule: 'utf-8 validity' });
    expect(read?.warnings.map(({ code }) => code)).toEqual(['CHARSET_MISMATCH']);
  });

  it('says nothing of a declaration that plain ASCII cannot contradict', () => {
    expect(decode(bytes('Plain words.'), 'text/plain; charset=windows-1252')).toMatchObject({
      text: 'Plain words.',
      charset: 'utf-8',
      warnings: [],
    });
  });

  it('keeps damaged UTF-8 as UTF-8 and counts what was lost', () => {
    const read = decode(new Uint8Array([...bytes(CHINESE), 0xff, ...bytes(CHINESE)]), null);
    expect(read).toMatchObject({ text: `${CHINESE}\ufffd${CHINESE}`, charset: 'utf-8' });
    expect(read?.warnings).toEqual([
      { code: 'CHARACTERS_REPLACED', message: 'The document holds 1 character that could not be read in utf-8.' },
    ]);
  });

  const cut = (...pieces: (string | number[])[]) =>
    Uint8Array.from(pieces.flatMap((piece) => (typeof piece === 'string' ? [...bytes(piece)] : piece)));

  it.each([
    ['It’s done. It’s done. It’s done. Now it', [0xe2, 0x80], ' is.'],
    ['Die Brücke, die Brücke, die B', [0xc3], ' ist neu.'],
    ['한글 뉴스 ', [0xed, 0x95], ' 한글'],
    ['Das Köln der Jahre: Köln', [0x92], 's Jahr'],
    ['A caf', [0xe9], ' beside a café'],
  ] as const)('keeps UTF-8 that header and document declare, but for what was cut: %s', (before, stray, after) => {
    const [xml, html] = ['<?xml version="1.0" encoding="utf-8"?><a>', '<meta charset="utf-8"><p>'];
    for (const head of [xml, html]) {
      expect(decode(cut(head + before, [...stray], after), 'text/html; charset=UTF-8')).toMatchObject({
        text: `${head}${before}\ufffd${after}`,
        charset: 'utf-8',
      });
      expect(decode(cut(head + before, [...stray], after), null)?.charset).toBe('utf-8');
    }
  });

  it('does not believe twice declared UTF-8 of text that is none', () => {
    const page = `<meta charset="utf-8"><p>${RUSSIAN}</p>`;
    expect(decode(encodeSingle(page, 'windows-1251'), 'text/html; charset=utf-8')).toMatchObject({ text: page });
  });

  it('counts a character that was cut in two once', () => {
    expect(decode(cut('“a” “b” ', [0xe2, 0x80], ' c'), null)).toMatchObject({ text: '“a” “b” \ufffd c' });
  });

  it('reads UTF-8 cut off inside its last character', () => {
    expect(decode(bytes(RUSSIAN).subarray(0, -2), null)).toMatchObject({ charset: 'utf-8' });
  });

  it('does not believe a UTF-8 mark before windows-1251', () => {
    const input = new Uint8Array([0xef, 0xbb, 0xbf, ...encodeSingle(RUSSIAN, 'windows-1251')]);
    expect(decode(input, null)).toMatchObject({ text: RUSSIAN, charset: 'windows-1251' });
  });

  it('does not believe a UTF-16 mark before UTF-8', () => {
    expect(decode(new Uint8Array([0xff, 0xfe, ...bytes(RUSSIAN)]), null)).toMatchObject({
      text: RUSSIAN,
      charset: 'utf-8',
    });
  });

  it.each([
    ['utf-16le', utf16],
    ['utf-16be', (text: string) => swapped(utf16(text))],
  ] as const)('finds %s without a mark, whatever the script', (charset, encode) => {
    for (const text of ['A plain English line.\n', `${RUSSIAN}\n`, `${CHINESE}\n${CHINESE} 12\n`]) {
      expect(decode(encode(text), null)).toMatchObject({ text, charset, rule: 'utf-16 pattern' });
    }
  });

  it.each(['', '\ufeff'])('reads UTF-32 in either order, after the mark %j', (mark) => {
    for (const text of ['<p>Plain</p>', `<?xml version="1.0"?>\n${RUSSIAN} 😀 ${CHINESE}`]) {
      const codes = [...(mark + text)].map((character) => character.codePointAt(0) as number);
      for (const littleEndian of [true, false]) {
        const view = new DataView(new ArrayBuffer(codes.length * 4));
        for (const [i, code] of codes.entries()) view.setUint32(i * 4, code, littleEndian);
        const read = decode(new Uint8Array(view.buffer), 'text/html; charset=utf-8');
        expect(read).toMatchObject({ text, charset: littleEndian ? 'utf-32le' : 'utf-32be', rule: 'utf-32 pattern' });
      }
    }
  });

  it.each([
    ['gb18030', 'Привет, мир и люди'],
    ['gbk', 'Привет, мир и люди'],
    ['euc-kr', '東京の橋は三週間閉鎖'],
    ['euc-jp', 'Привет, мир и люди'],
    ['shift_jis', 'Привет, мир и люди'],
  ])('believes %s of any language where header and document agree and nothing is lost', (charset, text) => {
    const page = `<?xml version="1.0" encoding="${charset}"?><a>${text}</a>`;
    expect(decode(encodeDouble(page, charset), `text/xml; charset=${charset}`)).toMatchObject({ text: page, charset });
  });

  it('does not believe an encoding of several bytes that header and document agree on and the bytes cannot be in', () => {
    const page = `<meta charset="gbk"><p>${RUSSIAN}</p>`;
    expect(decode(encodeSingle(page, 'windows-1251'), 'text/html; charset=gbk')).toMatchObject({ text: page });
  });

  it.each([
    ['windows-1251', RUSSIAN],
    ['koi8-r', RUSSIAN],
    ['iso-8859-5', RUSSIAN],
    ['ibm866', RUSSIAN],
    [
      'windows-1252',
      'La mairie a annoncé mercredi que la bibliothèque rouvrira au printemps, après des années d’été sans élèves.',
    ],
    ['windows-1252', 'Die Stadt eröffnet nächstes Frühjahr eine größere Bücherei für ihre Schüler.'],
    ['windows-1250', 'Urząd miasta ogłosił w środę, że nowa biblioteka zostanie otwarta w przyszłym roku wiosną.'],
    ['iso-8859-2', 'Město ve středu oznámilo, že nová knihovna otevře příští rok na jaře, což obyvatele potěšilo.'],
    ['windows-1253', 'Ο δήμος ανακοίνωσε την Τετάρτη ότι η νέα βιβλιοθήκη θα ανοίξει την άνοιξη.'],
    ['windows-1254', 'Belediye çarşamba günü yeni kütüphanenin önümüzdeki yıl açılacağını söyledi.'],
    ['windows-1255', 'העירייה הודיעה ביום רביעי כי הספרייה החדשה תיפתח באביב.'],
    ['windows-1256', 'أعلنت البلدية يوم الأربعاء أن المكتبة الجديدة ستفتح أبوابها في الربيع.'],
    ['windows-1257', 'Miesto valdžia trečiadienį pranešė, kad naujoji biblioteka duris atvers kitų metų pavasarį.'],
    ['windows-874', 'เทศบาลประกาศว่าห้องสมุดแห่งใหม่จะเปิดในปีหน้า'],
  ])('detects %s without any declaration', (charset, text) => {
    expect(decode(encodeSingle(text, charset), null)).toMatchObject({ text, charset, rule: 'detected' });
  });

  it.each([
    ['gbk', CHINESE],
    ['big5', TAIWANESE],
    ['shift_jis', JAPANESE],
    ['euc-jp', JAPANESE],
    ['euc-kr', KOREAN],
  ])('detects %s without any declaration', (charset, text) => {
    expect(decode(encodeDouble(text, charset), null)).toMatchObject({ text, charset, rule: 'detected' });
  });

  const MARKS = [
    'The council said it’s going to meet at the mayor’s office.',
    'The bridge will cost £5 million, not £4 million.',
    'It costs € 5 in all, or 12 € for two.',
    'The plan – late as it was – was adopted.',
    'The plan—late as it was—was adopted.',
    'It was 30° in the shade.',
    'Add ½ cup of oats and ¼ cup of sugar.',
    'She called it “a mistake” and left…',
    'Our Fridgemaster™ is sold in Spain.',
    'A café stood at the corner.',
  ];

  it.each(MARKS)('believes windows-1252 of English that has hardly anything else: %s', (text) => {
    const page = `<html><head><meta charset="windows-1252"><title>x</title></head><body><p>${text}</p></body></html>`;
    const input = encodeSingle(page, 'windows-1252');
    for (const header of [null, 'text/html; charset=windows-1252', 'text/html; charset=iso-8859-1']) {
      expect(decode(input, header)).toMatchObject({ text: page, charset: 'windows-1252', warnings: [] });
    }
  });

  it.each(MARKS.slice(0, -1))(
    'reads English with marks alone as windows-1252 where nothing is declared: %s',
    (text) => {
      expect(decode(encodeSingle(text, 'windows-1252'), null)).toMatchObject({ text });
    },
  );

  it('overrules a header and a meta tag that both contradict the bytes', () => {
    const page = `<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>${RUSSIAN}</p>`;
    const read = decode(encodeSingle(page, 'windows-1251'), 'text/html; charset=koi8-r');
    expect(read).toMatchObject({ text: page, charset: 'windows-1251', rule: 'detected' });
    expect(read?.warnings.map(({ code }) => code)).toEqual(['CHARSET_MISMATCH']);
  });

  it('prefers whichever of header and meta tag fits', () => {
    const page = `<meta charset="shift_jis"><p>${JAPANESE}</p>`;
    expect(decode(encodeDouble(page, 'shift_jis'), 'text/html; charset=iso-8859-1')).toMatchObject({
      text: page,
      charset: 'shift_jis',
      rule: 'meta',
    });
  });

  it('reads the XML declaration and skips a commented-out meta tag', () => {
    const page = `<?xml version="1.0" encoding="windows-1251"?><!-- <meta charset="koi8-r"> --><html>${RUSSIAN}</html>`;
    expect(decode(encodeSingle(page, 'windows-1251'), null)).toMatchObject({
      text: page,
      rule: 'xml declaration',
      warnings: [],
    });
  });

  it('reads the printable half of 0x80–0x9F as windows-1252, not as controls', () => {
    expect(decode(latin1('\x93Caf\xe9\x94 \x96 \x8010'), 'text/plain; charset=iso-8859-1')?.text).toBe('“Café” – €10');
  });

  it('reads the Korean syllables that only windows-949 has', () => {
    // 0x8C63 and 0x94EE: the platform alone gives a control character and a letter.
    const input = new Uint8Array([
      ...encodeDouble(`${KOREAN} `, 'euc-kr'),
      ...hex('8c63 94ee b0a2 c7cf'.replaceAll(' ', '')),
    ]);
    expect(decode(input, 'text/plain; charset=ks_c_5601-1987')?.text).toBe(`${KOREAN} 똠뷁각하`);
  });

  it('reads ISO-2022-JP by its escapes', () => {
    expect(decode(hex('1b2442467c4b5c1b2842'), null)).toMatchObject({ text: '日本', charset: 'iso-2022-jp' });
  });

  it('ignores a charset nobody knows', () => {
    expect(decode(bytes('é'), 'text/plain; charset=utf8mb4')).toMatchObject({
      text: 'é',
      charset: 'utf-8',
      warnings: [],
    });
  });

  it('refuses bytes that no encoding explains', () => {
    const noise = Uint8Array.from({ length: 4000 }, (_, i) => 0x80 + ((i * 7919 + ((i * i) % 251) * 31) % 128));
    expect(decode(noise, null)).toBeNull();
  });

  it('gives back every string that was written in UTF-8 with a mark', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        fc.pre(!text.startsWith('\ufeff') && text.isWellFormed());
        expect(decode(bytes(`\ufeff${text}`), null)?.text).toBe(text);
      }),
    );
  });

  it('never throws and never keeps a byte order mark, whatever the bytes and the content type', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.option(fc.string()), (input, contentType) => {
        const read = decode(input, contentType);
        expect(read?.text.startsWith('\ufeff') && input[0] !== 0xef).not.toBe(true);
      }),
    );
  });
});
